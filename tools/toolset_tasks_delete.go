package tools

import (
	"context"
	"fmt"

	"kaneo-mcp/board"
)

type deleteTasksIn struct {
	Tasks   []string `json:"tasks" jsonschema:"Up to 100, as in update_tasks"`
	Confirm string   `json:"confirm,omitempty" jsonschema:"Code from the first call, once the user agreed"`
}

var deleteTasks = define(Spec{
	Name: "delete_tasks", Title: "Delete tasks", Effect: Destroys,
	About: "Deletes tasks for good, once the user agrees. To put tasks away, use status archived.",
}, func(ctx context.Context, desk *board.Desk, in deleteTasksIn) (View, error) {
	deletion, err := desk.Delete(ctx, in.Tasks, in.Confirm)
	if err != nil {
		return View{}, err
	}
	var v View
	var failures []telling
	for _, loss := range deletion.Losses {
		if loss.Err != nil {
			failures = append(failures, telling{[]string{board.Plain(cut(loss.Ref, 40))}, " not deleted", loss.Err})
		} else {
			v.loss(loss, deletion.Confirmation.Given)
		}
	}
	v.tell(together(failures))
	if c := deletion.Confirmation; c.Code != "" && !c.Given {
		v.ask(c, "the same tasks and ")
	}
	return v, nil
})

func (v *View) loss(l board.Loss, deleted bool) {
	title := short(l.Card.Task.Title)
	if deleted {
		v.Done("Deleted %s %s", l.Card.Key(), title)
		return
	}
	row := fmt.Sprintf("Would delete %s %s | %s", l.Card.Key(), title, l.Card.Status.Name)
	if l.Comments > 0 {
		row += " | with " + count(l.Comments, "comment")
	}
	if l.Subtasks > 0 {
		row += fmt.Sprintf(" | %s stay without parent", count(l.Subtasks, "subtask"))
	}
	v.Done("%s", row)
}
