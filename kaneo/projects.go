package kaneo

import (
	"context"
	"net/url"
	"time"
)

// Project is a board's head: everything but its columns and tasks.
type Project struct {
	ID             string            `json:"id"`
	WorkspaceID    string            `json:"workspaceId"`
	Slug           string            `json:"slug"` // the KEY of short ids; may be empty, and need not be unique
	Name           string            `json:"name"`
	Icon           string            `json:"icon"`
	Description    string            `json:"description"`
	IsPublic       bool              `json:"isPublic"`
	CreatedAt      time.Time         `json:"createdAt"`
	ArchivedAt     time.Time         `json:"archivedAt"`     // zero while the project is active
	LastTaskNumber int               `json:"lastTaskNumber"` // the largest number ever given
	Position       int               `json:"position"`
	Statistics     ProjectStatistics `json:"statistics"`
}

// ProjectStatistics counts tasks with the statuses "done" and "archived" as complete, whatever the columns say
// (kaneo-api.md §7).
type ProjectStatistics struct {
	TotalTasks           int       `json:"totalTasks"`
	CompletionPercentage int       `json:"completionPercentage"` // 0 to 100
	DueDate              time.Time `json:"dueDate"`              // the earliest of all tasks, finished ones included
}

// Column of a project. A task's status is the Slug of a column, never its ID or Name; the slug survives renames.
type Column struct {
	ID        string `json:"id"`
	ProjectID string `json:"projectId"`
	Name      string `json:"name"`
	Slug      string `json:"slug"`
	Position  int    `json:"position"`
	Icon      string `json:"icon"`
	Color     string `json:"color"`
	IsFinal   bool   `json:"isFinal"`
}

// Projects lists those of a workspace by position, with the archived ones if asked. NotAllowed is also the answer for a
// workspace that does not exist.
func (c *Client) Projects(ctx context.Context, workspaceID string, archived bool) ([]Project, error) {
	query := url.Values{"workspaceId": {workspaceID}}
	if archived {
		query.Set("includeArchived", "true")
	}
	return get[[]Project](ctx, c, "list projects", query, "project")
}

// Columns lists those of a project in board order.
func (c *Client) Columns(ctx context.Context, projectID string) ([]Column, error) {
	return get[[]Column](ctx, c, "list columns", nil, "column", projectID)
}
