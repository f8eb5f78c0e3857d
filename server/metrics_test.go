package server

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mark3labs/mcp-go/mcp"

	"kaneo-mcp/auth"
)

// replies is a network that answers with statuses, one after the other, and then not at all.
type replies []int

func (s *replies) RoundTrip(*http.Request) (*http.Response, error) {
	if len(*s) == 0 {
		return nil, errors.New("a secret place is away")
	}
	status := (*s)[0]
	*s = (*s)[1:]
	return &http.Response{StatusCode: status, Body: http.NoBody}, nil
}

// TestMetrics wants all that there is to see, each once, and nothing of what the calls are about.
func TestMetrics(t *testing.T) {
	t.Parallel()
	m := NewMetrics()
	for _, run := range []error{nil, errTool} {
		_, _ = m.countCalls(tool(mcp.NewToolResultText("a secret"), run))(t.Context(), toolCall("move"))
	}
	m.countRequest("/mcp", 401)
	toKaneo := m.Transport(&replies{200, 201, 503})
	for range 4 {
		if answer, err := toKaneo.RoundTrip(httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/task/a-secret", nil)); err == nil {
			answer.Body.Close()
		}
	}
	left, leave := context.WithCancel(t.Context())
	leave()
	if _, err := toKaneo.RoundTrip(httptest.NewRequestWithContext(left, http.MethodGet, "/", nil)); err == nil {
		t.Error("somebody answers")
	}
	m.CountRetry()
	o := HTTPOptions{Metrics: m, Limits: Limits{}.standard(false), SignIn: func(context.Context) auth.Status { return auth.Status{State: auth.Pending} }}
	d := &door{options: o, callers: newCallers(o), lobby: newLobby(1)}
	d.callers.all.calls.enter()
	d.callers.all.sessions.enter()
	w := httptest.NewRecorder()
	d.expose(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	var got []string
	for line := range strings.Lines(w.Body.String()) {
		if !strings.HasPrefix(line, "# ") && !strings.Contains(line, "_sum ") && !strings.Contains(line, `_bucket{le="0`) {
			got = append(got, strings.TrimPrefix(strings.TrimSpace(line), "kaneo_mcp_"))
		}
	}
	if diff := cmp.Diff(shown(), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func shown() []string {
	return []string{
		`calls_total{tool="move",outcome="failed"} 1`, `calls_total{tool="move",outcome="ok"} 1`,
		`call_seconds_bucket{le="1"} 2`, `call_seconds_bucket{le="2.5"} 2`, `call_seconds_bucket{le="5"} 2`, `call_seconds_bucket{le="10"} 2`,
		`call_seconds_bucket{le="50"} 2`, `call_seconds_bucket{le="+Inf"} 2`, `call_seconds_count 2`,
		`http_requests_total{route="/mcp",status="401"} 1`,
		`kaneo_requests_total{status="2xx"} 2`, `kaneo_requests_total{status="5xx"} 1`, `kaneo_requests_total{status="cancelled"} 1`,
		`kaneo_requests_total{status="no answer"} 1`,
		`kaneo_retries_total 1`,
		`calls_in_flight 1`, `sessions 1`, `callers 0`, `connections_waiting 0`,
		`sign_in{state="key"} 0`, `sign_in{state="key refused"} 0`, `sign_in{state="signed in"} 0`, `sign_in{state="pending"} 1`,
		`sign_in{state="denied"} 0`, `sign_in{state="signed out"} 0`,
	}
}
