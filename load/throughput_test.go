package load

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// era is a protocol version in which callers call.
type era struct {
	version string
	call    string
	header  http.Header
	session bool    // callers open one first
	least   float64 // of the raw rate
}

func eras() []era {
	return []era{
		{version: "2025-11-25", call: whoami, header: http.Header{"Mcp-Protocol-Version": {"2025-11-25"}}, session: true, least: 0.6},
		// A message of this era says more, and mcp-go's core parses each five times: 58 to 66 % were seen.
		{version: "2026-07-28", call: modernWhoami, header: modernHeader(), least: 0.55},
	}
}

// callers is how many call at once.
const callers = 64

// TestThroughput compares what many callers get done with the plainest tool, with the same requests to Kaneo through a
// plain reverse proxy. However long it takes, it must end as it began.
func TestThroughput(t *testing.T) { //nolint:paralleltest // it measures
	lasts, full := earnest(t)
	kaneo := newStub()
	stubAt := serve(t, kaneo)
	p := start(t, program(t), stubAt, "--per-caller")
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: callers}}
	defer client.CloseIdleConnections()
	proxy := plainProxy(t, stubAt)
	raw := func(int) error {
		_, err := post(t.Context(), client, http.MethodGet, proxy+"/api/auth/get-session", "", nil)
		return err
	}
	for _, e := range eras() {
		t.Run(e.version, func(t *testing.T) {
			call, leave := enter(t, client, p.url+"/mcp", e)
			drive(t, callers, time.Millisecond, call) // so that each has looked up what it keeps
			settled, before := p.memory(), kaneo.asked.Load()
			r := compare(t, lasts, raw, call)
			t.Logf("%v; %d MB before, %d MB after", r, settled, p.memory())
			if full && (r.share() < e.least || r.late > 3*r.rawLate) {
				t.Error("that is too little or too late")
			}
			if asked := kaneo.asked.Load() - before; asked < int64(r.requests) {
				t.Errorf("Kaneo was asked %d times for %d requests", asked, r.requests)
			}
			if full && p.memory() > 2*settled+64 {
				t.Errorf("memory grew from %d to %d MB", settled, p.memory())
			}
			leave()
		})
	}
	for _, name := range []string{"kaneo_mcp_calls_in_flight", "kaneo_mcp_sessions"} {
		if got := p.gauge(name); got != 0 {
			t.Errorf("%s %d", name, got)
		}
	}
	p.stop()
}

// enter gives each caller a key, and a session where the era has them. What it returns calls as a caller, and ends all sessions.
func enter(t *testing.T, client *http.Client, address string, e era) (call func(caller int) error, leave func()) {
	t.Helper()
	headers := make([]http.Header, callers)
	for i := range headers {
		headers[i] = maps.Clone(e.header)
		headers[i].Set("X-Kaneo-Api-Key", fmt.Sprintf("key-%d", i))
		if e.session {
			id, err := begin(t.Context(), client, strings.TrimSuffix(address, "/mcp"), headers[i])
			if err != nil {
				t.Fatal(err)
			}
			headers[i].Set("Mcp-Session-Id", id)
		}
	}
	call = func(caller int) error {
		answer, err := post(t.Context(), client, http.MethodPost, address, e.call, headers[caller])
		if err == nil && strings.Contains(answer, `"isError":true`) {
			err = fmt.Errorf("answered %.600s", answer)
		}
		return err
	}
	leave = func() {
		for i := range headers {
			if !e.session {
				return
			}
			if _, err := post(t.Context(), client, http.MethodDelete, address, "", headers[i]); err != nil {
				t.Error(err)
			}
		}
	}
	return call, leave
}

// rounds is how often calls and raw requests take turns: a machine that does other things does them to both.
const rounds = 4

// compare has callers send raw requests and make calls, in turn.
func compare(t *testing.T, lasts time.Duration, raw, call func(int) error) result {
	t.Helper()
	var rawly, calls []time.Duration
	var rawTime, callTime time.Duration
	for range rounds {
		took, lasted := drive(t, callers, lasts/rounds, raw)
		rawly, rawTime = append(rawly, took...), rawTime+lasted
		took, lasted = drive(t, callers, lasts/rounds, call)
		calls, callTime = append(calls, took...), callTime+lasted
	}
	return result{
		requests: len(rawly) + len(calls),
		raw:      float64(len(rawly)) / rawTime.Seconds(), calls: float64(len(calls)) / callTime.Seconds(),
		rawLate: late(rawly), late: late(calls),
	}
}

// result is rates, a second, and how late the latest of a hundred is.
type result struct {
	requests      int // raw ones and calls
	raw, calls    float64
	rawLate, late time.Duration
}

func (r result) share() float64 { return r.calls / r.raw }

func (r result) String() string {
	return fmt.Sprintf("raw: %.0f/s, p99 %v; calls: %.0f/s, p99 %v: %.0f%% of the raw rate",
		r.raw, r.rawLate, r.calls, r.late, 100*r.share())
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
