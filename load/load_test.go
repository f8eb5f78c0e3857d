package load

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// earnest is how long to put load on the server: KANEO_MCP_LOAD=30s. Without it the tests are small, and judge no numbers:
// a machine that does other things has bad ones.
func earnest(tb testing.TB) (time.Duration, bool) {
	tb.Helper()
	given := os.Getenv("KANEO_MCP_LOAD")
	if given == "" {
		return 200 * time.Millisecond, false
	}
	d, err := time.ParseDuration(given)
	if err != nil {
		tb.Fatalf("KANEO_MCP_LOAD: %v", err)
	}
	return d, true
}

const (
	hello  = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"load","version":"1"}}}`
	whoami = `{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"whoami","arguments":{},"_meta":{` +
		`"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"load","version":"1"},` +
		`"io.modelcontextprotocol/clientCapabilities":{}}}}`
)

// TestSessions opens 1,000 SSE and 2,000 Streamable HTTP sessions, each with its stream open.
func TestSessions(t *testing.T) {
	_, full := earnest(t)
	sse, streamable := 20, 40
	if full {
		sse, streamable = 1000, 2000
	}
	kaneo := newStub()
	t.Setenv("KANEO_API_KEY", kaneo.key)
	p := start(t, program(t), serve(t, kaneo))
	empty := p.memory()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	defer client.CloseIdleConnections()
	ctx, leave := context.WithCancel(t.Context())
	var streams sync.WaitGroup
	opened := make(chan error, sse+streamable)
	for range sse {
		streams.Go(func() { opened <- hold(ctx, client, p.url+"/sse", "") })
	}
	for range streamable {
		id, err := begin(ctx, client, p.url)
		if err != nil {
			t.Fatal(err)
		}
		streams.Go(func() { opened <- hold(ctx, client, p.url+"/mcp", id) })
	}
	for p.gauge("kaneo_mcp_sessions") < sse+streamable {
		if len(opened) > 0 {
			t.Fatal(<-opened)
		}
	}
	used := p.memory()
	t.Logf("%d SSE and %d Streamable HTTP sessions: %d MB, %d MB without any", sse, streamable, used, empty)
	if full && used > 300 {
		t.Errorf("%d MB are in use", used)
	}
	leave()
	streams.Wait()
	for p.gauge("kaneo_mcp_sessions") > streamable { // those end by DELETE, or after a while
	}
	p.stop()
}

// begin opens a session and returns its id.
func begin(ctx context.Context, client *http.Client, address string) (string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address+"/mcp", strings.NewReader(hello))
	if err != nil {
		return "", err
	}
	r.Header = http.Header{"Authorization": {"Bearer " + secret}, "Content-Type": {"application/json"}, "Accept": {"application/json, text/event-stream"}}
	answer, err := client.Do(r)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	if id := answer.Header.Get("Mcp-Session-Id"); id != "" {
		return id, nil
	}
	return "", fmt.Errorf("no session: status %d", answer.StatusCode)
}

// hold keeps a stream open until ctx ends, which is no error.
func hold(ctx context.Context, client *http.Client, address, session string) error {
	_, err := post(ctx, client, http.MethodGet, address, "", http.Header{"Mcp-Session-Id": {session}})
	if ctx.Err() != nil {
		return nil
	}
	return fmt.Errorf("a stream ended: %w", err)
}

// rounds is how often calls and raw requests take turns: a machine that does other things does them to both.
const rounds = 4

// TestThroughput compares what 64 callers get done with the plainest tool, in requests to Kaneo, with the same requests
// through a plain reverse proxy. It is also the soak: however long it takes, it must end as it began.
func TestThroughput(t *testing.T) { //nolint:paralleltest // it measures
	lasts, full := earnest(t)
	const callers = 64
	kaneo := newStub()
	stubAt := serve(t, kaneo)
	p := start(t, program(t), stubAt, "--per-caller")
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: callers}}
	defer client.CloseIdleConnections()
	call := func(caller int) error {
		answer, err := post(t.Context(), client, http.MethodPost, p.url+"/mcp", whoami, http.Header{
			"Mcp-Protocol-Version": {"2026-07-28"}, "Mcp-Method": {"tools/call"}, "Mcp-Name": {"whoami"},
			"X-Kaneo-Api-Key": {fmt.Sprintf("key-%d", caller)},
		})
		if err == nil && strings.Contains(answer, `"isError":true`) {
			err = fmt.Errorf("answered %.600s", answer)
		}
		return err
	}
	proxy := plainProxy(t, stubAt)
	raw := func(int) error {
		_, err := post(t.Context(), client, http.MethodGet, proxy+"/api/auth/get-session", "", nil)
		return err
	}
	drive(t, callers, time.Millisecond, call) // so that each has looked up what it keeps
	settled := p.memory()
	var rawly, calls []time.Duration
	var rawTime, callTime time.Duration
	before, rawAsked := kaneo.asked.Load(), 0
	for range rounds {
		took, lasted := drive(t, callers, min(lasts/rounds, 5*time.Second), raw)
		rawly, rawTime = append(rawly, took...), rawTime+lasted
		rawAsked += len(took)
		took, lasted = drive(t, callers, lasts/rounds, call)
		calls, callTime = append(calls, took...), callTime+lasted
	}
	asked := kaneo.asked.Load() - before - int64(rawAsked)
	r := result{
		raw: float64(len(rawly)) / rawTime.Seconds(), calls: float64(len(calls)) / callTime.Seconds(), asked: float64(asked) / callTime.Seconds(),
		rawLate: late(rawly), late: late(calls),
	}
	t.Logf("%v; %d MB before, %d MB after", r, settled, p.memory())
	if full {
		r.judge(t)
		if p.memory() > 2*settled+64 {
			t.Errorf("memory grew from %d to %d MB", settled, p.memory())
		}
	}
	for _, name := range []string{"kaneo_mcp_calls_in_flight", "kaneo_mcp_sessions"} {
		if got := p.gauge(name); got != 0 {
			t.Errorf("%s %d", name, got)
		}
	}
	p.stop()
}

// result is rates, a second, and how late the latest of a hundred is.
type result struct {
	raw, calls, asked float64
	rawLate, late     time.Duration
}

func (r result) String() string {
	return fmt.Sprintf("raw: %.0f/s, p99 %v; calls: %.0f/s, p99 %v, which asked Kaneo %.0f/s: %.0f%% of the raw rate",
		r.raw, r.rawLate, r.calls, r.late, r.asked, 100*r.asked/r.raw)
}

func (r result) judge(t *testing.T) {
	t.Helper()
	if r.asked < 0.6*r.raw || r.late > 3*r.rawLate {
		t.Error("that is too little or too late")
	}
}

func late(took []time.Duration) time.Duration {
	slices.Sort(took)
	return took[len(took)*99/100].Round(10 * time.Microsecond)
}

// drive has callers do something over and over, each for itself. It returns how long each time took, and all of it.
func drive(t *testing.T, callers int, lasts time.Duration, do func(caller int) error) ([]time.Duration, time.Duration) {
	t.Helper()
	took := make([][]time.Duration, callers)
	var all sync.WaitGroup
	start := time.Now()
	for i := range callers {
		all.Go(func() {
			for len(took[i]) == 0 || time.Since(start) < lasts {
				begun := time.Now()
				if err := do(i); err != nil {
					t.Error(err)
					return
				}
				took[i] = append(took[i], time.Since(begun))
			}
		})
	}
	all.Wait()
	return slices.Concat(took...), time.Since(start)
}
