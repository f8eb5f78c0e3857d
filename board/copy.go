package board

import (
	"cmp"
	"context"
	"time"
)

// likeOriginal fills what a draft leaves out from the task that it copies: all but status, ties, comments and custom fields,
// which belong to where that one is.
func (d *Desk) likeOriginal(ctx context.Context, draft Draft) (Draft, error) {
	if draft.CopyOf == "" {
		return draft, nil
	}
	card, err := d.Card(ctx, draft.CopyOf)
	if err != nil {
		return draft, err
	}
	task := card.Task
	draft.Title = cmp.Or(draft.Title, task.Title)
	draft.Description = cmp.Or(draft.Description, task.Description)
	draft.Priority = cmp.Or(draft.Priority, string(task.Priority))
	draft.Assignee = cmp.Or(draft.Assignee, task.AssigneeID)
	draft.Due = cmp.Or(draft.Due, inFull(task.DueDate))
	draft.Start = cmp.Or(draft.Start, inFull(task.StartDate))
	if len(draft.Labels) > 0 {
		return draft, nil
	}
	labels, err := d.kaneo.TaskLabels(ctx, task.ID)
	for _, label := range labels {
		draft.Labels = append(draft.Labels, label.Name)
	}
	return draft, err
}

// inFull is a moment as [Desk.Date] reads it back; the zero time is no date.
func inFull(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339Nano)
}
