package board

import (
	"context"
	"fmt"
)

// Where selects tasks for a change the way List finds them.
type Where struct {
	Workspace string
	Projects  []string
	Filter    Filter
	Limit     int // of tasks, the first in the order of a listing; 0: MostTasks. Whoever gives one expects as many.
}

// Sweep is a change of all tasks that a filter selects, or what it would be.
type Sweep struct {
	Outcomes     []Outcome // unless Confirmation is Given or not needed: as they would be
	Matched      int       // tasks that the filter selects; more than there are outcomes when it was limited
	Incomplete   []string  // projects that could not be read whole
	Confirmation Confirmation
}

// Planned tells whether nothing was changed yet.
func (s Sweep) Planned() bool { return s.Confirmation.Code != "" && !s.Confirmation.Given }

// unasked is how many tasks may be changed at once that nobody counted: few enough to be put right by hand.
const unasked = 5

// UpdateWhere makes one change to all tasks that a filter selects. It is made at once when it changes five at most, or when a
// limit has room for all. Else a call without a code says what would change and gives a code, which is good for exactly these
// tasks and this change.
func (d *Desk) UpdateWhere(ctx context.Context, where Where, change Change, code string) (Sweep, error) {
	change = change.normalise()
	if err := where.contradiction(); err != nil {
		return Sweep{}, err
	}
	listing, err := d.List(ctx, where.Workspace, where.Projects, where.Filter)
	if err != nil {
		return Sweep{}, err
	}
	Sort(listing.Cards, ByDue)
	sweep := Sweep{Matched: len(listing.Cards), Incomplete: listing.Incomplete}
	found := where.first(listing.Cards)
	if err := change.contradiction(len(found)); err != nil || len(found) == 0 {
		return sweep, err
	}
	if err := d.entitledTo(ctx, found, alike(change)); err != nil {
		return sweep, err
	}
	if len(found) > unasked && len(listing.Cards) > where.Limit || code != "" {
		if sweep.Confirmation, err = d.confirm(code, append(idsOf(found), fmt.Sprintf("%+v", change))...); err != nil {
			return sweep, err
		}
	}
	if sweep.Planned() {
		if sweep.Outcomes, err = d.foresee(ctx, found, change); err != nil || changes(sweep.Outcomes) > unasked {
			return sweep, err
		}
		sweep.Confirmation = Confirmation{}
	}
	sweep.Outcomes = d.updateAll(ctx, found, alike(change))
	return sweep, nil
}

func (w Where) contradiction() error {
	if w.Limit < 0 || w.Limit > MostTasks {
		return mistakef("limit must be 1 to %d.", MostTasks)
	}
	if w.Filter.empty() && len(w.Projects) == 0 {
		return mistakef("Which tasks? where is empty: name at least a project, a status, a person or another word of list_tasks.")
	}
	return nil
}

// first are the tasks within the limit.
func (w Where) first(cards []Card) []Found {
	most := w.Limit
	if most == 0 {
		most = MostTasks
	}
	found := make([]Found, min(most, len(cards)))
	for i := range found {
		found[i] = Found{Ref: cards[i].Key(), Card: cards[i], onBoard: true}
	}
	return found
}

func idsOf(found []Found) []string {
	ids := make([]string, len(found))
	for i, f := range found {
		ids[i] = f.Card.Task.ID
	}
	return ids
}

// foresee plans a change without making it.
func (d *Desk) foresee(ctx context.Context, found []Found, change Change) ([]Outcome, error) {
	outcomes := make([]Outcome, len(found))
	for i, f := range found {
		writes, err := d.plan(ctx, f, change)
		if whole(err) != nil {
			return nil, err
		}
		outcomes[i] = Outcome{Ref: f.Ref, Was: f.Card.Key(), Card: f.Card, Steps: stepsOf(writes), Err: err}
	}
	return outcomes, nil
}

// changes is how many tasks are changed.
func changes(outcomes []Outcome) (n int) {
	for _, o := range outcomes {
		if o.Changed() {
			n++
		}
	}
	return n
}
