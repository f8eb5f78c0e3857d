package server

import (
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
)

// door is where requests come in: the guards, and what they guard.
type door struct {
	options HTTPOptions
	callers *callers
	lobby   *lobby
	kaneo   *reach
}

// route is one place to go to.
type route struct {
	methods []string
	open    bool // no secret is asked for: it tells nothing
	calls   bool // it is not served any more once the server is to stop
	serve   http.Handler
}

func (d *door) routes() map[string]route {
	routes := map[string]route{
		"/mcp":     {methods: []string{http.MethodPost, http.MethodGet, http.MethodDelete}, calls: true, serve: d.callers.admit((*caller).mcp)},
		"/healthz": {methods: []string{http.MethodGet, http.MethodHead}, open: true, serve: http.HandlerFunc(healthz)},
		"/readyz":  {methods: []string{http.MethodGet, http.MethodHead}, open: true, calls: true, serve: http.HandlerFunc(d.kaneo.readyz)},
		"/metrics": {methods: []string{http.MethodGet, http.MethodHead}, serve: http.HandlerFunc(d.expose)},
	}
	if !d.options.Stateless { // the stream and the messages would have to meet in one process
		routes["/sse"] = route{methods: []string{http.MethodGet}, calls: true, serve: d.callers.admit((*caller).sse)}
		routes["/message"] = route{methods: []string{http.MethodPost}, calls: true, serve: d.callers.admit((*caller).message)}
	}
	return routes
}

// routeName is the route of a request for logs and metrics, where a path that strangers made up has no place.
func routeName(r *http.Request) string {
	switch path := r.URL.EscapedPath(); path {
	case "/mcp", "/sse", "/message", "/healthz", "/readyz", "/metrics":
		return path
	}
	return "none"
}

// handler is all guards, the first that a request meets first, and the routes behind them.
func (d *door) handler(stopping <-chan struct{}, own net.Addr) http.Handler {
	o := d.options
	h := d.choose(stopping)
	h = allowPages(h)
	h = guardQuery(o.Secret, h)
	h = guardHost(hosts(o), h)
	h = guardProxy(o.Proxies, h)
	h = guardOrigin(origins(o, own), h)
	h = guardPace(o.pace.body, h)
	return logAccess(o.Log, o.Metrics, h)
}

// choose finds the route of a path, which has to be written exactly so.
func (d *door) choose(stopping <-chan struct{}) http.Handler {
	routes := d.routes()
	guarded := make(map[string]http.Handler, len(routes))
	for path, to := range routes {
		h := guardMedia(to.serve)
		if to.calls {
			h = guardStop(stopping, h)
		}
		if !to.open {
			h = guardBearer(d.options.Secret, d.lobby.letIn(h))
		}
		guarded[path] = guardMethod(to.methods, h)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h, ok := guarded[r.URL.EscapedPath()]
		if !ok {
			refuse(w, r, http.StatusNotFound, "There is nothing here. MCP is at /mcp.")
			return
		}
		h.ServeHTTP(w, r)
	})
}

func guardMethod(allowed []string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !slices.Contains(allowed, r.Method) {
			w.Header().Set("Allow", strings.Join(allowed, ", "))
			refuse(w, r, http.StatusMethodNotAllowed, "This method is not served here.")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// guardStop serves nobody any more once the server is to stop: another one may.
func guardStop(stopping <-chan struct{}, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-stopping:
			w.Header().Set("Retry-After", "1")
			w.Header().Set("Connection", "close")
			refuse(w, r, http.StatusServiceUnavailable, "The server is being stopped. Nothing was done; try again in a moment.")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// hosts are the names by which clients may reach the server.
func hosts(o HTTPOptions) []string {
	known := []string{"localhost", "127.0.0.1", "::1"}
	if host, _, err := net.SplitHostPort(o.Listen); err == nil && host != "" && host != "0.0.0.0" && host != "::" {
		known = append(known, hostname(host))
	}
	for _, host := range o.AllowHosts {
		known = append(known, hostname(host))
	}
	return known
}

// origins are the web origins that may call: the allowed ones, and the server's own, on this machine.
func origins(o HTTPOptions, own net.Addr) []string {
	known := slices.Clone(o.AllowOrigins)
	if _, port, err := net.SplitHostPort(own.String()); err == nil {
		scheme := "http"
		if o.TLS != nil {
			scheme = "https"
		}
		for _, host := range []string{"localhost", "127.0.0.1", "[::1]"} {
			known = append(known, fmt.Sprintf("%s://%s:%s", scheme, host, port))
		}
	}
	return known
}
