package board

import (
	"cmp"
	"context"
	"slices"

	"kaneo-mcp/kaneo"
)

func columnKind() kind[kaneo.Column] {
	return kind[kaneo.Column]{
		what:  "column",
		names: func(c kaneo.Column) []string { return []string{c.ID, c.Slug, c.Name} },
		title: func(c kaneo.Column) string { return c.Name },
	}
}

// columnsOf reads a project's columns afresh: who changes them wants to see them as they are.
func (d *Desk) columnsOf(ctx context.Context, ref string) (kaneo.Project, []kaneo.Column, error) {
	project, err := d.Project(ctx, "", ref)
	if err != nil {
		return project, nil, err
	}
	columns, err := d.directory.columns.read(ctx, project.ID)
	return project, columns, err
}

func (d *Desk) column(ctx context.Context, project, ref string) (kaneo.Project, kaneo.Column, error) {
	where, columns, err := d.columnsOf(ctx, project)
	if err != nil {
		return where, kaneo.Column{}, err
	}
	column, err := columnKind().pick(ref, " in "+short(where.Slug), columns)
	return where, column, err
}

// ColumnChange is what to make of a column. Empty fields and nil stay as they are.
type ColumnChange struct {
	Name, Color string
	Final       *bool
}

func (c ColumnChange) final(now bool) bool {
	if c.Final != nil {
		return *c.Final
	}
	return now
}

// CreateColumn appends a column to a board, or puts it before another one.
func (d *Desk) CreateColumn(ctx context.Context, project string, c ColumnChange, before string) (kaneo.Project, []kaneo.Column, error) {
	where, columns, err := d.columnsOf(ctx, project)
	if err != nil {
		return where, nil, err
	}
	at := len(columns)
	if before != "" {
		next, err := columnKind().pick(before, " in "+short(where.Slug), columns)
		if err != nil {
			return where, nil, err
		}
		at = slices.Index(columns, next)
	}
	defer d.directory.columns.forget()
	made, err := d.kaneo.CreateColumn(ctx, where.ID, Plain(c.Name), c.Color, c.final(false))
	if err != nil {
		return where, nil, d.refusal(ctx, err, where.WorkspaceID, manageColumns)
	}
	columns = slices.Insert(columns, at, made)
	if at < len(columns)-1 {
		err = d.kaneo.ReorderColumns(ctx, where.ID, columnIDs(columns))
	}
	return where, columns, d.refusal(ctx, err, where.WorkspaceID, manageColumns)
}

func columnIDs(columns []kaneo.Column) []string {
	ids := make([]string, len(columns))
	for i, c := range columns {
		ids[i] = c.ID
	}
	return ids
}

// UpdateColumn renames a column, or makes it final or not. The status behind it stays.
func (d *Desk) UpdateColumn(ctx context.Context, project, ref string, c ColumnChange) (before, after kaneo.Column, err error) {
	where, before, err := d.column(ctx, project, ref)
	if err != nil {
		return before, after, err
	}
	name, final := cmp.Or(Plain(c.Name), before.Name), c.final(before.IsFinal)
	if name == before.Name && final == before.IsFinal && (c.Color == "" || c.Color == before.Color) {
		return before, before, nil
	}
	after, err = d.kaneo.UpdateColumn(ctx, before.ID, name, c.Color, final)
	d.directory.columns.forget()
	return before, after, d.refusal(ctx, err, where.WorkspaceID, manageColumns)
}

// ReorderColumns puts the named columns first, in that order; the others follow as they were.
func (d *Desk) ReorderColumns(ctx context.Context, project string, refs []string) (kaneo.Project, []kaneo.Column, error) {
	where, columns, err := d.columnsOf(ctx, project)
	if err != nil {
		return where, nil, err
	}
	var first []kaneo.Column
	for _, ref := range refs {
		column, err := columnKind().pick(ref, " in "+short(where.Slug), columns)
		if err != nil {
			return where, nil, err
		}
		if slices.Contains(first, column) {
			return where, nil, mistakef("The column %q is named twice.", short(column.Name))
		}
		first = append(first, column)
	}
	order := append(first, filter(columns, func(c kaneo.Column) bool { return !slices.Contains(first, c) })...)
	if slices.Equal(order, columns) {
		return where, order, nil
	}
	err = d.kaneo.ReorderColumns(ctx, where.ID, columnIDs(order))
	d.directory.columns.forget()
	return where, order, d.refusal(ctx, err, where.WorkspaceID, manageColumns)
}

// DeleteColumn deletes an empty column, once that has been confirmed.
func (d *Desk) DeleteColumn(ctx context.Context, project, ref, code string) (kaneo.Project, kaneo.Column, Confirmation, error) {
	where, column, err := d.column(ctx, project, ref)
	if err != nil {
		return where, column, Confirmation{}, err
	}
	board, err := d.kaneo.Board(ctx, where.ID, kaneo.BoardFilter{Status: column.Slug})
	if err != nil {
		return where, column, Confirmation{}, err
	}
	if n := len(board.Tasks); n > 0 {
		return where, column, Confirmation{}, mistakef("%s has %d tasks in it. Move them with update_tasks first.", short(column.Name), n)
	}
	confirmation, err := d.confirm(code, column.ID)
	if err != nil || !confirmation.Given {
		return where, column, confirmation, err
	}
	err = d.kaneo.DeleteColumn(ctx, column.ID)
	d.directory.columns.forget()
	return where, column, confirmation, d.refusal(ctx, err, where.WorkspaceID, manageColumns)
}
