package board

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"kaneo-mcp/kaneo"
)

// Bounds of a ledger.
const (
	ledgerAge  = 10 * time.Minute
	ledgerSize = 200 // calls
)

// ledger remembers what calls with a request id created, because Kaneo has no idempotency keys (kaneo-api.md §12.15) and
// a caller that got no answer can only repeat its call.
type ledger struct {
	now func() time.Time

	mu    sync.Mutex
	calls map[string]*ledgerCall
}

// ledgerCall is one call that creates. Its fields but done are settled once done is closed.
type ledgerCall struct {
	at       time.Time
	order    [sha256.Size]byte // what it was to create
	done     chan struct{}
	outcomes []Outcome
	kept     bool // it may have created something, so it must not be done again
}

func newLedger(now func() time.Time) *ledger {
	return &ledger{now: now, calls: make(map[string]*ledgerCall)}
}

// CreateOnce is Create for a caller who may repeat a call without knowing whether it went through. With the same request
// id, within ten minutes, nothing is created again: the answer is what became of the first call, and again is true.
func (d *Desk) CreateOnce(ctx context.Context, requestID, workspace, project string, drafts []Draft) (
	outcomes []Outcome, again bool, err error,
) {
	order := sha256.Sum256(fmt.Appendf(nil, "%q %q %#v", workspace, project, drafts))
	call, mine, err := d.ledger.claim(ctx, requestID, order)
	if err != nil {
		return nil, false, err
	}
	if !mine {
		return slices.Clone(call.outcomes), true, nil
	}
	defer func() { d.ledger.settle(requestID, call, outcomes) }()
	outcomes, err = d.Create(ctx, workspace, project, drafts, false)
	return outcomes, false, err
}

// claim waits for a call with the same id that is under way, and begins a new one unless that one counts.
func (l *ledger) claim(ctx context.Context, id string, order [sha256.Size]byte) (call *ledgerCall, mine bool, err error) {
	for {
		call, mine := l.begin(id, order)
		if mine {
			return call, true, nil
		}
		select {
		case <-call.done:
		case <-ctx.Done():
			return nil, false, ctx.Err()
		}
		switch {
		case !call.kept:
			continue
		case call.order != order:
			return nil, false, mistakef("That request_id was used for other tasks a moment ago. Nothing was created: use a new one.")
		}
		return call, false, nil
	}
}

func (l *ledger) begin(id string, order [sha256.Size]byte) (call *ledgerCall, mine bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if before := l.calls[id]; before != nil && l.now().Sub(before.at) <= ledgerAge {
		return before, false
	}
	l.tidy()
	call = &ledgerCall{at: l.now(), order: order, done: make(chan struct{})}
	l.calls[id] = call
	return call, true
}

// tidy drops the calls that are too old, and the oldest one when there are too many.
func (l *ledger) tidy() {
	var oldest string
	for id, call := range l.calls {
		if l.now().Sub(call.at) > ledgerAge {
			delete(l.calls, id)
		} else if oldest == "" || call.at.Before(l.calls[oldest].at) {
			oldest = id
		}
	}
	if len(l.calls) >= ledgerSize {
		delete(l.calls, oldest)
	}
}

func (l *ledger) settle(id string, call *ledgerCall, outcomes []Outcome) {
	l.mu.Lock()
	defer l.mu.Unlock()
	call.outcomes, call.kept = outcomes, slices.ContainsFunc(outcomes, Outcome.mayExist)
	if !call.kept && l.calls[id] == call {
		delete(l.calls, id)
	}
	close(call.done)
}

// mayExist says that a task was created, or that nobody can tell.
func (o Outcome) mayExist() bool {
	if o.Card.Task.ID != "" {
		return true
	}
	if _, left := errors.AsType[*NotTried](o.Err); left {
		return false
	}
	failure, answered := errors.AsType[*kaneo.Error](o.Err)
	if !answered {
		return errors.Is(o.Err, context.Canceled) || errors.Is(o.Err, context.DeadlineExceeded)
	}
	return (failure.Kind == kaneo.Unavailable || failure.Kind == kaneo.Unexpected) && !failure.NothingHappened()
}

// forget drops everything: another person may not read what was created.
func (l *ledger) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	clear(l.calls)
}
