package sandbox

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

func columnOperations() []operation {
	byID := lookedUp("id", (*Kaneo).workspaceOfColumn)
	inProject := ofProject("projectId")
	return []operation{
		{method: get, path: "/api/column/{projectId}", scope: inProject, run: listColumns},
		{method: post, path: "/api/column/{projectId}", scope: inProject, needs: "project:update", run: createColumn,
			body: shape{must("name", text), may("icon", text), may("color", text), may("isFinal", boolean)}},
		{method: put, path: "/api/column/reorder/{projectId}", scope: inProject, needs: "project:update", run: reorderColumns,
			body: shape{must("columns", list(0, object(shape{must("id", text), must("position", number)})))}},
		{method: put, path: "/api/column/{id}", scope: byID, needs: "project:update", run: updateColumn,
			body: shape{may("name", text), may("icon", nullable(text)), may("color", nullable(text)), may("isFinal", boolean)}},
		{method: remove, path: "/api/column/{id}", scope: byID, needs: "project:update", run: deleteColumn},
	}
}

func (k *Kaneo) workspaceOfColumn(id string) string {
	if col := k.columns.get(id); col != nil {
		return k.workspaceOfProject(col.ProjectID)
	}
	return ""
}

// columnsOf lists a project's columns by position.
func (k *Kaneo) columnsOf(projectID string) []*column {
	found := k.columns.where(func(col *column) bool { return col.ProjectID == projectID })
	slices.SortStableFunc(found, func(a, b *column) int { return cmp.Compare(a.Position, b.Position) })
	return found
}

// columnOf is the column of a status, or nil: planned and archived have none.
func (k *Kaneo) columnOf(projectID, slug string) *column {
	return k.columns.first(func(col *column) bool { return col.ProjectID == projectID && col.Slug == slug })
}

func listColumns(k *Kaneo, c *call) (any, error) { return k.columnsOf(c.param("projectId")), nil }

func (k *Kaneo) newColumn(projectID, name string) *column {
	now := k.now()
	col := &column{
		ID: boardID(), ProjectID: projectID, Name: name, Slug: slugOf(name), CreatedAt: now, UpdatedAt: now,
		Position: 1 + last(k.columnsOf(projectID), func(col *column) int { return col.Position }, -1),
	}
	return k.columns.put(col.ID, col)
}

// slugOf keeps letters, marks and digits of every script; without any letter or
// digit there is no slug.
func slugOf(name string) string {
	words := strings.FieldsFunc(strings.ToLower(norm.NFKC.String(name)), func(r rune) bool {
		return !unicode.In(r, unicode.L, unicode.M, unicode.N)
	})
	slug := strings.Join(words, "-")
	if !strings.ContainsFunc(slug, func(r rune) bool { return unicode.In(r, unicode.L, unicode.N) }) {
		return ""
	}
	return slug
}

func createColumn(k *Kaneo, c *call) (any, error) {
	in := input[struct {
		Name, Icon, Color string
		IsFinal           bool
	}](c)
	projectID, slug := c.param("projectId"), slugOf(in.Name)
	switch {
	case slug == "":
		return nil, bad("Column name must contain at least one alphanumeric character")
	case isBucket(slug):
		return nil, refuse(http.StatusConflict, fmt.Sprintf("Column slug %q is reserved for virtual task statuses", slug))
	case k.columnOf(projectID, slug) != nil:
		return nil, refuse(http.StatusConflict, fmt.Sprintf(`Column with slug "%s" already exists in this project`, slug))
	}
	col := k.newColumn(projectID, in.Name)
	col.Icon, col.Color, col.IsFinal = unlessEmpty(in.Icon), unlessEmpty(in.Color), in.IsFinal
	return col, nil
}

// unlessEmpty is null for "".
func unlessEmpty(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
