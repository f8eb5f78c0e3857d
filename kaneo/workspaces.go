package kaneo

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// Workspace is what Kaneo also calls an organization.
type Workspace struct {
	ID          string    `json:"id"`
	Name        string    `json:"name"`
	Slug        string    `json:"slug"`
	Description string    `json:"description"`
	CreatedAt   time.Time `json:"createdAt"`
}

// Member is a person in a workspace. ID is the user's id: the one that tasks are assigned to.
type Member struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Email string `json:"email"`
	Role  string `json:"role"` // owner, admin, member, viewer, a custom one, or several joined by commas
}

// Workspaces lists those that the caller is a member of, by name. An API key may ask this a hundred times, and then only
// after a minute's pause (kaneo-api.md §4): keep the answer.
func (c *Client) Workspaces(ctx context.Context) ([]Workspace, error) {
	all, err := get[[]Workspace](ctx, c, "list workspaces", nil, "auth", "organization", "list")
	slices.SortFunc(all, func(a, b Workspace) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return all, err
}

// Members lists the people of a workspace. NotAllowed is also the answer for a workspace that does not exist.
func (c *Client) Members(ctx context.Context, workspaceID string) ([]Member, error) {
	return get[[]Member](ctx, c, "list members", nil, "workspace", workspaceID, "members")
}
