package board

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"
)

// Standing is how a task stands to others.
type Standing string

// The standings. Only open tasks block, whatever stands in Kaneo's list of relations.
const (
	Blocked      Standing = "blocked"           // an open task blocks it
	Blocking     Standing = "blocking"          // it blocks an open task
	OpenSubtasks Standing = "has_open_subtasks" // at least one
	SubtasksDone Standing = "subtasks_done"     // it has subtasks, and none of them is open
)

// Standings lists them.
func Standings() []Standing { return []Standing{Blocked, Blocking, OpenSubtasks, SubtasksDone} }

// askedOneByOne is for how many tasks a filter asks what Kaneo tells only task by task: relations and histories.
const askedOneByOne = 500

// standing keeps the tasks of a listing that stand to others as is wanted.
func (d *Desk) standing(ctx context.Context, l Listing, wanted Standing) (Listing, error) {
	if wanted == "" {
		return l, nil
	}
	if !slices.Contains(Standings(), wanted) {
		return l, unknown("relation", string(wanted), "", []string{"blocked", "blocking", "has_open_subtasks", "subtasks_done"})
	}
	if len(l.Cards) > askedOneByOne {
		return l, mistakef("%d tasks fit the other words, and relations can be looked up for %d at most: narrow by project, status, person, label or date.",
			len(l.Cards), askedOneByOne)
	}
	ties, err := d.allTies(ctx, l.Cards)
	if err != nil {
		return l, err
	}
	all := l.Cards
	l.Cards, l.Ties = nil, make(map[string][]Related)
	for i, card := range all {
		if telling := wanted.telling(ties[i]); len(telling) > 0 {
			l.Cards = append(l.Cards, card)
			l.Ties[card.Task.ID] = telling
		}
	}
	return l, nil
}

// allTies reads the relations of many tasks. One that has gone meanwhile has none.
func (d *Desk) allTies(ctx context.Context, cards []Card) ([][]Related, error) {
	ties := make([][]Related, len(cards))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for i, card := range cards {
		group.Go(func() error {
			var detail Detail
			err := d.readRelations(ctx, card.Task.ID, &detail)
			ties[i] = detail.Relations
			return whole(err)
		})
	}
	err := group.Wait()
	return ties, err
}

// telling are the relations that make a task stand so; none when it does not. What is outside the allowed projects counts
// as open: its status is not known.
func (s Standing) telling(ties []Related) []Related {
	as := map[Standing]string{Blocked: "blocked by", Blocking: "blocks"}[s]
	if as == "" {
		as = "subtask"
	}
	ties = filter(ties, func(r Related) bool { return r.As == as })
	open := filter(ties, func(r Related) bool { return r.Outside || r.Card.IsOpen() })
	switch {
	case s != SubtasksDone:
		return open
	case len(open) > 0:
		return nil
	}
	return ties
}
