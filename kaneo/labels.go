package kaneo

import (
	"context"
	"net/http"
	"slices"
)

// Label is either an original, which belongs to a workspace and has no TaskID, or the copy of one on a task, with an ID of
// its own. Name alone ties the two together (kaneo-api.md §8).
type Label struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Color       string `json:"color"`
	TaskID      string `json:"taskId"`
	WorkspaceID string `json:"workspaceId"`
}

// WorkspaceLabels lists the originals of a workspace, in no particular order.
func (c *Client) WorkspaceLabels(ctx context.Context, workspaceID string) ([]Label, error) {
	all, err := c.LabelRows(ctx, workspaceID)
	return slices.DeleteFunc(all, func(l Label) bool { return l.TaskID != "" }), err
}

// LabelRows lists the originals of a workspace and every copy on its tasks.
func (c *Client) LabelRows(ctx context.Context, workspaceID string) ([]Label, error) {
	return get[[]Label](ctx, c, "list workspace labels", nil, "label", "workspace", workspaceID)
}

// TaskLabels lists a task's copies.
func (c *Client) TaskLabels(ctx context.Context, taskID string) ([]Label, error) {
	return get[[]Label](ctx, c, "list task labels", nil, "label", "task", taskID)
}

// CreateLabel makes an original, or returns the one that has the name already, with the color it has. Names differ by case.
func (c *Client) CreateLabel(ctx context.Context, workspaceID, name, color string) (Label, error) {
	return send[Label](ctx, c, "create label", http.MethodPost,
		map[string]text{"workspaceId": text(workspaceID), "name": text(name), "color": text(color)}, "label")
}

// AttachLabel gives a task a copy of an original, and returns the copy; a task that has one keeps it. The id of a copy must
// not be passed as labelID: Kaneo would take it off the task that it is on (kaneo-api.md §8).
func (c *Client) AttachLabel(ctx context.Context, labelID, taskID string) (Label, error) {
	return send[Label](ctx, c, "attach label", http.MethodPut, map[string]text{"taskId": text(taskID)}, "label", labelID, "task")
}

// DetachLabel removes a copy from its task. The id of an original is Invalid.
func (c *Client) DetachLabel(ctx context.Context, copyID string) error {
	return c.remove(ctx, "detach label", "label", copyID, "task")
}

// UpdateLabel renames and recolors an original with all its copies. A name that another one has makes Kaneo fail
// (Unexpected), so look first.
func (c *Client) UpdateLabel(ctx context.Context, id, name, color string) (Label, error) {
	return send[Label](ctx, c, "update label", http.MethodPut,
		map[string]text{"name": text(name), "color": text(color)}, "label", id)
}

// DeleteLabel deletes an original and takes it off tasks. Kaneo 2.26 and later does that in portions: as long as done is
// false, call it again (kaneo-newer.md §13).
func (c *Client) DeleteLabel(ctx context.Context, id string) (done bool, err error) {
	left, err := send[struct {
		Pending bool `json:"pendingDeletion"`
	}](ctx, c, "delete label", http.MethodDelete, nil, "label", id)
	return err == nil && !left.Pending, err
}

// AttachLabels is AttachLabel for many tasks of one workspace in one request. It tells how many of them did not have the
// label; tasks that are not there are passed over.
func (c *Client) AttachLabels(ctx context.Context, labelID string, taskIDs []string) (int, error) {
	ids := make([]text, len(taskIDs))
	for i, id := range taskIDs {
		ids[i] = text(id)
	}
	answer, err := send[struct {
		Updated int `json:"updatedCount"`
	}](ctx, c, "attach label to tasks", http.MethodPatch, struct {
		Tasks     []text `json:"taskIds"`
		Operation text   `json:"operation"`
		Label     text   `json:"value"`
	}{ids, "addLabel", text(labelID)}, "task", "bulk")
	return answer.Updated, err
}
