package server

import (
	"net/http"
	"strings"
	"testing"
)

// TestGuardCalls has no room left.
func TestGuardCalls(t *testing.T) {
	t.Parallel()
	guard := func(next http.Handler) http.Handler { return guardCalls(newTurnstile(0, nil), next) }
	for name, test := range map[string]struct {
		body string
		want int
	}{
		"a call":               {call(1, "echo", "x"), 429},
		"taken back":           {cancelled(1), passed},
		"an answer":            {`{"jsonrpc":"2.0","id":1,"result":{}}`, passed},
		"a large notification": {cancelled(1) + strings.Repeat(" ", maxAside), 429},
		"nothing":              {"", 429},
		"several at a time":    {"[]", 429},
	} {
		wantStatus(t, name, guard, asking(t, http.MethodPost, "/mcp", test.body), test.want)
		r := asking(t, http.MethodPost, "/mcp", test.body)
		if _, got := meet(guard, r); test.want == passed && got.body != test.body {
			t.Errorf("%s: what came through is %q", name, got.body)
		}
	}
	endless := asking(t, http.MethodPost, "/mcp", cancelled(1))
	endless.ContentLength = -1
	wantStatus(t, "of unknown length", guard, endless, 429)
}

// TestACallIsTakenBackWhereThereIsNoRoom in each transport that has notifications.
func TestACallIsTakenBackWhereThereIsNoRoom(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(h *hall) (path string, in func(*http.Request)){
		"Streamable HTTP": func(h *hall) (string, func(*http.Request)) { return "/mcp", inSession(h.begin(nil)) },
		"SSE": func(h *hall) (string, func(*http.Request)) {
			stream := h.listen("/sse", nil)
			t.Cleanup(stream.close)
			return stream.next(), nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := openHall(t, func(o *HTTPOptions) { o.Limits.CallsAll = 1 })
			path, in := open(h)
			ended := make(chan struct{})
			go func() {
				defer close(ended)
				h.send(http.MethodPost, path, call(1, "wait", "x"), in)
			}()
			<-h.bench.started
			if got := h.send(http.MethodPost, path, call(2, "echo", "x"), in); got.status != http.StatusTooManyRequests {
				t.Errorf("there is room: %+v", got)
			}
			if got := h.send(http.MethodPost, path, cancelled(1), in); got.status != http.StatusAccepted {
				t.Errorf("not taken back: %+v", got)
			}
			<-ended
			h.eventually("there is room again", func() bool { return strings.Contains(h.metrics(), "\nkaneo_mcp_calls_in_flight 0\n") })
		})
	}
}
