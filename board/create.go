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

// Create makes tasks in one project, in the given order, and reports what became of each. It goes on after a failure.
// With dryRun everything is checked and nothing is made. Creations follow one another: their numbers are to be in the
// order given, and Kaneo gives equal positions to tasks made at once (kaneo-api.md §8).
func (d *Desk) Create(ctx context.Context, workspace, project string, drafts []Draft, dryRun bool) ([]Outcome, error) {
	if len(drafts) == 0 || len(drafts) > MostTasks {
		return nil, mistakef("Give 1 to %d tasks in one call, not %d. Nothing was created.", MostTasks, len(drafts))
	}
	target, err := d.Project(ctx, workspace, project)
	if err != nil {
		return nil, err
	}
	plans, err := d.planCreations(ctx, target, drafts)
	if err != nil {
		return nil, err
	}
	outcomes := d.createAll(ctx, target, plans, dryRun)
	d.furnish(ctx, target, plans, outcomes, dryRun)
	return outcomes, nil
}

func (d *Desk) planCreations(ctx context.Context, target kaneo.Project, drafts []Draft) ([]creation, error) {
	here, err := localRefs(drafts)
	if err != nil {
		return nil, err
	}
	plans := make([]creation, len(drafts))
	for i, draft := range drafts {
		draft.Description = lines(draft.Description)
		if plans[i], err = d.planCreation(ctx, target, draft, here); whole(err) != nil {
			return nil, err
		}
	}
	return plans, nil
}

// createAll creates what could be planned. A failure that the next creation could not escape ends the batch, so that
// a Kaneo that is away is not asked a hundred times.
func (d *Desk) createAll(ctx context.Context, target kaneo.Project, plans []creation, dryRun bool) []Outcome {
	outcomes, one := make([]Outcome, len(plans)), counting(ctx, len(plans))
	var stopped error
	for i, plan := range plans {
		outcomes[i] = plan.outcome
		switch {
		case plan.outcome.Err != nil, dryRun:
		case stopped != nil:
			outcomes[i].Err = &NotTried{After: stopped}
		default:
			outcomes[i] = d.create(ctx, target, plan)
			stopped = whole(outcomes[i].Err)
			one()
		}
	}
	return outcomes
}

func stepsOf(writes []write) []Step {
	steps := make([]Step, len(writes))
	for i, w := range writes {
		steps[i] = w.step
	}
	return steps
}

// creation is a draft whose references have been resolved.
type creation struct {
	outcome Outcome // why it cannot be made, or how it would stand
	task    kaneo.NewTask
	labels  []kaneo.Label // originals; like the relations, Kaneo takes them only afterwards
	bonds   []bond
	filled  []Step // custom fields, which it is made with
}

func (d *Desk) planCreation(ctx context.Context, project kaneo.Project, draft Draft, here map[string]int) (c creation, err error) {
	if draft, err = d.likeOriginal(ctx, draft); err == nil {
		c, err = d.resolveDraft(ctx, project, draft, here)
	}
	c.outcome.Err = err
	c.outcome.Card.Project = project
	c.outcome.Card.Task = kaneo.Task{
		Title: c.task.Title, Status: c.task.Status, Priority: c.task.Priority, DueDate: c.task.DueDate, StartDate: c.task.StartDate,
		AssigneeID: c.task.AssigneeID, AssigneeName: c.outcome.Card.Task.AssigneeName,
	}
	return c, err
}

func (d *Desk) resolveDraft(ctx context.Context, project kaneo.Project, draft Draft, here map[string]int) (c creation, err error) {
	c.task = kaneo.NewTask{Title: Plain(draft.Title), Description: draft.Description, Priority: kaneo.NoPriority}
	if c.task.Title == "" {
		return c, mistakef("A task needs a title, or another task to be a copy of.")
	}
	if c.outcome.Card.Status, err = d.firstStatus(ctx, project, draft.Status); err != nil {
		return c, err
	}
	c.task.Status = c.outcome.Card.Status.Slug
	if draft.Priority != "" {
		if c.task.Priority, err = Priority(draft.Priority); err != nil {
			return c, err
		}
	}
	if draft.Assignee != "" && !nobody(draft.Assignee) {
		person, err := d.Person(ctx, project.WorkspaceID, draft.Assignee)
		if err != nil {
			return c, err
		}
		c.task.AssigneeID, c.outcome.Card.Task.AssigneeName = person.ID, person.Name
	}
	if err = d.resolveDates(&c.task, draft); err != nil {
		return c, err
	}
	if c.labels, err = d.originals(ctx, project, draft.Labels); err != nil {
		return c, err
	}
	if c.task.Custom, c.filled, err = d.filled(ctx, project, draft.Custom); err != nil {
		return c, err
	}
	c.bonds, err = d.bonds(ctx, project, draft, here)
	return c, err
}

// firstStatus resolves a new task's status. Without one it is the first column, because Kaneo's own default "to-do" is
// a column that a project need not have.
func (d *Desk) firstStatus(ctx context.Context, project kaneo.Project, ref string) (Status, error) {
	if ref != "" {
		return d.status(ctx, project, ref)
	}
	statuses, err := d.Statuses(ctx, project.ID)
	if err != nil {
		return Status{}, err
	}
	return statuses[0], nil
}

func (d *Desk) resolveDates(task *kaneo.NewTask, draft Draft) (err error) {
	if task.DueDate, err = d.optionalDate(draft.Due); err != nil {
		return err
	}
	if task.StartDate, err = d.optionalDate(draft.Start); err != nil {
		return err
	}
	if !task.DueDate.IsZero() && task.StartDate.After(task.DueDate) {
		return mistakef("The start (%s) is after the due date (%s).", d.Day(task.StartDate), d.Day(task.DueDate))
	}
	return nil
}

func (d *Desk) optionalDate(text string) (time.Time, error) {
	if text == "" || words(text) == none {
		return time.Time{}, nil
	}
	return d.Date(text)
}

func (d *Desk) create(ctx context.Context, project kaneo.Project, plan creation) Outcome {
	outcome := plan.outcome
	task, err := d.kaneo.CreateTask(ctx, project.ID, plan.task)
	if err != nil {
		outcome.Err = d.refusal(ctx, err, project.WorkspaceID, createTasks)
		return outcome
	}
	d.directory.ids.put(project.ID, task.Number, task.ID)
	outcome.Card.Task = task
	d.note(ctx, Created, outcome.Card, "")
	return outcome
}
