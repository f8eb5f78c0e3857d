package board

import (
	"cmp"
	"context"

	"kaneo-mcp/kaneo"
)

// likeOriginal fills what a draft leaves out from the task that it copies: all but status, ties, comments and custom fields,
// which belong to where that one is.
func (d *Desk) likeOriginal(ctx context.Context, project kaneo.Project, draft Draft) (Draft, error) {
	if draft.CopyOf == "" {
		return draft, nil
	}
	card, err := d.Card(ctx, draft.CopyOf)
	if err != nil {
		return draft, err
	}
	task, assignee := card.Task, card.Task.AssigneeID
	if card.Project.WorkspaceID != project.WorkspaceID {
		assignee = task.AssigneeName // which an error can tell, where there is no such person
	}
	draft.Title = cmp.Or(draft.Title, task.Title)
	draft.Description = cmp.Or(draft.Description, task.Description)
	draft.Priority = cmp.Or(draft.Priority, string(task.Priority))
	draft.Assignee = cmp.Or(draft.Assignee, assignee)
	draft.Due = cmp.Or(draft.Due, moment(task.DueDate))
	draft.Start = cmp.Or(draft.Start, moment(task.StartDate))
	if len(draft.Labels) > 0 {
		return draft, nil
	}
	labels, err := d.kaneo.TaskLabels(ctx, task.ID)
	for _, label := range labels {
		draft.Labels = append(draft.Labels, label.Name)
	}
	return draft, err
}
