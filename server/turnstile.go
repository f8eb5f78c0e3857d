package server

import (
	"context"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"
)

// turnstile counts who is inside, and lets no more in than there is room for. One may stand behind a wider one.
type turnstile struct {
	room   int64
	inside atomic.Int64
	empty  chan struct{} // somebody has left, and was the last
	wider  *turnstile    // nil: none
}

func newTurnstile(room int, wider *turnstile) *turnstile {
	return &turnstile{room: int64(room), empty: make(chan struct{}, 1), wider: wider}
}

// enter reports whether there was room. Who has entered leaves, once.
func (t *turnstile) enter() bool {
	if t == nil {
		return true
	}
	if t.inside.Add(1) > t.room || !t.wider.enter() {
		t.inside.Add(-1)
		return false
	}
	return true
}

func (t *turnstile) leave() {
	if t == nil {
		return
	}
	if t.inside.Add(-1) == 0 {
		select {
		case t.empty <- struct{}{}:
		default: // it is known already
		}
	}
	t.wider.leave()
}

// drained waits until nobody is inside, or ctx ends.
func (t *turnstile) drained(ctx context.Context) {
	for t.inside.Load() > 0 {
		select {
		case <-t.empty:
		case <-ctx.Done():
			return
		}
	}
}

// full tells whether nobody more would get in.
func (t *turnstile) full() bool {
	return t != nil && (t.inside.Load() >= t.room || t.wider.full())
}

func (t *turnstile) count() int { return int(t.inside.Load()) }

// busy is how long a client is asked to wait when there is no room.
const busy = 2 * time.Second

func refuseBusy(w http.ResponseWriter, r *http.Request, sentence string) {
	w.Header().Set("Retry-After", strconv.Itoa(int(busy.Seconds())))
	refuse(w, r, http.StatusTooManyRequests, sentence)
}

// guardRoom lets a request in as long as there is room, and out when it has been served.
func guardRoom(room *turnstile, sentence string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !room.enter() {
			refuseBusy(w, r, sentence)
			return
		}
		defer room.leave()
		next.ServeHTTP(w, r)
	})
}
