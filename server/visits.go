package server

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"sync"
)

// visits are the sessions of one caller over Streamable HTTP, by id: mcp-go asks them. An id is known to the caller whom it
// was given to alone: everybody else's are kept elsewhere. Who may call is never read from an id.
//
// mcp-go's own book of sessions is not used: it remembers those that have ended for ever.
type visits struct {
	room *turnstile

	mu   sync.Mutex
	open map[string]visit
}

// visit is one session.
type visit struct {
	counted bool          // there was room for it
	over    chan struct{} // closed when it has ended
}

func newVisits(room *turnstile) *visits { return &visits{room: room, open: make(map[string]visit)} }

// newSessionID makes an id that nobody can guess.
func newSessionID() string {
	var id [16]byte
	_, _ = rand.Read(id[:]) // crypto/rand never fails: it ends the program
	return hex.EncodeToString(id[:])
}

var errNoVisit = errors.New("there is no such session")

// Generate opens a session. mcp-go takes no refusal here, so guardVisits has looked for room before; of clients that come
// at the same moment one may get in for whom there is none.
func (v *visits) Generate() string {
	id := newSessionID()
	v.mu.Lock()
	defer v.mu.Unlock()
	v.open[id] = visit{v.room.enter(), make(chan struct{})}
	return id
}

// Validate tells whether a session is open.
func (v *visits) Validate(id string) (isTerminated bool, err error) {
	if !v.has(id) {
		return false, errNoVisit
	}
	return false, nil
}

// Terminate ends a session: the client wants it, or it has been idle for too long.
func (v *visits) Terminate(id string) (isNotAllowed bool, err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.end(id)
	return false, nil
}

// close ends all sessions.
func (v *visits) close() {
	v.mu.Lock()
	defer v.mu.Unlock()
	for id := range v.open {
		v.end(id)
	}
}

// end ends a session, if it is open. The caller holds the lock.
func (v *visits) end(id string) {
	one, ok := v.open[id]
	if !ok {
		return
	}
	delete(v.open, id)
	close(one.over)
	if one.counted {
		v.room.leave()
	}
}

func (v *visits) has(id string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	_, ok := v.open[id]
	return ok
}

// accompany is a context that ends with a session, too. The returned function releases what that takes.
func (v *visits) accompany(ctx context.Context, id string) (context.Context, func()) {
	v.mu.Lock()
	one, ok := v.open[id]
	v.mu.Unlock()
	ctx, cancel := context.WithCancel(ctx)
	if !ok {
		cancel()
	}
	var watch sync.WaitGroup
	watch.Go(func() {
		select {
		case <-one.over:
			cancel()
		case <-ctx.Done():
		}
	})
	return ctx, func() {
		cancel()
		watch.Wait()
	}
}
