package board

import (
	"context"
	"sync"
)

// Turns let one writer at a time at each task. Kaneo knows no versions and the last writer wins (kaneo-api.md §8), so
// what is read, changed and written back must not be interleaved where we can help it: among the desks of one process.
// Between processes a moment is left in which one of two writers loses: a start date is written with the whole task.
type Turns struct {
	mu   sync.Mutex
	busy map[string]chan struct{} // closed at the end of the turn, by task id
}

// NewTurns begins with every task free.
func NewTurns() *Turns { return &Turns{busy: make(map[string]chan struct{})} }

// take waits for a task to be free, and returns what ends the turn.
func (t *Turns) take(ctx context.Context, taskID string) (end func(), err error) {
	for {
		before, end := t.claim(taskID)
		if before == nil {
			return end, nil
		}
		select {
		case <-before:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// claim begins a turn, or returns the one that is under way.
func (t *Turns) claim(taskID string) (before <-chan struct{}, end func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if other, taken := t.busy[taskID]; taken {
		return other, nil
	}
	mine := make(chan struct{})
	t.busy[taskID] = mine
	return nil, func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		delete(t.busy, taskID)
		close(mine)
	}
}
