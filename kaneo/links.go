package kaneo

import (
	"context"
)

// Link is a pull request, an issue or any page tied to a task.
type Link struct {
	ID     string `json:"id"`
	TaskID string `json:"taskId"`
	Type   string `json:"resourceType"` // issue, pull_request, branch, url, …
	URL    string `json:"url"`
	Title  string `json:"title"`
}

// Links lists the pull requests, issues and pages tied to a task.
func (c *Client) Links(ctx context.Context, taskID string) ([]Link, error) {
	return get[[]Link](ctx, c, "list links", nil, "external-link", "task", taskID)
}
