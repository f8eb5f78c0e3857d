package board

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"
)

// Work is the caller's open tasks, in groups, what matters first.
type Work struct {
	Overdue, Soon, Rest []WorkItem // Soon is due within seven days
	Incomplete          []string   // projects that could not be read whole
}

// WorkItem is an open task and the open tasks that stand in its way, as far as that was looked up.
type WorkItem struct {
	Card
	BlockedBy []string // keys; "" for one that is not in the allowed projects
}

// blockersAsked is for how many tasks it is asked what blocks them: Kaneo tells that only task by task.
const blockersAsked = 20

// soon is how far ahead "this week" reaches.
const soon = 7 * 24 * time.Hour

// MyWork reads the open tasks of the caller in all active projects within reach.
func (d *Desk) MyWork(ctx context.Context, workspace string) (Work, error) {
	listing, err := d.List(ctx, workspace, []string{AnyOne}, Filter{Assignees: []string{"me"}})
	if err != nil {
		return Work{}, err
	}
	work := d.grouped(listing.Cards)
	work.Incomplete = listing.Incomplete
	return work, d.findBlockers(ctx, &work)
}

// grouped puts the dated ones by date, and the rest by priority.
func (d *Desk) grouped(cards []Card) Work {
	var work Work
	var rest []Card
	Sort(cards, ByDue)
	for _, card := range cards {
		switch {
		case d.Overdue(card):
			work.Overdue = append(work.Overdue, WorkItem{Card: card})
		case !card.Task.DueDate.IsZero() && card.Task.DueDate.Before(d.Today().Add(soon)):
			work.Soon = append(work.Soon, WorkItem{Card: card})
		default:
			rest = append(rest, card)
		}
	}
	Sort(rest, ByPriority)
	for _, card := range rest {
		work.Rest = append(work.Rest, WorkItem{Card: card})
	}
	return work
}

// All are the items of all groups, in their order.
func (w Work) All() []WorkItem {
	var all []WorkItem
	for _, group := range [][]WorkItem{w.Overdue, w.Soon, w.Rest} {
		all = append(all, group...)
	}
	return all
}

// findBlockers asks for the first tasks, which are those that matter.
func (d *Desk) findBlockers(ctx context.Context, w *Work) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	left := blockersAsked
	for _, items := range [][]WorkItem{w.Overdue, w.Soon, w.Rest} {
		for i := range items[:min(left, len(items))] {
			group.Go(func() (err error) {
				items[i].BlockedBy, err = d.blockers(ctx, items[i].Task.ID)
				return whole(err)
			})
		}
		left -= min(left, len(items))
	}
	return group.Wait()
}

// blockers are the keys of the open tasks that block a task.
func (d *Desk) blockers(ctx context.Context, id string) ([]string, error) {
	relations, err := d.kaneo.Relations(ctx, id)
	if err != nil {
		return nil, err
	}
	var keys []string
	for _, r := range relations {
		if kindOf(r, id) != LinkBlockedBy {
			continue
		}
		by, err := d.related(ctx, r, id)
		switch {
		case err != nil:
			return nil, err
		case by.Outside:
			keys = append(keys, "")
		case by.Card.IsOpen():
			keys = append(keys, by.Card.Key())
		}
	}
	return keys, nil
}
