package server

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	mcpserver "github.com/mark3labs/mcp-go/server"
)

// Metrics counts what the server does: tools and outcomes, never a name or an id of anybody or anything on a board. A nil
// one counts nothing.
type Metrics struct {
	mu       sync.Mutex
	calls    map[callLabels]uint64
	requests map[requestLabels]uint64
	kaneo    map[string]uint64 // by class of status
	retries  uint64
	latency  histogram
}

type callLabels struct{ tool, outcome string }

type requestLabels struct {
	route  string
	status int
}

// NewMetrics starts counting at zero.
func NewMetrics() *Metrics {
	return &Metrics{
		calls: make(map[callLabels]uint64), requests: make(map[requestLabels]uint64), kaneo: make(map[string]uint64),
		latency: newHistogram(),
	}
}

// countCalls is the middleware that counts calls. It has to be the outermost, to see what the others make of a call.
func (m *Metrics) countCalls(next mcpserver.ToolHandlerFunc) mcpserver.ToolHandlerFunc {
	return func(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		start := time.Now()
		result, err := next(ctx, request)
		_, outcome := outcomeOf(ctx, result, err)
		m.mu.Lock()
		defer m.mu.Unlock()
		m.calls[callLabels{request.Params.Name, outcome}]++
		m.latency.observe(time.Since(start))
		return result, err
	}
}

func (m *Metrics) countRequest(route string, status int) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.requests[requestLabels{route, status}]++
}

// CountRetry counts a request to Kaneo that is repeated.
func (m *Metrics) CountRetry() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.retries++
}

// Transport counts the requests that go to Kaneo through next, repeated ones too.
func (m *Metrics) Transport(next http.RoundTripper) http.RoundTripper { return counted{m, next} }

type counted struct {
	*Metrics
	next http.RoundTripper
}

// RoundTrip makes counted an [http.RoundTripper].
func (c counted) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := c.next.RoundTrip(r)
	class := "no answer"
	switch {
	case err == nil:
		class = fmt.Sprintf("%dxx", answer.StatusCode/100)
	case errors.Is(r.Context().Err(), context.Canceled): // nobody waits for it any more: not Kaneo's doing
		class = "cancelled"
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kaneo[class]++
	return answer, err
}

// CloseIdleConnections lets [http.Client.CloseIdleConnections] through.
func (c counted) CloseIdleConnections() {
	if closer, ok := c.next.(interface{ CloseIdleConnections() }); ok {
		closer.CloseIdleConnections()
	}
}

// write writes all counts in Prometheus' text format, version 0.0.4.
func (m *Metrics) write(out *strings.Builder) {
	m.mu.Lock()
	defer m.mu.Unlock()
	family(out, "kaneo_mcp_calls_total", "counter", "Calls of tools, by tool and outcome.")
	for _, l := range sorted(m.calls) {
		fmt.Fprintf(out, "kaneo_mcp_calls_total{tool=%q,outcome=%q} %d\n", l.tool, l.outcome, m.calls[l])
	}
	m.latency.write(out, "kaneo_mcp_call_seconds", "How long calls of tools take.")
	family(out, "kaneo_mcp_http_requests_total", "counter", "HTTP requests, by route and status; 0: the client left.")
	for _, l := range sorted(m.requests) {
		fmt.Fprintf(out, "kaneo_mcp_http_requests_total{route=%q,status=\"%d\"} %d\n", l.route, l.status, m.requests[l])
	}
	family(out, "kaneo_mcp_kaneo_requests_total", "counter", "Requests to Kaneo, by class of status.")
	for _, class := range slices.Sorted(maps.Keys(m.kaneo)) {
		fmt.Fprintf(out, "kaneo_mcp_kaneo_requests_total{status=%q} %d\n", class, m.kaneo[class])
	}
	family(out, "kaneo_mcp_kaneo_retries_total", "counter", "Requests to Kaneo that were repeated.")
	fmt.Fprintf(out, "kaneo_mcp_kaneo_retries_total %d\n", m.retries)
}

// sorted lists labels in an order that stays.
func sorted[L comparable](counts map[L]uint64) []L {
	return slices.SortedFunc(maps.Keys(counts), func(a, b L) int {
		return slices.Compare([]byte(fmt.Sprint(a)), []byte(fmt.Sprint(b)))
	})
}

func family(out *strings.Builder, name, kind, help string) {
	fmt.Fprintf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
}

func gauge(out *strings.Builder, name, help string, value int) {
	family(out, name, "gauge", help)
	fmt.Fprintf(out, "%s %d\n", name, value)
}

func labelled(out *strings.Builder, name, label, text string, value int) {
	fmt.Fprintf(out, "%s{%s=%q} %d\n", name, label, text, value)
}
