package kaneo

import (
	"context"
	"net/http"
)

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

// Columns lists those of a project in board order.
func (c *Client) Columns(ctx context.Context, projectID string) ([]Column, error) {
	return get[[]Column](ctx, c, "list columns", nil, "column", projectID)
}

// ProjectTasks lists every task of a project, in no particular order and without labels and assignees' names. It is the only
// list that fills UpdatedAt (kaneo-api.md §7); comments, labels and relations leave that as it was.
func (c *Client) ProjectTasks(ctx context.Context, projectID string) ([]Task, error) {
	project, err := get[struct {
		Tasks []Task `json:"tasks"`
	}](ctx, c, "list a project's tasks", nil, "project", projectID)
	return project.Tasks, err
}

// CreateColumn appends a column, final or not. Conflict says that the slug, which Kaneo makes of the name, is taken or
// reserved; Invalid that the name has neither a letter nor a digit.
func (c *Client) CreateColumn(ctx context.Context, projectID, name, color string, final bool) (Column, error) {
	return send[Column](ctx, c, "create column", http.MethodPost, struct {
		Name    text `json:"name"`
		Color   text `json:"color,omitempty"`
		IsFinal bool `json:"isFinal"`
	}{text(name), text(color), final}, "column", projectID)
}

// UpdateColumn changes a column but for its slug, which stays the status of its tasks.
func (c *Client) UpdateColumn(ctx context.Context, id, name, color string, final bool) (Column, error) {
	return send[Column](ctx, c, "update column", http.MethodPut, struct {
		Name    text `json:"name"`
		Color   text `json:"color,omitempty"`
		IsFinal bool `json:"isFinal"`
	}{text(name), text(color), final}, "column", id)
}

// place is where a column goes.
type place struct {
	ID       text `json:"id"`
	Position int  `json:"position"`
}

// ReorderColumns puts the columns of a project into the order of their ids.
func (c *Client) ReorderColumns(ctx context.Context, projectID string, ids []string) error {
	places := make([]place, len(ids))
	for i, id := range ids {
		places[i] = place{text(id), i}
	}
	_, err := send[[]Column](ctx, c, "reorder columns", http.MethodPut, map[string][]place{"columns": places}, "column", "reorder", projectID)
	return err
}

// DeleteColumn deletes an empty column. Conflict says that there are tasks in it.
func (c *Client) DeleteColumn(ctx context.Context, id string) error {
	return c.remove(ctx, "delete column", "column", id)
}
