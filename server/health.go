package server

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"kaneo-mcp/auth"
)

const (
	reachedFor = 5 * time.Second // an answer about Kaneo holds so long: anybody may ask
	reachLimit = 5 * time.Second
)

// healthz says that the server lives.
func healthz(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok\n") }

// reach remembers for a moment whether Kaneo can be reached.
type reach struct {
	ask func(ctx context.Context) error

	mu  sync.Mutex
	at  time.Time
	err error
}

// readyz says whether calls can succeed. It tells strangers no more than that.
func (k *reach) readyz(w http.ResponseWriter, r *http.Request) {
	if err := k.now(r.Context()); err != nil {
		refuse(w, r, http.StatusServiceUnavailable, "Kaneo cannot be reached.")
		return
	}
	_, _ = io.WriteString(w, "ready\n")
}

// now asks Kaneo, unless it was asked a moment ago. Those who ask at the same time wait for one answer; one who leaves
// early leaves it to the next to ask.
func (k *reach) now(ctx context.Context) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if time.Since(k.at) < reachedFor {
		return k.err
	}
	ctx, cancel := context.WithTimeout(ctx, reachLimit)
	defer cancel()
	if err := k.ask(ctx); !errors.Is(ctx.Err(), context.Canceled) {
		k.err, k.at = err, time.Now()
	}
	return k.err
}

// expose serves /metrics.
func (d *door) expose(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	var text strings.Builder
	d.options.Metrics.write(&text)
	gauge(&text, "kaneo_mcp_calls_in_flight", "Calls that are running or wait for their turn.", d.callers.all.calls.count())
	gauge(&text, "kaneo_mcp_sessions", "Sessions that are open.", d.callers.all.sessions.count())
	gauge(&text, "kaneo_mcp_callers", "Callers that something is kept for.", d.callers.count())
	gauge(&text, "kaneo_mcp_connections_waiting", "Connections whose request has not come, or not been let in.", d.lobby.count())
	if d.options.SignIn != nil {
		writeSignIn(&text, d.options.SignIn(r.Context()).State)
	}
	_, _ = io.WriteString(w, text.String())
}

// writeSignIn writes each state of a sign-in, the present one as 1.
func writeSignIn(out *strings.Builder, now auth.State) {
	const name = "kaneo_mcp_sign_in"
	family(out, name, "gauge", "Where the sign-in stands.")
	for _, state := range []auth.State{auth.UsingKey, auth.KeyRefused, auth.SignedIn, auth.Pending, auth.Refusal, auth.SignedOut} {
		value := 0
		if state == now {
			value = 1
		}
		labelled(out, name, "state", string(state), value)
	}
}
