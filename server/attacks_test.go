package server

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
)

func paths() []string {
	return []string{"/mcp", "/sse", "/message", "/healthz", "/readyz", "/metrics", "/", "/elsewhere"}
}

func TestForeignOrigins(t *testing.T) {
	t.Parallel()
	h := openHall(t, func(o *HTTPOptions) { o.AllowOrigins = []string{"https://agent.example"} })
	for _, origin := range []string{
		"https://evil.example", "null", "", "http://localhost:1", "https://agent.example.evil.example", "https://agent.example:444",
		"http://agent.example", "https://agent.example, https://evil.example",
	} {
		for _, path := range paths() {
			for _, method := range []string{"GET", "POST", "DELETE", "OPTIONS", "PUT", "HEAD", "PATCH"} {
				got := h.send(method, path, "", func(r *http.Request) { r.Header["Origin"] = []string{origin} })
				if got.status != http.StatusForbidden || got.header.Get("Access-Control-Allow-Origin") != "" {
					t.Errorf("%s %s from %q: %d %v", method, path, origin, got.status, got.header)
				}
			}
		}
	}
	h.nothingRan()
}

func TestAllowedOrigins(t *testing.T) {
	t.Parallel()
	h := openHall(t, func(o *HTTPOptions) { o.AllowOrigins = []string{"https://agent.example"} })
	asked := h.send(http.MethodOptions, "/mcp", "", func(r *http.Request) {
		r.Header = http.Header{"Origin": {"https://agent.example"}, "Access-Control-Request-Method": {"POST"},
			"Access-Control-Request-Headers": {"authorization, mcp-session-id, x-evil"}}
	})
	if got := asked.header.Get("Access-Control-Allow-Headers"); asked.status != http.StatusNoContent || got != "authorization, mcp-session-id" {
		t.Errorf("preflight: %+v", asked)
	}
	got := h.send(http.MethodPost, "/mcp", initialize, func(r *http.Request) { r.Header.Set("Origin", "https://agent.example") })
	if got.status != http.StatusOK || got.header.Get("Access-Control-Allow-Origin") != "https://agent.example" {
		t.Errorf("call: %+v", got)
	}
	if got.header.Get("Access-Control-Allow-Credentials") != "" {
		t.Error("cookies are allowed")
	}
	if got := h.send(http.MethodPost, "/mcp", initialize, nil).header; got.Get("Access-Control-Allow-Origin") != "" || got.Get("Vary") != "Origin" {
		t.Errorf("without an origin: %v", got)
	}
}

// TestForeignHosts is DNS rebinding: a page's own name leads here.
func TestForeignHosts(t *testing.T) {
	t.Parallel()
	h := openHall(t, func(o *HTTPOptions) { o.AllowHosts = []string{"mcp.example"} })
	for host, want := range map[string]int{
		"evil.example": 403, "evil.example:8722": 403, "localhost.evil.example": 403, "127.0.0.1.evil.example": 403, "0.0.0.0": 403,
		"evil.example@localhost": 403, "localhost": 200, "LOCALHOST.:1": 200, "[::1]:8722": 200, "mcp.example:443": 200,
	} {
		for _, path := range []string{"/mcp", "/healthz"} {
			method, body := http.MethodPost, initialize
			if path == "/healthz" {
				method, body = http.MethodGet, ""
			}
			if got := h.send(method, path, body, func(r *http.Request) { r.Host = host }); got.status != want {
				t.Errorf("%s for %q: %d, want %d", path, host, got.status, want)
			}
		}
	}
}

func TestSecrets(t *testing.T) {
	t.Parallel()
	h := openHall(t, func(*HTTPOptions) {})
	for name, values := range map[string][]string{
		"none": nil, "empty": {""}, "no scheme": {testSecret}, "another scheme": {"Basic " + testSecret}, "wrong": {"Bearer not this one"},
		"truncated": {"Bearer " + testSecret[:len(testSecret)-1]}, "longer": {"Bearer " + testSecret + "x"}, "nothing": {"Bearer "},
		"upper case": {"Bearer " + strings.ToUpper(testSecret)}, "two": {"Bearer " + testSecret, "Bearer " + testSecret},
	} {
		for _, to := range []struct{ method, path string }{
			{"POST", "/mcp"}, {"GET", "/mcp"}, {"DELETE", "/mcp"}, {"GET", "/sse"}, {"POST", "/message?sessionId=1"}, {"GET", "/metrics"},
		} {
			got := h.send(to.method, to.path, call(1, "wait", "x"), func(r *http.Request) { r.Header["Authorization"] = values })
			if got.status != http.StatusUnauthorized || !strings.HasPrefix(got.header.Get("WWW-Authenticate"), "Bearer ") {
				t.Errorf("%s: %s %s: %d", name, to.method, to.path, got.status)
			}
			if strings.Contains(got.body, testSecret) {
				t.Errorf("%s: the answer holds the secret", name)
			}
		}
	}
	h.nothingRan()
}

func TestSecretsInTheAddress(t *testing.T) {
	t.Parallel()
	h := openHall(t, func(*HTTPOptions) {})
	for _, query := range []string{"access_token=x", "token=x", "API-Key=x", "x=" + strings.ReplaceAll(testSecret, " ", "+"), "a;access_token=1&key=2"} {
		for _, path := range []string{"/mcp", "/sse", "/message", "/healthz"} {
			if got := h.send(http.MethodPost, path+"?"+query, initialize, nil); got.status != http.StatusBadRequest {
				t.Errorf("%s?%s: %d", path, query, got.status)
			}
		}
	}
	if strings.Contains(h.log.String(), "access_token") {
		t.Error("the log holds an address")
	}
}

// TestSimplePosts is all that a page can send without asking first.
func TestSimplePosts(t *testing.T) {
	t.Parallel()
	h := openHall(t, func(o *HTTPOptions) { o.NoSecret, o.Secret = true, "" })
	stream := h.listen("/sse", nil)
	defer stream.close()
	for _, path := range []string{"/mcp", stream.next()} {
		for _, media := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "text/plain; application/json"} {
			got := h.send(http.MethodPost, path, call(1, "wait", "x"), func(r *http.Request) { r.Header.Set("Content-Type", media) })
			if got.status != http.StatusUnsupportedMediaType {
				t.Errorf("%s as %q: %d", path, media, got.status)
			}
		}
	}
	h.nothingRan()
}

func TestSessionsOfOthers(t *testing.T) {
	t.Parallel()
	h := openHall(t, func(o *HTTPOptions) { o.PerCaller = true })
	ada, eve := withKey("ada"), withKey("eve")
	id := h.begin(ada)
	stream := h.listen("/sse", ada)
	defer stream.close()
	messages := stream.next()
	stolen := func(r *http.Request) { eve(r); inSession(id)(r) }
	for _, method := range []string{http.MethodPost, http.MethodGet, http.MethodDelete} {
		if got := h.send(method, "/mcp", call(1, "wait", "x"), stolen); got.status != http.StatusNotFound {
			t.Errorf("%s in the session of another: %+v", method, got)
		}
	}
	if got := h.send(http.MethodPost, messages, call(1, "wait", "x"), eve); got.status != http.StatusNotFound {
		t.Errorf("message on the stream of another: %+v", got)
	}
	for name, change := range map[string]func(*http.Request){
		"no key": inSession(id),
		"two":    func(r *http.Request) { inSession(id)(r); r.Header[KeyHeader] = []string{"ada", "eve"} },
		"empty":  func(r *http.Request) { inSession(id)(r); r.Header[KeyHeader] = []string{""} },
	} {
		if got := h.send(http.MethodPost, "/mcp", call(1, "wait", "x"), change); got.status != http.StatusUnauthorized {
			t.Errorf("%s: %+v", name, got)
		}
	}
	h.nothingRan()
	mine := func(r *http.Request) { ada(r); inSession(id)(r) }
	if got := h.send(http.MethodPost, "/mcp", call(1, "echo", "mine"), mine); !strings.Contains(got.body, `"mine"`) {
		t.Errorf("its own session: %+v", got)
	}
	if got := h.send(http.MethodDelete, "/mcp", "", mine).status; got != http.StatusOK {
		t.Errorf("delete: %d", got)
	}
	if got := h.send(http.MethodPost, "/mcp", call(1, "echo", "mine"), mine).status; got != http.StatusNotFound {
		t.Errorf("after its end: %d", got)
	}
}

// TestCancellationsOfOthers sends what takes a call back, with the id of somebody else's call.
func TestCancellationsOfOthers(t *testing.T) {
	t.Parallel()
	for name, stateless := range map[string]bool{"2026-07-28": false, "stateless": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := openHall(t, func(o *HTTPOptions) { o.Stateless = stateless })
			answers := make(chan httpReply, 1)
			body, change := call(1, "stuck", "mine"), func(*http.Request) {}
			if !stateless {
				body, change = modernCall(1, "stuck", "mine"), func(r *http.Request) { asModern("tools/call")(r); r.Header.Set("Mcp-Name", "stuck") }
			}
			go func() { answers <- h.send(http.MethodPost, "/mcp", body, change) }()
			<-h.bench.started
			got := h.send(http.MethodPost, "/mcp", cancelled(1), func(r *http.Request) {
				if !stateless {
					asModern("notifications/cancelled")(r)
				}
			})
			if got.status != http.StatusAccepted {
				t.Errorf("cancelled: %+v", got)
			}
			close(h.bench.release)
			if got := <-answers; !strings.Contains(got.body, `"mine"`) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestKeysForOnePerson(t *testing.T) {
	t.Parallel()
	h := openHall(t, func(*HTTPOptions) {})
	if got := h.send(http.MethodPost, "/mcp", initialize, withKey("mine")); got.status != http.StatusBadRequest {
		t.Errorf("got %+v", got)
	}
}

// raw sends bytes as they are, and returns the first line of the answer.
func (h *hall) raw(text string) string {
	h.t.Helper()
	c, err := new(net.Dialer).DialContext(h.t.Context(), "tcp", strings.TrimPrefix(h.url, "http://"))
	if err != nil {
		h.t.Fatal(err)
	}
	defer c.Close()
	_, _ = io.WriteString(c, text)
	answer, _ := io.ReadAll(c) // who is shown out may find the line reset
	line, _, _ := strings.Cut(string(answer), "\r\n")
	return line
}

func TestPathTricks(t *testing.T) {
	t.Parallel()
	h := openHall(t, func(*HTTPOptions) {})
	for target, want := range map[string]string{
		"/mcp/": "404", "//mcp": "404", "/./mcp": "404", "/x/../mcp": "404", "/mcp%2f": "404", "/%6dcp": "404", "/MCP": "404", "/mcp;x": "404",
		"/healthz/../mcp": "404", "/healthz%2f..%2fmcp": "404", "/mcp%00": "404", "*": "404", "http://evil.example/mcp": "403", "http://localhost/mcp/": "404",
		"/..%2fmcp": "404", "/mcp#x": "404", "\\mcp": "400",
	} {
		line := h.raw(fmt.Sprintf("POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", target, testSecret))
		if !strings.HasPrefix(line, "HTTP/1.1 "+want) {
			t.Errorf("%s: %q, want %s", target, line, want)
		}
	}
	if line := h.raw("OPTIONS * HTTP/1.1\r\nHost: localhost\r\nOrigin: null\r\nConnection: close\r\n\r\n"); !strings.HasPrefix(line, "HTTP/1.1 403") {
		t.Errorf("OPTIONS: %q", line)
	}
	if line := h.raw("CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\nConnection: close\r\n\r\n"); !strings.HasPrefix(line, "HTTP/1.1 403") {
		t.Errorf("CONNECT: %q", line)
	}
}

func TestHeadersOfNoProxy(t *testing.T) {
	t.Parallel()
	lies := func(r *http.Request) {
		r.Host = "evil.example"
		r.Header.Set("X-Forwarded-Host", "localhost")
		r.Header.Set("X-Forwarded-For", "10.1.2.3")
		r.Header.Set("X-Forwarded-Proto", "https")
	}
	for name, set := range map[string]func(*HTTPOptions){
		"without a proxy": func(*HTTPOptions) {},
		"another proxy":   func(o *HTTPOptions) { o.Proxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := openHall(t, set)
			for _, path := range paths() {
				if got := h.send(http.MethodPost, path, call(1, "wait", "x"), lies); got.status != http.StatusForbidden {
					t.Errorf("%s: %d", path, got.status)
				}
			}
			if strings.Contains(h.log.String(), "10.1.2.3") {
				t.Error("the log believes them")
			}
			h.nothingRan()
		})
	}
}

func TestHeadersOfTheProxy(t *testing.T) {
	t.Parallel()
	h := openHall(t, func(o *HTTPOptions) {
		o.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8")}
		o.AllowHosts = []string{"mcp.example"}
	})
	got := h.send(http.MethodPost, "/mcp", initialize, func(r *http.Request) {
		r.Host = "upstream"
		r.Header.Set("X-Forwarded-Host", "mcp.example")
		r.Header.Set("X-Forwarded-For", "6.6.6.6, 203.0.113.9, 10.0.0.7")
	})
	if got.status != http.StatusOK || !strings.Contains(h.logged(), `"client":"203.0.113.9"`) {
		t.Errorf("%+v; log %s", got, h.log)
	}
}

// logged waits for the end of the server, and returns its log.
func (h *hall) logged() string {
	h.t.Helper()
	if err := h.stop(); err != nil {
		h.t.Error(err)
	}
	return h.log.String()
}
