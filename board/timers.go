package board

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"kaneo-mcp/kaneo"
)

// Timer is a time entry that runs.
type Timer struct {
	Card  Card
	Entry kaneo.TimeEntry
}

// timers remembers on which task a person started the last timer. Kaneo lists time entries by task only.
type timers struct {
	mu sync.Mutex
	on map[string]string // task id by user id
}

func newTimers() *timers { return &timers{on: make(map[string]string)} }

func (t *timers) started(userID, taskID string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.on[userID] = taskID
}

func (t *timers) last(userID string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.on[userID]
}

// TimerStart is what became of starting a timer.
type TimerStart struct {
	Timer   Timer
	Started bool
	Running []Timer // that ran before: the reason why none was started, or, when they were to be, those that were stopped
}

// StartTimer starts the caller's timer on a task, unless one runs already that is not to be stopped. What was stopped
// before a failure is told along with it.
func (d *Desk) StartTimer(ctx context.Context, ref, description string, stopOther bool) (TimerStart, error) {
	card, err := d.Card(ctx, ref)
	if err != nil {
		return TimerStart{}, err
	}
	running, err := d.runningTimers(ctx, card)
	if err != nil {
		return TimerStart{}, err
	}
	if len(running) > 0 && !stopOther {
		return TimerStart{Running: running}, nil
	}
	for i := range running {
		if running[i].Entry, err = d.stop(ctx, running[i], ""); err != nil {
			return TimerStart{Running: running[:i]}, err
		}
	}
	timer, err := d.start(ctx, card, description)
	return TimerStart{timer, err == nil, running}, err
}

func (d *Desk) start(ctx context.Context, card Card, description string) (Timer, error) {
	me, err := d.Me(ctx)
	if err != nil {
		return Timer{}, err
	}
	entry, err := d.kaneo.AddTimeEntry(ctx, card.Task.ID, d.now(), time.Time{}, Plain(description))
	if err != nil {
		return Timer{}, d.refusal(ctx, err, card.Project.WorkspaceID, logTime)
	}
	d.directory.timers.started(me.User.ID, card.Task.ID)
	return Timer{card, entry}, nil
}

// StopTimer stops the caller's timers: on one task, or wherever one is found (see runningTimers and timersAnywhere).
func (d *Desk) StopTimer(ctx context.Context, ref, description string) ([]Timer, error) {
	var at []Card
	if ref != "" {
		card, err := d.Card(ctx, ref)
		if err != nil {
			return nil, err
		}
		at = append(at, card)
	}
	running, err := d.runningTimers(ctx, at...)
	switch {
	case err != nil:
		return nil, err
	case ref == "" && len(running) == 0:
		running, err = d.timersAnywhere(ctx)
	case ref != "":
		running = filter(running, func(t Timer) bool { return t.Card.Task.ID == at[0].Task.ID })
	}
	for i := range running {
		if running[i].Entry, err = d.stop(ctx, running[i], description); err != nil {
			return running[:i], err
		}
	}
	return running, err
}

func (d *Desk) stop(ctx context.Context, t Timer, description string) (kaneo.TimeEntry, error) {
	if description = Plain(description); description == "" {
		description = t.Entry.Description
	}
	entry, err := d.kaneo.UpdateTimeEntry(ctx, t.Entry.ID, t.Entry.StartTime, d.now(), description)
	return entry, d.refusal(ctx, err, t.Card.Project.WorkspaceID, logTime)
}

// runningTimers looks where a timer of the caller's may run: on the given tasks, where they last started one, and on the
// open tasks assigned to them.
func (d *Desk) runningTimers(ctx context.Context, at ...Card) ([]Timer, error) {
	me, err := d.Me(ctx)
	if err != nil {
		return nil, err
	}
	mine, err := d.List(ctx, "", []string{AnyOne}, Filter{Assignees: []string{"me"}})
	if err != nil {
		return nil, err
	}
	at = append(at, mine.Cards...)
	if last := d.directory.timers.last(me.User.ID); last != "" {
		if card, err := d.cardByID(ctx, last); err == nil {
			at = append(at, card)
		}
	}
	return d.timersOn(ctx, me, distinctCards(at))
}

// mostSought is on how many open tasks a timer is looked for that was not started here.
const mostSought = 500

// timersAnywhere looks on all open tasks, unless they are too many.
func (d *Desk) timersAnywhere(ctx context.Context) ([]Timer, error) {
	me, err := d.Me(ctx)
	if err != nil {
		return nil, err
	}
	open, err := d.List(ctx, "", []string{AnyOne}, Filter{})
	if err != nil || len(open.Cards) > mostSought {
		return nil, err
	}
	return d.timersOn(ctx, me, open.Cards)
}

func (d *Desk) timersOn(ctx context.Context, me kaneo.Session, cards []Card) ([]Timer, error) {
	entries, err := d.entriesOf(ctx, cards)
	return filter(entries, func(t Timer) bool { return t.Entry.UserID == me.User.ID && t.Entry.EndTime.IsZero() }), err
}

// entriesOf reads the time entries of tasks, some at a time.
func (d *Desk) entriesOf(ctx context.Context, cards []Card) ([]Timer, error) {
	lists := make([][]kaneo.TimeEntry, len(cards))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for i, card := range cards {
		group.Go(func() (err error) {
			lists[i], err = d.kaneo.TimeEntries(ctx, card.Task.ID)
			return whole(err) // a task that has gone meanwhile has no time
		})
	}
	err := group.Wait()
	var all []Timer
	for i, list := range lists {
		for _, entry := range list {
			all = append(all, Timer{cards[i], entry})
		}
	}
	return all, err
}

func distinctCards(cards []Card) []Card {
	seen := make(map[string]bool, len(cards))
	return filter(cards, func(c Card) bool {
		again := seen[c.Task.ID]
		seen[c.Task.ID] = true
		return !again
	})
}
