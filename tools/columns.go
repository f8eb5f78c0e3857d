package tools

import (
	"context"
	"strings"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

type createColumnIn struct {
	Project string `json:"project,omitempty" jsonschema:"Key, name or id; default: the configured or only one"`
	Name    string `json:"name" jsonschema:"One line"`
	Before  string `json:"before,omitempty" jsonschema:"Column that it goes before; default: last"`
	Color   string `json:"color,omitempty" jsonschema:"Such as #e11d48"`
	Final   *bool  `json:"final,omitempty" jsonschema:"Whether tasks in it are done"`
}

var createColumn = define(Spec{
	Name: "create_column", Title: "Create column", Effect: Adds,
	About: "Adds a column to a project's board.",
}, func(ctx context.Context, desk *board.Desk, in createColumnIn) (View, error) {
	project, columns, err := desk.CreateColumn(ctx, in.Project, board.ColumnChange{Name: in.Name, Color: in.Color, Final: in.Final}, in.Before)
	if err != nil && columns == nil {
		return View{}, err
	}
	var v View
	v.Done("%s: %s", short(project.Slug), columnNames(columns))
	if err != nil {
		v.Fail("The column is there, but last: not put before "+short(in.Before), err)
	}
	return v, nil
})

func columnNames(columns []kaneo.Column) string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = short(c.Name)
		if c.IsFinal {
			names[i] += " (final)"
		}
	}
	return strings.Join(names, " | ")
}

type updateColumnIn struct {
	Project string `json:"project,omitempty" jsonschema:"Key, name or id; default: the configured or only one"`
	Column  string `json:"column" jsonschema:"Name"`
	Name    string `json:"name,omitempty" jsonschema:"New name"`
	Color   string `json:"color,omitempty" jsonschema:"Such as #e11d48"`
	Final   *bool  `json:"final,omitempty" jsonschema:"Whether tasks in it are done"`
}

var updateColumn = define(Spec{
	Name: "update_column", Title: "Update column", Effect: Sets,
	About: "Renames or recolors a column, or makes it final or not.",
}, func(ctx context.Context, desk *board.Desk, in updateColumnIn) (View, error) {
	before, after, err := desk.UpdateColumn(ctx, in.Project, in.Column, board.ColumnChange{Name: in.Name, Color: in.Color, Final: in.Final})
	if err != nil {
		return View{}, err
	}
	var v View
	from, to := columnNames([]kaneo.Column{before}), columnNames([]kaneo.Column{after})
	switch {
	case before == after:
		v.Line("Column %s is like this already.", from)
	case from == to:
		v.Line("Column %s: color %s.", to, short(after.Color))
	default:
		v.Line("Column %s → %s.", from, to)
	}
	return v, nil
})

type reorderColumnsIn struct {
	Project string   `json:"project,omitempty" jsonschema:"Key, name or id; default: the configured or only one"`
	Columns []string `json:"columns" jsonschema:"Names, first to last; those left out follow"`
}

var reorderColumns = define(Spec{
	Name: "reorder_columns", Title: "Reorder columns", Effect: Sets,
	About: "Puts a board's columns in order.",
}, func(ctx context.Context, desk *board.Desk, in reorderColumnsIn) (View, error) {
	project, columns, err := desk.ReorderColumns(ctx, in.Project, in.Columns)
	if err != nil {
		return View{}, err
	}
	var v View
	v.Line("%s: %s", short(project.Slug), columnNames(columns))
	return v, nil
})

type deleteColumnIn struct {
	Project string `json:"project,omitempty" jsonschema:"Key, name or id; default: the configured or only one"`
	Column  string `json:"column" jsonschema:"Name"`
	Confirm string `json:"confirm,omitempty" jsonschema:"The code from the first call, once the user agreed"`
}

var deleteColumn = define(Spec{
	Name: "delete_column", Title: "Delete column", Effect: Destroys,
	About: "Deletes an empty column, once the user agrees as with delete_tasks.",
}, func(ctx context.Context, desk *board.Desk, in deleteColumnIn) (View, error) {
	project, column, confirmation, err := desk.DeleteColumn(ctx, in.Project, in.Column, in.Confirm)
	if err != nil {
		return View{}, err
	}
	var v View
	if confirmation.Given {
		v.Line("%s: column %s deleted.", short(project.Slug), short(column.Name))
		return v, nil
	}
	v.Line("Would delete the empty column %s of %s.", short(column.Name), short(board.ProjectTitle(project)))
	v.ask(confirmation, "")
	return v, nil
})
