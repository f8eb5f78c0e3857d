package kaneo

import (
	"context"
	"net/http"
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

// Projects lists those of a workspace by position, with the archived ones if asked. NotAllowed is also the answer for a
// workspace that does not exist.
func (c *Client) Projects(ctx context.Context, workspaceID string, archived bool) ([]Project, error) {
	query := url.Values{"workspaceId": {workspaceID}}
	if archived {
		query.Set("includeArchived", "true")
	}
	return get[[]Project](ctx, c, "list projects", query, "project")
}

// NewProject is what a project is created from. Kaneo checks none of it: keys need not be unique, or even there.
type NewProject struct {
	WorkspaceID, Name string
	Slug              string // the KEY of short ids
	Icon              string // a name of the web app's list, such as Layout
}

// ProjectFields is everything that UpdateProject writes.
type ProjectFields struct {
	Name        string
	Slug        string
	Icon        string
	Description string
	IsPublic    bool // anybody may read the board without signing in
}

// Fields is what UpdateProject needs to leave p as it is.
func (p Project) Fields() ProjectFields {
	return ProjectFields{p.Name, p.Slug, p.Icon, p.Description, p.IsPublic}
}

// CreateProject makes a project with the columns To Do, In Progress, In Review and Done.
func (c *Client) CreateProject(ctx context.Context, p NewProject) (Project, error) {
	return send[Project](ctx, c, "create project", http.MethodPost, map[string]text{
		"workspaceId": text(p.WorkspaceID), "name": text(p.Name), "slug": text(p.Slug), "icon": text(p.Icon),
	}, "project")
}

// UpdateProject writes all fields of a project. A new slug renames every task of it.
func (c *Client) UpdateProject(ctx context.Context, id string, f ProjectFields) (Project, error) {
	return send[Project](ctx, c, "update project", http.MethodPut, struct {
		Name        text `json:"name"`
		Slug        text `json:"slug"`
		Icon        text `json:"icon"`
		Description text `json:"description"`
		IsPublic    bool `json:"isPublic"`
	}{text(f.Name), text(f.Slug), text(f.Icon), text(f.Description), f.IsPublic}, "project", id)
}

// ArchiveProject puts a project away; it stays as it is, and can still be written to.
func (c *Client) ArchiveProject(ctx context.Context, id string) (Project, error) {
	return send[Project](ctx, c, "archive project", http.MethodPut, nil, "project", id, "archive")
}

// UnarchiveProject takes it out again.
func (c *Client) UnarchiveProject(ctx context.Context, id string) (Project, error) {
	return send[Project](ctx, c, "unarchive project", http.MethodPut, nil, "project", id, "unarchive")
}

// DeleteProject deletes a project and everything in it, for good.
func (c *Client) DeleteProject(ctx context.Context, id string) error {
	return c.remove(ctx, "delete project", "project", id)
}
