package board

import (
	"context"
	"time"

	"kaneo-mcp/kaneo"
)

// Draft is a task to be made, in the words a person would use.
type Draft struct {
	Title       string
	Description string
	Status      string // none: the first column
	Priority    string
	Assignee    string
	Due, Start  string
	Labels      []string
	Parent      string // a task that this one is a subtask of; like the next two, one that is there, or the Ref of another draft
	Blocks      []string
	BlockedBy   []string
	Ref         string // by which other drafts of the call name this one
	CopyOf      string // a task that has what is left out here
	Custom      []FieldChange
}

// resolver turns the words of a draft into what Kaneo takes.
type resolver struct {
	desk    *Desk
	project kaneo.Project
	draft   Draft
	here    map[string]int // the drafts of the call by their refs
	made    creation
}

// resolve tells all that is wrong with the draft at once.
func (r *resolver) resolve(ctx context.Context) error {
	r.made.task = kaneo.NewTask{Title: Plain(r.draft.Title), Description: r.draft.Description, Priority: kaneo.NoPriority}
	return together([]func(context.Context) error{
		r.title, r.status, r.priority, r.assignee, r.dates, r.labels, r.customFields, r.bonds,
	}, func(part func(context.Context) error) error { return part(ctx) })
}

func (r *resolver) title(context.Context) error {
	if r.made.task.Title == "" {
		return mistakef("A task needs a title, or another task to be a copy of.")
	}
	return nil
}

func (r *resolver) status(ctx context.Context) error {
	status, err := r.firstStatus(ctx)
	r.made.outcome.Card.Status, r.made.task.Status = status, status.Slug
	return err
}

// firstStatus is the first column, where none is given, because Kaneo's own default "to-do" is a column that a project need
// not have.
func (r *resolver) firstStatus(ctx context.Context) (Status, error) {
	if r.draft.Status != "" {
		return r.desk.status(ctx, r.project, r.draft.Status)
	}
	statuses, err := r.desk.Statuses(ctx, r.project.ID)
	if err != nil {
		return Status{}, err
	}
	return statuses[0], nil
}

func (r *resolver) priority(context.Context) (err error) {
	if r.draft.Priority != "" {
		r.made.task.Priority, err = Priority(r.draft.Priority)
	}
	return err
}

func (r *resolver) assignee(ctx context.Context) error {
	if r.draft.Assignee == "" || nobody(r.draft.Assignee) {
		return nil
	}
	person, err := r.desk.Person(ctx, r.project.WorkspaceID, r.draft.Assignee)
	r.made.task.AssigneeID, r.made.outcome.Card.Task.AssigneeName = person.ID, person.Name
	return err
}

func (r *resolver) dates(context.Context) (err error) {
	task := &r.made.task
	if task.DueDate, err = r.date(r.draft.Due); err != nil {
		return err
	}
	if task.StartDate, err = r.date(r.draft.Start); err != nil {
		return err
	}
	if !task.DueDate.IsZero() && task.StartDate.After(task.DueDate) {
		return mistakef("The start (%s) is after the due date (%s).", r.desk.Day(task.StartDate), r.desk.Day(task.DueDate))
	}
	return nil
}

func (r *resolver) date(text string) (time.Time, error) {
	if text == "" || words(text) == none {
		return time.Time{}, nil
	}
	return r.desk.Date(text)
}

func (r *resolver) labels(ctx context.Context) (err error) {
	r.made.labels, err = r.desk.originals(ctx, r.project, r.draft.Labels)
	return err
}

func (r *resolver) customFields(ctx context.Context) (err error) {
	r.made.task.Custom, r.made.filled, err = r.desk.filled(ctx, r.project, r.draft.Custom)
	return err
}

func (r *resolver) bonds(ctx context.Context) (err error) {
	r.made.bonds, err = r.desk.bonds(ctx, r.project, r.draft, r.here)
	return err
}
