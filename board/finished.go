package board

import (
	"context"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"kaneo-mcp/kaneo"
)

// finishedWithin keeps the tasks of a listing that were finished in a window, which only their histories tell. The listing
// holds those that can have been.
func (d *Desk) finishedWithin(ctx context.Context, l Listing, window string) (Listing, error) {
	if window == "" {
		return l, nil
	}
	w, err := d.PastWindow(window)
	if err != nil {
		return l, err
	}
	if len(l.Cards) > askedOneByOne {
		return l, mistakef("%d tasks can have been finished then, and histories can be looked up for %d at most: narrow by project, person, label or date.",
			len(l.Cards), askedOneByOne)
	}
	finished := make([]bool, len(l.Cards))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(historyAtOnce)
	for i, card := range l.Cards {
		group.Go(func() error {
			at, err := d.finishedAt(ctx, card)
			finished[i] = !at.IsZero() && w.holds(at)
			return whole(err)
		})
	}
	if err := group.Wait(); err != nil {
		return l, err
	}
	all := l.Cards
	l.Cards = nil
	for i, card := range all {
		if finished[i] {
			l.Cards = append(l.Cards, card)
		}
	}
	return l, nil
}

// finishedAt is when a task last went into a final column, and has not left them since but for the archive; zero if it did
// not. It reads one history.
func (d *Desk) finishedAt(ctx context.Context, card Card) (time.Time, error) {
	rows, err := d.kaneo.Activity(ctx, card.Task.ID)
	if err != nil {
		return time.Time{}, err
	}
	statuses, err := d.Statuses(ctx, card.Project.ID)
	rows = filter(rows, func(a kaneo.Activity) bool { return a.Event.NewStatus != "" })
	slices.Reverse(rows)
	return lastFinish(card, rows, func(slug string) bool {
		return slices.ContainsFunc(statuses, func(s Status) bool { return s.Slug == slug && s.Done })
	}), err
}

// lastFinish goes through changes of status, oldest first. What was never moved was made where it is. Bulk changes do not
// tell the former status (kaneo-api.md §9), but the change before them does.
func lastFinish(card Card, rows []kaneo.Activity, final func(slug string) bool) (at time.Time) {
	done := card.Status.Done
	if len(rows) > 0 {
		done = final(rows[0].Event.OldStatus)
	}
	if done {
		at = card.Task.CreatedAt
	}
	for _, row := range rows {
		now := final(row.Event.NewStatus) || done && row.Event.NewStatus == Archived
		switch {
		case !now:
			at = time.Time{}
		case !done:
			at = row.CreatedAt
		}
		done = now
	}
	return at
}
