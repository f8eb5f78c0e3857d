package tools

import (
	"context"
	"strings"

	"kaneo-mcp/board"
)

type undoLastIn struct {
	Change string `json:"change,omitempty" jsonschema:"An earlier one, by the id an answer gave"`
}

var undoLast = define(Spec{
	Name: "undo_last", Title: "Undo last change", Effect: Sets,
	About: "Takes back what the last call changed in tasks, unless somebody did since; nothing created, deleted or commented.",
}, func(ctx context.Context, desk *board.Desk, in undoLastIn) (View, error) {
	undoing, err := desk.Undo(ctx, in.Change)
	if err != nil {
		return View{}, err
	}
	var v View
	v.Line("Undoing the change of %s:", desk.Minute(undoing.At))
	var told []telling
	for _, o := range undoing.Outcomes {
		told = append(told, undone(o)...)
	}
	v.tell(together(told))
	for _, e := range undoing.Left {
		v.Line("%s %s", e.Key, leftNote(e.Act))
	}
	if e := undoing.Earlier; len(undoing.Outcomes) == 0 && e.Call != "" {
		v.Line("The change before it is %s (%s: %s).", e.Call, e.Key, short(e.Text()))
	}
	return v, nil
})

// undone is what was taken back on a task, and each part that was not.
func undone(o board.Outcome) []telling {
	if o.Err != nil {
		return []telling{{[]string{o.Ref}, " not undone", o.Err}}
	}
	var told []telling
	if done := stepsDone(o); len(done) > 0 {
		told = append(told, telling{of: []string{keys(o)}, text: ": " + strings.Join(done, "; ")})
	}
	return append(told, stepFailures(o, "undone")...)
}

// leftNote says why something stays, and what can be done instead.
func leftNote(a board.Act) string {
	switch a {
	case board.Created:
		return "was created, which is not undone: put it away with update_tasks status=archived, or delete_tasks."
	case board.Commented:
		return "was commented, which is not undone: delete_comment removes the comment."
	case board.DeletedComment:
		return "lost a comment, which cannot be brought back."
	case board.Deleted:
		return "was deleted and cannot be brought back."
	default:
		return "stays as it is."
	}
}
