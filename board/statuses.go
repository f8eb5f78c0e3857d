package board

import (
	"context"
	"slices"
	"strings"

	"kaneo-mcp/kaneo"
)

// The two statuses that every project has beside its columns (kaneo-api.md §7).
const (
	Planned  = kaneo.StatusPlanned
	Archived = kaneo.StatusArchived
)

// Status is what a task's status can be in one project: one of its columns, or planned, or archived.
type Status struct {
	Slug string // what Kaneo stores; it survives renames of the column
	Name string // what people see
	Done bool   // a final column, whatever it is called
}

// Statuses lists what a task's status can be in a project, in board order.
func (d *Desk) Statuses(ctx context.Context, projectID string) ([]Status, error) {
	columns, _, err := d.directory.columns.get(ctx, projectID)
	return statusesOf(columns), err
}

func statusesOf(columns []kaneo.Column) []Status {
	statuses := make([]Status, 0, len(columns)+2)
	for _, c := range columns {
		statuses = append(statuses, Status{Slug: c.Slug, Name: Plain(c.Name), Done: c.IsFinal})
	}
	return append(statuses, Status{Slug: Planned, Name: Planned}, Status{Slug: Archived, Name: Archived})
}

func boardStatuses(b kaneo.Board) []Status {
	columns := make([]kaneo.Column, len(b.Columns))
	for i, c := range b.Columns {
		columns[i] = kaneo.Column{Slug: c.Slug, Name: c.Name, IsFinal: c.IsFinal}
	}
	return statusesOf(columns)
}

func statusKind() kind[Status] {
	return kind[Status]{
		what:  "status",
		names: func(s Status) []string { return []string{s.Slug, s.Name} },
		loose: func(s Status) []string { return inOneWord(s.Name) },
		title: func(s Status) string { return s.Name },
	}
}

// inOneWord is how people shorten a column's name without leaving a word out that counts: "To Do" to "todo", "In Review" to
// "review". Any other part of a name may mean something else, as in "Not done yet". A word for a set of statuses stays one.
func inOneWord(name string) []string {
	said := strings.Fields(words(name))
	forms := []string{strings.Join(said, "")}
	if len(said) == 2 && slices.Contains([]string{"in", "on", "to", "under", "im", "en"}, said[0]) {
		forms = append(forms, said[1])
	}
	return filter(forms, func(word string) bool { return word != Open && word != Done && word != AnyOne })
}

// status resolves a column's name or slug, "planned" or "archived" in one project.
func (d *Desk) status(ctx context.Context, project kaneo.Project, ref string) (Status, error) {
	return find(ctx, d.directory.columns, project.ID, func(columns []kaneo.Column) (Status, error) {
		return statusKind().pick(ref, " in "+short(project.Slug), statusesOf(columns))
	})
}

// statusOf is the status of a task. One whose column is gone keeps the word that Kaneo stores.
func statusOf(task kaneo.Task, statuses []Status) Status {
	if i := slices.IndexFunc(statuses, func(s Status) bool { return s.Slug == task.Status }); i >= 0 {
		return statuses[i]
	}
	return Status{Slug: task.Status, Name: Plain(task.Status)}
}
