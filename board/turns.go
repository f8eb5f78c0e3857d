package board

import (
	"cmp"
	"context"
	"sync"
	"time"
)

// turnPatience is how long a turn is waited for: longer than a change takes with a slow Kaneo, and short enough that the
// rest of a call's time does for the change itself.
const turnPatience = 30 * time.Second

// Turns let one writer at a time at each task. Kaneo knows no versions and the last writer wins (kaneo-api.md §8), so
// what is read, changed and written back must not be interleaved where we can help it: among the desks of one process, and
// among processes that share a folder for it. No turn is waited for while another is held.
//
// Between two machines a moment is left in which one of two writers loses: a start date is written with the whole task, and
// what somebody else writes between our reading and that is gone. Nothing tells of it afterwards: a new description leaves
// no trace in the history, a task that is read does not say when it was changed (§7, §9), and our write covers both.
type Turns struct {
	locks *turnLocks // nil: no other process is reckoned with
	mu    sync.Mutex
	busy  map[string]chan struct{} // closed at the end of the turn, by stripe
}

// NewTurns begins with every task free. They are taken within this process only.
func NewTurns() *Turns { return &Turns{busy: make(map[string]chan struct{})} }

// SharedTurns are taken among all processes that name the same folder, which is created when the first turn is taken. trouble
// is told once when there can be no locks in it: then they are taken within this process only.
func SharedTurns(folder string, trouble func(error)) *Turns {
	turns := NewTurns()
	turns.locks = &turnLocks{folder: folder, trouble: trouble}
	return turns
}

// take waits for a task to be free, and returns what ends the turn.
func (t *Turns) take(ctx context.Context, taskID string) (end func(), err error) {
	patient, cancel := context.WithTimeout(ctx, turnPatience)
	defer cancel()
	stripe := stripeOf(taskID)
	leave, err := t.enter(patient, stripe)
	if err != nil {
		return nil, tooLate(ctx)
	}
	unlock, err := t.locks.lock(patient, stripe)
	if err != nil {
		leave()
		return nil, tooLate(ctx)
	}
	return func() {
		unlock() // first, so that the next one here finds it free
		leave()
	}, nil
}

// tooLate says why a turn was not waited for any longer.
func tooLate(ctx context.Context) error {
	return cmp.Or(ctx.Err(), mistakef("Another change from this machine has kept this task for %.0f seconds, so nothing was changed by this one. "+
		"Try again; if it stays like this, another kaneo-mcp on this machine hangs and has to be ended.", turnPatience.Seconds()))
}

// enter waits until no other desk of this process is at a stripe.
func (t *Turns) enter(ctx context.Context, stripe string) (leave func(), err error) {
	for {
		before, leave := t.claim(stripe)
		if before == nil {
			return leave, nil
		}
		select {
		case <-before:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// claim begins a turn, or returns the one that is under way.
func (t *Turns) claim(stripe string) (before <-chan struct{}, leave func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if other, taken := t.busy[stripe]; taken {
		return other, nil
	}
	mine := make(chan struct{})
	t.busy[stripe] = mine
	return nil, func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		delete(t.busy, stripe)
		close(mine)
	}
}
