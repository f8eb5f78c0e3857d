package board

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"kaneo-mcp/kaneo"
)

// Standing is how a task stands to others: to any, as below, or to one, as in "subtask of WEB-12" ([LinkKind]).
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
	if kind, ref := wanted.toOne(); ref != "" {
		return d.standingTo(ctx, l, kind, ref)
	}
	wanted, err := wanted.toAny()
	if err != nil {
		return l, err
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

// toAny is a standing to any other task, whatever its letter case, and spaces for underlines.
func (s Standing) toAny() (Standing, error) {
	for _, known := range Standings() {
		if words(string(known)) == words(string(s)) {
			return known, nil
		}
	}
	return s, unknown("relation", string(s), "", append(texts(Standings()), string(LinkSubtaskOf)+" WEB-12"))
}

// toOne splits "subtask of WEB-12"; ref is "" for other words.
func (s Standing) toOne() (kind LinkKind, ref string) {
	said := strings.Fields(strings.NewReplacer("_of ", " of ", "_by ", " by ").Replace(string(s)))
	for _, kind := range LinkKinds() {
		n := len(strings.Fields(string(kind)))
		if len(said) > n && words(strings.Join(said[:n], " ")) == string(kind) {
			return kind, strings.TrimPrefix(strings.Join(said[n:], " "), "to ")
		}
	}
	return "", ""
}

// standingTo keeps the tasks that are tied to one task in a way. It reads that one's relations alone.
func (d *Desk) standingTo(ctx context.Context, l Listing, as LinkKind, ref string) (Listing, error) {
	to, err := d.Card(ctx, ref)
	if err != nil {
		return l, err
	}
	relations, err := d.kaneo.Relations(ctx, to.Task.ID)
	l.Cards = filter(l.Cards, func(c Card) bool {
		return c.Task.ID != to.Task.ID && slices.ContainsFunc(relations, func(r kaneo.Relation) bool {
			return (r.SourceTaskID == c.Task.ID || r.TargetTaskID == c.Task.ID) && kindOf(r, c.Task.ID) == as
		})
	})
	return l, err
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
	as := LinkParentOf
	switch s {
	case Blocked:
		as = LinkBlockedBy
	case Blocking:
		as = LinkBlocks
	case OpenSubtasks, SubtasksDone:
	}
	ties = filter(ties, func(r Related) bool { return r.As == as.word() })
	open := filter(ties, func(r Related) bool { return r.Outside || r.Card.IsOpen() })
	switch {
	case s != SubtasksDone:
		return open
	case len(open) > 0:
		return nil
	}
	return ties
}
