package tools

import (
	"context"
	"fmt"
	"strings"

	"kaneo-mcp/board"
)

type linkTasksIn struct {
	Task string         `json:"task" jsonschema:"As in get_task"`
	As   board.LinkKind `json:"as" jsonschema:"What it is to the others"`
	To   []string       `json:"to" jsonschema:"The other tasks"`
}

var linkTasks = define(Spec{
	Name: "link_tasks", Title: "Link tasks", Effect: Sets,
	About: "Links a task to others.",
}, func(ctx context.Context, desk *board.Desk, in linkTasksIn) (View, error) {
	card, links, err := desk.Link(ctx, in.Task, in.As, in.To)
	return linksView(card, links, err, "linked", func(l board.Linked) string {
		if len(l.Kinds) == 0 {
			return fmt.Sprintf("already %s %s", linkWords(in.As), l.Card.Key())
		}
		return fmt.Sprintf("now %s %s %s", linkWords(in.As), l.Card.Key(), short(l.Card.Task.Title))
	})
})

type unlinkTasksIn struct {
	Task string         `json:"task" jsonschema:"As in get_task"`
	From []string       `json:"from" jsonschema:"The other tasks"`
	As   board.LinkKind `json:"as,omitempty" jsonschema:"Only links of this kind"`
}

var unlinkTasks = define(Spec{
	Name: "unlink_tasks", Title: "Unlink tasks", Effect: Sets,
	About: "Removes links between a task and others.",
}, func(ctx context.Context, desk *board.Desk, in unlinkTasksIn) (View, error) {
	card, links, err := desk.Unlink(ctx, in.Task, in.As, in.From)
	return linksView(card, links, err, "unlinked", func(l board.Linked) string {
		if len(l.Kinds) == 0 {
			return "no such link to " + l.Card.Key()
		}
		return "no longer " + unlinked(l)
	})
})

// linksView says of each of the other tasks what came of it. What was done before a failure that ended the call is
// reported with it.
func linksView(card board.Card, links []board.Linked, err error, done string, say func(board.Linked) string) (View, error) {
	if err != nil {
		return linkedSoFar(links, err)
	}
	var v View
	for _, l := range links {
		if l.Err != nil {
			v.Fail(board.Plain(cut(l.Ref, 40))+" not "+done, l.Err)
		} else {
			v.Done("%s: %s", card.Key(), say(l))
		}
	}
	return v, nil
}

func linkedSoFar(links []board.Linked, err error) (View, error) {
	var v View
	for _, l := range links {
		if l.Err == nil {
			v.Done("%s done", l.Card.Key())
		}
	}
	if v.done == 0 {
		return View{}, err
	}
	v.Fail("The rest was not done", err)
	return v, nil
}

func linkWords(k board.LinkKind) string {
	if k == board.LinkRelated {
		return "related to"
	}
	return string(k)
}

func unlinked(l board.Linked) string {
	kinds := make([]string, len(l.Kinds))
	for i, k := range l.Kinds {
		kinds[i] = fmt.Sprintf("%s %s", linkWords(k), l.Card.Key())
	}
	return strings.Join(kinds, ", ")
}
