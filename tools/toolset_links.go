package tools

import (
	"context"
	"fmt"
	"strings"

	"kaneo-mcp/board"
)

func linkToolset() Toolset {
	return Toolset{
		Name: "links", About: "ties between tasks", Optional: true,
		Tools: []Tool{linkTasks, unlinkTasks},
	}
}

type linkTasksIn struct {
	Task string         `json:"task" jsonschema:"Key (WEB-12), id or web address"`
	As   board.LinkKind `json:"as" jsonschema:"What it is to the others"`
	To   []string       `json:"to" jsonschema:"The other tasks"`
}

var linkTasks = define(Spec{
	Name: "link_tasks", Title: "Link tasks", Effect: Sets,
	About: "Links a task to others.",
}, func(ctx context.Context, desk *board.Desk, in linkTasksIn) (View, error) {
	card, links, err := desk.Link(ctx, in.Task, in.As, in.To)
	if err != nil {
		return linkedSoFar(links, err)
	}
	var v View
	for _, l := range links {
		switch {
		case l.Err != nil:
			v.Fail(board.Plain(cut(l.Ref, 40))+" not linked", l.Err)
		case len(l.Kinds) == 0:
			v.Done("%s: already %s %s", card.Key(), linkWords(in.As), l.Card.Key())
		default:
			v.Done("%s: now %s %s %s", card.Key(), linkWords(in.As), l.Card.Key(), short(l.Card.Task.Title))
		}
	}
	return v, nil
})

func linkWords(k board.LinkKind) string {
	if k == board.LinkRelated {
		return "related to"
	}
	return string(k)
}

// linkedSoFar reports what was done before a failure that ended the call.
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

type unlinkTasksIn struct {
	Task string         `json:"task" jsonschema:"Key (WEB-12), id or web address"`
	From []string       `json:"from" jsonschema:"The other tasks"`
	As   board.LinkKind `json:"as,omitempty" jsonschema:"Only links of this kind"`
}

var unlinkTasks = define(Spec{
	Name: "unlink_tasks", Title: "Unlink tasks", Effect: Sets,
	About: "Removes links between a task and others.",
}, func(ctx context.Context, desk *board.Desk, in unlinkTasksIn) (View, error) {
	card, links, err := desk.Unlink(ctx, in.Task, in.As, in.From)
	if err != nil {
		return linkedSoFar(links, err)
	}
	var v View
	for _, l := range links {
		switch {
		case l.Err != nil:
			v.Fail(board.Plain(cut(l.Ref, 40))+" not unlinked", l.Err)
		case len(l.Kinds) == 0:
			v.Done("%s: no such link to %s", card.Key(), l.Card.Key())
		default:
			v.Done("%s: no longer %s", card.Key(), unlinked(l))
		}
	}
	return v, nil
})

func unlinked(l board.Linked) string {
	kinds := make([]string, len(l.Kinds))
	for i, k := range l.Kinds {
		kinds[i] = fmt.Sprintf("%s %s", linkWords(k), l.Card.Key())
	}
	return strings.Join(kinds, ", ")
}
