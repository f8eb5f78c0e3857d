package server

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// Too much of everything: each is refused, and nobody else suffers.

func TestBodyBombs(t *testing.T) {
	t.Parallel()
	h := openHall(t, func(*HTTPOptions) {})
	stream := h.listen("/sse", nil)
	defer stream.close()
	huge := call(1, "wait", strings.Repeat("x", maxBody))
	for _, path := range []string{"/mcp", stream.next()} {
		for name, change := range map[string]func(*http.Request){
			"declared": nil,
			"chunked":  func(r *http.Request) { r.ContentLength, r.Body = -1, io.NopCloser(strings.NewReader(huge)) },
		} {
			if got := h.send(http.MethodPost, path, huge, change); got.status != http.StatusRequestEntityTooLarge {
				t.Errorf("%s, %s: %d", path, name, got.status)
			}
		}
	}
	h.nothingRan()
}

func TestHeaderBombs(t *testing.T) {
	t.Parallel()
	h := openHall(t, func(*HTTPOptions) {})
	got := h.send(http.MethodGet, "/healthz", "", func(r *http.Request) { r.Header.Set("X-Bomb", strings.Repeat("x", 2*maxHeader)) })
	if got.status != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("got %d", got.status)
	}
}

// TestHalfOpenConnections keeps a server full of connections that send half a header, and calls it meanwhile.
func TestHalfOpenConnections(t *testing.T) {
	t.Parallel()
	h := openHall(t, func(*HTTPOptions) {})
	const many = 10_000
	open := make(chan net.Conn, lobbySeats+1)
	for range many {
		c, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(h.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(c, "POST /mcp HTTP/1.1\r\nHost: loc")
		if len(open) == cap(open) {
			(<-open).Close() // the server has shown it out, or is about to: spare this process the descriptor
		}
		open <- c
	}
	if got := h.send(http.MethodPost, "/mcp", initialize, nil); got.status != http.StatusOK {
		t.Errorf("a client among them: %+v", got)
	}
	text := h.metrics()
	var waiting int
	_, after, _ := strings.Cut(text, "\nkaneo_mcp_connections_waiting ")
	if _, err := fmt.Sscan(after, &waiting); err != nil || waiting > lobbySeats {
		t.Errorf("%d connections are waiting, %v", waiting, err)
	}
	close(open)
	for c := range open {
		c.Close()
	}
}

// TestSlowness has headers and bodies come too slowly: who sends them is told so, or shown out.
func TestSlowness(t *testing.T) {
	t.Parallel()
	h := openHall(t, func(o *HTTPOptions) { o.pace = pace{header: 50 * time.Millisecond, body: 50 * time.Millisecond} })
	const head = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
	for name, test := range map[string]struct{ text, want string }{
		"header":                  {"POST /mcp HTTP/1.1\r\nHost: loc", ""},
		"body":                    {head + "Authorization: Bearer " + testSecret + "\r\nContent-Length: 100\r\n\r\n{", "HTTP/1.1 408 Request Timeout"},
		"body without the secret": {head + "Content-Length: 100\r\n\r\n{", "HTTP/1.1 401 Unauthorized"},
	} {
		if line := h.raw(test.text); line != test.want {
			t.Errorf("slow %s: %q, want %q", name, line, test.want)
		}
	}
	h.nothingRan()
}

func TestLimits(t *testing.T) {
	t.Parallel()
	h := openHall(t, func(o *HTTPOptions) {
		o.PerCaller = true
		o.Limits = Limits{CallsEach: 1, CallsAll: 2, SessionsEach: 1, SessionsAll: 3, Callers: 3}
	})
	full := func(what string, got httpReply) {
		t.Helper()
		if got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") == "" {
			t.Errorf("%s: %+v", what, got)
		}
	}
	in := func(key string) func(*http.Request) {
		id := h.begin(withKey(key))
		return func(r *http.Request) { withKey(key)(r); inSession(id)(r) }
	}
	ada, bob, eve := in("ada"), in("bob"), in("eve")
	full("a session too many of one", h.send(http.MethodPost, "/mcp", initialize, withKey("ada")))
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{}, 2)
	for _, who := range []func(*http.Request){ada, bob} {
		go func() {
			defer func() { ended <- struct{}{} }()
			r, _ := http.NewRequestWithContext(ctx, http.MethodPost, h.url+"/mcp", strings.NewReader(call(1, "wait", "x")))
			r.Header = http.Header{"Authorization": {"Bearer " + testSecret}, "Content-Type": {"application/json"}}
			who(r)
			if answer, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(r); err == nil {
				answer.Body.Close()
			}
		}()
		<-h.bench.started
	}
	full("a call too many of one", h.send(http.MethodPost, "/mcp", call(2, "wait", "y"), ada))
	full("a call too many of all", h.send(http.MethodPost, "/mcp", call(2, "wait", "y"), eve))
	cancel()
	<-ended
	<-ended
	h.nothingRan()
	h.send(http.MethodDelete, "/mcp", "", ada)
	if got := h.send(http.MethodPost, "/mcp", initialize, withKey("ada")); got.status != http.StatusOK {
		t.Errorf("somebody has left, and yet: %+v", got)
	}
}

// TestArrivingMessages: also their bodies take up room, of which there is no more than for calls.
func TestArrivingMessages(t *testing.T) {
	t.Parallel()
	h := openHall(t, func(o *HTTPOptions) { o.Limits.CallsAll = 1 })
	stream := h.listen("/sse", nil)
	defer stream.close()
	path, body := stream.next(), cancelled(1)
	c, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(h.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintf(c, "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"+
		"Content-Length: %d\r\nExpect: 100-continue\r\n\r\n", path, testSecret, len(body))
	answers := bufio.NewReader(c)
	next := func() int {
		answer, err := http.ReadResponse(answers, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		return answer.StatusCode
	}
	if got := next(); got != http.StatusContinue { // its body is being waited for
		t.Errorf("at first: %d", got)
	}
	if got := h.send(http.MethodPost, path, body, nil); got.status != http.StatusTooManyRequests {
		t.Errorf("another one: %+v", got)
	}
	_, _ = io.WriteString(c, body)
	if got := next(); got != http.StatusAccepted {
		t.Errorf("in the end: %d", got)
	}
}

// TestMadeUpKeys of somebody who knows the secret keep nobody out, unless their streams stay open.
func TestMadeUpKeys(t *testing.T) {
	t.Parallel()
	for name, limits := range map[string]Limits{"callers": {Callers: 3}, "sessions": {SessionsEach: 1, SessionsAll: 3}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := openHall(t, func(o *HTTPOptions) { o.PerCaller, o.Limits = true, limits })
			h.begin(withKey("ada"))
			for i := range 10 {
				h.begin(withKey(fmt.Sprint("made up ", i)))
			}
			mine := h.begin(withKey("ada"))
			in := func(r *http.Request) { withKey("ada")(r); inSession(mine)(r) }
			if got := h.send(http.MethodPost, "/mcp", call(1, "echo", "hello"), in); !strings.Contains(got.body, "hello") {
				t.Errorf("got %+v", got)
			}
			if text := h.metrics(); !strings.Contains(text, "\nkaneo_mcp_sessions 3\n") {
				t.Errorf("sessions are not counted: %s", text)
			}
			for i := range 3 {
				defer h.listen("/sse", withKey(fmt.Sprint("who stays ", i))).close()
			}
			if got := h.send(http.MethodPost, "/mcp", initialize, withKey("bob")); got.status != http.StatusTooManyRequests {
				t.Errorf("somebody who is here had to go: %+v", got)
			}
		})
	}
}

// TestStreamsAreCounted: a session may have several.
func TestStreamsAreCounted(t *testing.T) {
	t.Parallel()
	h := openHall(t, func(o *HTTPOptions) { o.PerCaller, o.Limits = true, Limits{SessionsEach: 2, SessionsAll: 3} })
	ids := map[string]string{"ada": h.begin(withKey("ada")), "bob": h.begin(withKey("bob"))}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for i, test := range []struct {
		key  string
		want int
	}{{"ada", 200}, {"ada", 200}, {"ada", 429}, {"bob", 200}, {"bob", 429}} {
		answer := h.open(ctx, http.MethodGet, "/mcp", "", func(r *http.Request) { withKey(test.key)(r); inSession(ids[test.key])(r) })
		defer answer.Body.Close()
		if answer.StatusCode != test.want {
			t.Errorf("stream %d: status %d, want %d", i, answer.StatusCode, test.want)
		}
	}
}
