package board

import (
	"context"
	"time"
)

// stale is how long an open task is left unchanged before a board's digest counts it.
const stale = 14 * 24 * time.Hour

// Survey adds to a sheet's digest what boards do not tell: how many of its open tasks are blocked, and how many are stale. It
// asks for each, and for the project's tasks.
func (d *Desk) Survey(ctx context.Context, sheet *Sheet) error {
	open := filter(sheet.Cards(), Card.IsOpen)
	if len(open) > askedOneByOne {
		return mistakef("Blocked tasks can be looked up for %d at most, and %d are open: name some statuses, or leave digest out.",
			askedOneByOne, len(open))
	}
	ties, err := d.allTies(ctx, open)
	if err != nil {
		return err
	}
	changed, err := d.lastChanges(ctx, sheet.Project.ID)
	if err != nil {
		return err
	}
	sheet.Digest.Surveyed = true
	for i, card := range open {
		if len(Blocked.telling(ties[i])) > 0 {
			sheet.Digest.Blocked++
		}
		if at := changed[card.Task.ID]; !at.IsZero() && d.now().Sub(at) > stale {
			sheet.Digest.Stale++
		}
	}
	return nil
}
