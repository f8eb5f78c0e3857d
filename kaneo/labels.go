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
	all, err := get[[]Label](ctx, c, "list workspace labels", nil, "label", "workspace", workspaceID)
	return slices.DeleteFunc(all, func(l Label) bool { return l.TaskID != "" }), err
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
