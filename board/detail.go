package board

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"kaneo-mcp/kaneo"
)

// Part is something that can be read of a task, beside its title and its fields.
type Part string

// The parts of a [Detail]. The description is a [Field] too.
const (
	Text      Part = Part(Description)
	Comments  Part = "comments"
	History   Part = "activity"
	Relations Part = "relations"
	Time      Part = "time"
	Links     Part = "links"
)

// Parts lists what can be read of a task.
func Parts() []Part { return []Part{Text, Comments, History, Relations, Time, Links} }

// Detail is a task with its labels and the parts that were asked for.
type Detail struct {
	Card      Card
	Comments  []kaneo.Comment  // oldest first
	Activity  []kaneo.Activity // newest first, comments left out
	People    []kaneo.Member   // to name who did what; only read with Activity
	Statuses  []Status         // to name columns; only read with Activity
	Relations []Related
	Time      []kaneo.TimeEntry
	Links     []kaneo.Link
	Custom    []FieldFact // custom fields that have a value
}

// Detail reads a task and what was asked for along with it.
func (d *Desk) Detail(ctx context.Context, ref string, parts []Part) (Detail, error) {
	card, err := d.Card(ctx, ref)
	if err != nil {
		return Detail{}, err
	}
	detail := Detail{Card: card}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		detail.Card.Task.Labels, err = d.kaneo.TaskLabels(ctx, card.Task.ID)
		return err
	})
	group.Go(func() (err error) {
		detail.Custom, err = d.fieldFacts(ctx, card)
		return err
	})
	for _, part := range slices.Compact(slices.Sorted(slices.Values(parts))) { // each once: it is written without a lock
		group.Go(func() error { return d.readPart(ctx, part, card, &detail) })
	}
	err = group.Wait()
	return detail, err
}

// StatusName is how people see a status that the history keeps by its slug. One of another project stays as it is.
func (d Detail) StatusName(slug string) string {
	return statusOf(kaneo.Task{Status: slug}, d.Statuses).Name
}

// readPart fills one part; each writes fields of its own, so that they may run at the same time.
func (d *Desk) readPart(ctx context.Context, part Part, card Card, into *Detail) (err error) {
	id := card.Task.ID
	switch part {
	case Text: // the card has it
	case Comments:
		into.Comments, err = d.kaneo.Comments(ctx, id)
	case History:
		err = d.readHistory(ctx, card, into)
	case Relations:
		err = d.readRelations(ctx, id, into)
	case Time:
		into.Time, err = d.kaneo.TimeEntries(ctx, id)
	case Links:
		into.Links, err = d.kaneo.Links(ctx, id)
	default:
		err = mistakef("%q cannot be included. These can: %s.", short(string(part)), enumerate(texts(Parts())))
	}
	return err
}

func (d *Desk) readHistory(ctx context.Context, card Card, into *Detail) error {
	rows, err := d.kaneo.Activity(ctx, card.Task.ID)
	if err != nil {
		return err
	}
	into.Activity = filter(rows, func(a kaneo.Activity) bool { return a.Type != "comment" })
	if into.People, err = d.Members(ctx, card.Project.WorkspaceID); err != nil {
		return err
	}
	into.Statuses, err = d.Statuses(ctx, card.Project.ID)
	return err
}

func (d *Desk) readRelations(ctx context.Context, id string, into *Detail) error {
	relations, err := d.kaneo.Relations(ctx, id)
	if err != nil {
		return err
	}
	for _, relation := range relations {
		related, err := d.related(ctx, relation, id)
		if err != nil {
			return err
		}
		into.Relations = append(into.Relations, related)
	}
	return nil
}
