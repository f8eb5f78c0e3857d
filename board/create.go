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
	Parent      string // a task that this one is a subtask of
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
	plans := make([]creation, len(drafts))
	for i, draft := range drafts {
		if plans[i], err = d.planCreation(ctx, target, draft); whole(err) != nil {
			return nil, err
		}
	}
	return d.carryOutAll(ctx, target, plans, dryRun), nil
}

// carryOutAll creates what could be planned. A failure that the next creation could not escape ends the batch, so that
// a Kaneo that is away is not asked a hundred times.
func (d *Desk) carryOutAll(ctx context.Context, target kaneo.Project, plans []creation, dryRun bool) []Outcome {
	outcomes := make([]Outcome, len(plans))
	var fatal error
	for i, plan := range plans {
		outcomes[i] = plan.outcome
		switch {
		case plan.outcome.Err != nil:
		case dryRun:
			outcomes[i].Steps = stepsOf(plan.after)
		case fatal != nil:
			outcomes[i].Err = &NotTried{After: fatal}
		default:
			outcomes[i] = d.create(ctx, target, plan)
			fatal = whole(outcomes[i].Err)
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
	after   []write // labels and the parent, which Kaneo takes only afterwards
}

func (d *Desk) planCreation(ctx context.Context, project kaneo.Project, draft Draft) (creation, error) {
	c, err := d.resolveDraft(ctx, project, draft)
	c.outcome.Err = err
	c.outcome.Card.Project = project
	c.outcome.Card.Task = kaneo.Task{
		Title: c.task.Title, Status: c.task.Status, Priority: c.task.Priority, DueDate: c.task.DueDate, StartDate: c.task.StartDate,
		AssigneeID: c.task.AssigneeID, AssigneeName: c.outcome.Card.Task.AssigneeName,
	}
	return c, err
}

func (d *Desk) resolveDraft(ctx context.Context, project kaneo.Project, draft Draft) (c creation, err error) {
	c.task = kaneo.NewTask{Title: Plain(draft.Title), Description: draft.Description, Priority: kaneo.NoPriority}
	if c.task.Title == "" {
		return c, mistakef("A task needs a title.")
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
	c.after, err = d.planFurther(ctx, project, draft)
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

// planFurther plans what Kaneo takes only for a task that exists: labels, and the parent.
func (d *Desk) planFurther(ctx context.Context, project kaneo.Project, draft Draft) ([]write, error) {
	p := planner{desk: d, card: Card{Project: project}, target: project}
	if err := p.addLabels(ctx, Change{AddLabels: draft.Labels}); err != nil {
		return nil, err
	}
	if draft.Parent == "" {
		return p.writes, nil
	}
	parent, err := d.Card(ctx, draft.Parent)
	if err != nil {
		return nil, err
	}
	if parent.Project.WorkspaceID != project.WorkspaceID {
		return nil, mistakef("The parent %s is in another workspace.", parent.Key())
	}
	p.add(Step{What: "parent", To: parent.Key()}, func(ctx context.Context, now kaneo.Task) (kaneo.Task, error) {
		_, err := d.kaneo.AddRelation(ctx, parent.Task.ID, now.ID, kaneo.Subtask)
		return now, err
	})
	return p.writes, nil
}

func (d *Desk) create(ctx context.Context, project kaneo.Project, plan creation) Outcome {
	outcome := plan.outcome
	task, err := d.kaneo.CreateTask(ctx, project.ID, plan.task)
	if err != nil {
		outcome.Err = d.refusal(ctx, err, project.WorkspaceID, "create tasks")
		return outcome
	}
	d.directory.ids.put(project.ID, task.Number, task.ID)
	outcome.Card.Task = task
	return d.carryOut(ctx, outcome, plan.after)
}
