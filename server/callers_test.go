package server

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"
)

// newGate is the callers of a team, and who was opened (+) and closed (-).
func newGate(limits Limits) (*callers, *[]string) {
	var told []string
	o := HTTPOptions{PerCaller: true, Limits: limits.standard(true), Log: zerolog.Nop()}
	o.Open = func(key string) (Tenant, error) {
		told = append(told, "+"+key)
		return Tenant{newTestServer(newBench()), func() { told = append(told, "-"+key) }}, nil
	}
	return newCallers(o), &told
}

func TestIdleCallersAreForgotten(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		gate, told := newGate(Limits{Idle: time.Minute})
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { gate.dropIdle(ctx); close(done) }()
		busy, _ := gate.enter("busy")
		idle, _ := gate.enter("idle")
		idle.depart()
		visiting, _ := gate.enter("visiting")
		id := visiting.visits.Generate()
		visiting.depart()
		time.Sleep(3 * time.Minute)
		synctest.Wait()
		if diff := cmp.Diff([]string{"+busy", "+idle", "+visiting", "-idle"}, *told); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		busy.depart()
		_, _ = visiting.visits.Terminate(id)
		time.Sleep(3 * time.Minute)
		if gate.count() != 0 {
			t.Errorf("%d are still known", gate.count())
		}
		cancel()
		<-done
		synctest.Wait() // mcp-go's sweepers
	})
}

// TestTheOneCallerIsNeverForgotten by a server for one person.
func TestTheOneCallerIsNeverForgotten(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		gate, told := newGate(Limits{Idle: time.Minute})
		gate.options.PerCaller = false
		if err := (&door{options: gate.options, callers: gate}).expect(); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { gate.dropIdle(ctx); close(done) }()
		time.Sleep(3 * time.Minute)
		synctest.Wait()
		if diff := cmp.Diff([]string{"+"}, *told); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		cancel()
		<-done
		gate.drop(anybody)
		synctest.Wait() // mcp-go's sweepers
	})
}

// TestIdleSessionsEnd goes through mcp-go's sweeper.
func TestIdleSessionsEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		gate, _ := newGate(Limits{Idle: time.Minute})
		who, _ := gate.enter("ada")
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/mcp", strings.NewReader(initialize))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		who.mcp(w, r)
		id := w.Header().Get("Mcp-Session-Id")
		if !who.visits.has(id) || who.sessions.count() != 1 {
			t.Fatalf("no session: %s", w.Body)
		}
		time.Sleep(2 * time.Minute)
		if who.visits.has(id) || who.sessions.count() != 0 {
			t.Error("the session goes on")
		}
		who.depart()
		gate.drop(func(*caller) bool { return true })
		synctest.Wait()
	})
}

// TestWhoOpensASession: nobody loses one to a request that opens none.
func TestWhoOpensASession(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		method, path string
		change       func(*http.Request)
		want         bool
	}{
		"SSE":                   {http.MethodGet, "/sse", nil, true},
		"a message to SSE":      {http.MethodPost, "/message?sessionId=1", nil, false},
		"initialize":            {http.MethodPost, "/mcp", nil, true},
		"a call in a session":   {http.MethodPost, "/mcp", inSession("1"), false},
		"a stream of a session": {http.MethodGet, "/mcp", inSession("1"), false},
		"a call without one":    {http.MethodPost, "/mcp", asModern("tools/call"), false},
		"a subscription":        {http.MethodPost, "/mcp", asModern("subscriptions/listen"), true},
	} {
		r := asking(t, test.method, test.path, "")
		if test.change != nil {
			test.change(r)
		}
		if got := opensSession(r); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestTurnstile(t *testing.T) {
	t.Parallel()
	all := newTurnstile(2, nil)
	one, other := newTurnstile(1, all), newTurnstile(2, all)
	for i, step := range []struct {
		through *turnstile
		want    bool
	}{{one, true}, {one, false}, {other, true}, {other, false}} {
		if got := step.through.enter(); got != step.want {
			t.Errorf("step %d: %v", i, got)
		}
	}
	one.leave()
	other.leave()
	all.drained(t.Context())
	if all.count() != 0 || one.full() {
		t.Error("somebody is left")
	}
}

func TestReadiness(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var asked int
		var down error
		kaneo := &reach{ask: func(context.Context) error { asked++; return down }}
		get := func() int {
			w := httptest.NewRecorder()
			kaneo.readyz(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/readyz", nil))
			if strings.Contains(w.Body.String(), "secret") {
				t.Errorf("it tells too much: %s", w.Body)
			}
			return w.Code
		}
		first, second := get(), get()
		down = errors.New("dial a secret place")
		time.Sleep(reachedFor)
		if got := []int{first, second, get(), asked}; !cmp.Equal(got, []int{200, 200, 503, 2}) {
			t.Errorf("got %v", got)
		}
	})
}
