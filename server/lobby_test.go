package server

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestLobby has two seats: whoever has waited longest has to go, and nobody who has been let in.
func TestLobby(t *testing.T) {
	t.Parallel()
	type step struct {
		who  string
		does http.ConnState
	}
	const letIn = http.ConnState(-1)
	for name, test := range map[string]struct {
		steps []step
		left  string // whose connections are still open
	}{
		"silent":                  {[]step{{"a", http.StateNew}, {"b", http.StateNew}, {"c", http.StateNew}}, "bc"},
		"asking, not let in":      {[]step{{"a", http.StateNew}, {"a", http.StateActive}, {"b", http.StateNew}, {"c", http.StateNew}}, "bc"},
		"let in":                  {[]step{{"a", http.StateNew}, {"a", http.StateActive}, {"a", letIn}, {"b", http.StateNew}, {"c", http.StateNew}}, "abc"},
		"let in once, then idle":  {[]step{{"a", http.StateNew}, {"a", letIn}, {"b", http.StateNew}, {"a", http.StateIdle}, {"c", http.StateNew}}, "ac"},
		"served, but not let in":  {[]step{{"a", http.StateNew}, {"b", http.StateNew}, {"a", http.StateIdle}, {"c", http.StateNew}}, "ac"},
		"gone on their own":       {[]step{{"a", http.StateNew}, {"a", http.StateClosed}, {"b", http.StateNew}, {"c", http.StateNew}}, "abc"},
		"one who goes twice over": {[]step{{"a", http.StateNew}, {"a", letIn}, {"a", letIn}, {"a", http.StateClosed}}, "abc"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLobby(2)
			here := map[string]*closing{"a": {}, "b": {}, "c": {}}
			for _, s := range test.steps {
				if s.does != letIn {
					l.observe(here[s.who], s.does)
					continue
				}
				r := httptest.NewRequestWithContext(tellApart(t.Context(), here[s.who]), http.MethodGet, "/mcp", nil)
				wantStatus(t, s.who, l.letIn, r, passed)
			}
			left := ""
			for _, who := range []string{"a", "b", "c"} {
				if !here[who].closed {
					left += who
				}
			}
			if left != test.left || l.count() > 2 {
				t.Errorf("left: %s, want %s; %d are waiting", left, test.left, l.count())
			}
		})
	}
}

// TestLobbyClosed: nobody who comes after the end is kept waiting.
func TestLobbyClosed(t *testing.T) {
	t.Parallel()
	l := newLobby(2)
	early, late := new(closing), new(closing)
	l.observe(early, http.StateNew)
	l.clear()
	l.observe(late, http.StateNew)
	if !early.closed || !late.closed || l.count() != 0 {
		t.Errorf("closed: %v, %v; %d are waiting", early.closed, late.closed, l.count())
	}
}

// TestStopWithUnusedConnections shows them out at once: nobody is waited for who has asked nothing.
func TestStopWithUnusedConnections(t *testing.T) {
	t.Parallel()
	for name, sent := range map[string]string{"silent": "", "half a header": "POST /mcp HTTP/1.1\r\nHost: loc"} {
		h := openHall(t, func(*HTTPOptions) {})
		c, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(h.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(c, sent)
		h.eventually("it is seen", func() bool { return strings.Contains(h.metrics(), "\nkaneo_mcp_connections_waiting 1\n") })
		if log := h.logged(); strings.Contains(log, "leaving without it") {
			t.Errorf("%s: %s", name, log)
		}
		c.Close()
	}
}

// closing is a connection that may be closed.
type closing struct {
	net.Conn
	closed bool
}

func (c *closing) Close() error {
	c.closed = true
	return nil
}
