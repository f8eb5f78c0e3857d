package kaneo

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"time"
)

// wireTime is how dates are sent: Kaneo reads anything that JavaScript takes for a date, "1" included, so only this form is safe
// (kaneo-api.md §2).
const wireTime = "2006-01-02T15:04:05.000Z"

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(wireTime)
}

// Task reads one, with its whole description.
func (c *Client) Task(ctx context.Context, id string) (Task, error) {
	const op = "get task"
	t, err := get[Task](ctx, c, op, nil, "task", id)
	if err == nil && t.ID == "" {
		err = &Error{Kind: NotFound, Status: http.StatusOK, Message: "Kaneo's answer is empty", op: op}
	}
	return t, err
}

// newTask has the four fields that Kaneo requires, and leaves out the others when empty: null is refused.
type newTask struct {
	Title       text   `json:"title"`
	Description text   `json:"description"`
	Priority    text   `json:"priority"`
	Status      text   `json:"status"`
	StartDate   string `json:"startDate,omitempty"`
	DueDate     string `json:"dueDate,omitempty"`
	UserID      text   `json:"userId,omitempty"`

	Custom []givenValue `json:"customFields,omitempty"`
}

type givenValue struct {
	FieldID text `json:"fieldId"`
	Value   text `json:"value"`
}

// CreateTask adds a task at the end of its column. Unlike SetAssignee it lets members assign. Invalid names the valid
// statuses if that is what is wrong, NotFound may mean the assignee as well as the project: Message says which.
func (c *Client) CreateTask(ctx context.Context, projectID string, t NewTask) (Task, error) {
	custom := make([]givenValue, len(t.Custom))
	for i, v := range t.Custom {
		custom[i] = givenValue{text(v.FieldID), text(v.Value)}
	}
	return send[Task](ctx, c, "create task", http.MethodPost, newTask{
		Title: text(t.Title), Description: text(t.Description), Status: text(t.Status),
		Priority: text(cmp.Or(t.Priority, NoPriority)), UserID: text(t.AssigneeID),
		StartDate: instant(t.StartDate), DueDate: instant(t.DueDate), Custom: custom,
	}, "task", projectID)
}

// set writes one field by its own route, which keeps history and tells those concerned, as ReplaceTask does not.
func (c *Client) set(ctx context.Context, op, route, id string, body any) (Task, error) {
	return send[Task](ctx, c, op, http.MethodPut, body, "task", route, id)
}

// SetTitle renames a task.
func (c *Client) SetTitle(ctx context.Context, id, title string) (Task, error) {
	return c.set(ctx, "set title", "title", id, map[string]text{"title": text(title)})
}

// SetDescription replaces the description; "" clears it. Kaneo keeps no history of this.
func (c *Client) SetDescription(ctx context.Context, id, description string) (Task, error) {
	return c.set(ctx, "set description", "description", id, map[string]text{"description": text(description)})
}

// SetStatus puts a task into the column of its project with that slug, or sets StatusPlanned or StatusArchived. The
// message of Invalid lists the statuses there are. It leaves a history row even when nothing changes, like SetPriority
// and SetDueDate.
func (c *Client) SetStatus(ctx context.Context, id, status string) (Task, error) {
	return c.set(ctx, "set status", "status", id, map[string]text{"status": text(status)})
}

// SetPriority sets the priority.
func (c *Client) SetPriority(ctx context.Context, id string, p Priority) (Task, error) {
	return c.set(ctx, "set priority", "priority", id, map[string]text{"priority": text(p)})
}

// SetAssignee assigns a task; "" unassigns it. Members may not (NotAllowed), and an unknown user is Unexpected.
func (c *Client) SetAssignee(ctx context.Context, id, userID string) (Task, error) {
	body := map[string]*text{"userId": nil}
	if user := text(userID); user != "" {
		body["userId"] = &user
	}
	return c.set(ctx, "set assignee", "assignee", id, body)
}

// SetDueDate sets the instant that a task is due; the zero time clears it. Kaneo does not compare it with the start date.
func (c *Client) SetDueDate(ctx context.Context, id string, due time.Time) (Task, error) {
	body := map[string]string{} // clears: null is refused
	if !due.IsZero() {
		body["dueDate"] = instant(due)
	}
	return c.set(ctx, "set due date", "due-date", id, body)
}

// fullTask omits what is to be cleared: null is refused (kaneo-api.md §8).
type fullTask struct {
	newTask
	ProjectID text `json:"projectId"`
	Position  int  `json:"position"`
}

// Full is what ReplaceTask needs to leave t, as Client.Task read it, as it is. A board's task will not do: its description
// may be missing.
func (t Task) Full() FullTask {
	return FullTask{
		ProjectID: t.ProjectID, Title: t.Title, Description: t.Description, Status: t.Status, Priority: t.Priority,
		AssigneeID: t.AssigneeID, StartDate: t.StartDate, DueDate: t.DueDate, Position: t.Position,
	}
}

// ReplaceTask writes all of a task. It is the only way to set or clear the start date, and worse than the other methods
// for everything else: there is no history and no notice but for a new status, and whatever somebody else wrote between
// Client.Task and this is overwritten. A start after the due date is Invalid, and so is another project than the task's.
func (c *Client) ReplaceTask(ctx context.Context, id string, t FullTask) (Task, error) {
	return send[Task](ctx, c, "replace task", http.MethodPut, fullTask{
		newTask: newTask{
			Title: text(t.Title), Description: text(t.Description), Status: text(t.Status), Priority: text(t.Priority),
			UserID: text(t.AssigneeID), StartDate: instant(t.StartDate), DueDate: instant(t.DueDate),
		},
		ProjectID: text(t.ProjectID), Position: t.Position,
	}, "task", id)
}

// MoveTask moves a task to another project of its workspace, where it gets a new number. The status must be a column's
// there; "" keeps the task's own where there is such a column, and is the first column where not.
func (c *Client) MoveTask(ctx context.Context, id, projectID, status string) (Task, error) {
	moved, err := send[struct {
		Task Task `json:"task"`
	}](ctx, c, "move task", http.MethodPut, struct {
		Project text `json:"destinationProjectId"`
		Status  text `json:"destinationStatus,omitempty"`
	}{text(projectID), text(status)}, "task", "move", id)
	return moved.Task, err
}

// DeleteTask deletes a task and all that is on it, for good. Members may not (NotAllowed). Subtasks stay.
func (c *Client) DeleteTask(ctx context.Context, id string) error {
	return c.remove(ctx, "delete task", "task", id)
}

// remove deletes, and leaves what Kaneo says about the deceased aside.
func (c *Client) remove(ctx context.Context, op string, path ...string) error {
	_, err := send[json.RawMessage](ctx, c, op, http.MethodDelete, nil, path...)
	return err
}
