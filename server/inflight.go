package server

import (
	"context"
	"errors"
	"sync"

	"github.com/mark3labs/mcp-go/mcp"
)

// errCancelled is the cause of a call's end when its client took it back.
var errCancelled = errors.New("cancelled by the client")

// inflight knows the calls that were read and have not ended. A call is entered when its line is read, so a cancellation
// on a later line always finds it, whether it runs or still waits for its turn.
type inflight struct {
	mu      sync.Mutex
	cancels map[mcp.RequestId]context.CancelCauseFunc
	running int
	closed  bool
	idle    chan struct{} // closed when no call runs and none will
}

func newInflight() *inflight {
	return &inflight{cancels: make(map[mcp.RequestId]context.CancelCauseFunc), idle: make(chan struct{})}
}

// begin enters a call. It reports false, and enters nothing, after close.
func (f *inflight) begin(id mcp.RequestId, cancel context.CancelCauseFunc) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return false
	}
	f.running++
	f.cancels[id] = cancel
	return true
}

// end takes out a call that has been answered.
func (f *inflight) end(id mcp.RequestId) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.cancels, id)
	f.running--
	f.signalIdle()
}

// cancel ends the context of a call, for errCancelled. A call that is over, or was never there, is no matter: the
// notification may cross the answer on its way.
func (f *inflight) cancel(id mcp.RequestId) {
	f.mu.Lock()
	cancel := f.cancels[id]
	f.mu.Unlock()
	if cancel != nil {
		cancel(errCancelled)
	}
}

// close lets no further call begin. The channel that it returns is closed when the last one has ended. Call it once.
func (f *inflight) close() <-chan struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed = true
	f.signalIdle()
	return f.idle
}

func (f *inflight) signalIdle() {
	if f.closed && f.running == 0 {
		close(f.idle)
	}
}
