package server

import (
	"net/http"
	"strings"
)

// allowPages tells browsers what the pages of allowed origins may do. It stands behind guardOrigin, so an origin that gets
// here is one of those. Credentials are never allowed: the secret is not a cookie.
func allowPages(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Origin")
		origin := r.Header.Get("Origin")
		if origin == "" {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Access-Control-Allow-Origin", origin)
		w.Header().Set("Access-Control-Expose-Headers", "Mcp-Session-Id, Mcp-Protocol-Version, WWW-Authenticate, Retry-After, X-Request-Id")
		if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
			preflight(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// preflight answers a browser that asks before it sends. It carries no secret, and gets nothing but this answer.
func preflight(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Add("Vary", "Access-Control-Request-Headers")
	h.Set("Access-Control-Allow-Methods", "GET, POST, DELETE")
	h.Set("Access-Control-Allow-Headers", strings.Join(allowedHeaders(r.Header.Get("Access-Control-Request-Headers")), ", "))
	h.Set("Access-Control-Max-Age", "600")
	w.WriteHeader(http.StatusNoContent)
}

// allowedHeaders are those of the asked for that clients need. MCP names a header for each parameter that a tool exposes.
func allowedHeaders(asked string) []string {
	var allowed []string
	for name := range strings.SplitSeq(strings.ToLower(asked), ",") {
		switch name = strings.TrimSpace(name); {
		case strings.HasPrefix(name, "mcp-"):
			allowed = append(allowed, name)
		case name == "authorization", name == "content-type", name == "accept", name == "last-event-id", name == "x-kaneo-api-key":
			allowed = append(allowed, name)
		}
	}
	return allowed
}
