package board

import (
	"context"

	"kaneo-mcp/kaneo"
)

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
	if draft, err = d.likeOriginal(ctx, project, draft); err == nil {
		r := resolver{desk: d, project: project, draft: draft, here: here}
		err = r.resolve(ctx)
		c = r.made
	}
	c.outcome.Err = err
	c.outcome.Card.Project = project
	c.outcome.Card.Task = kaneo.Task{
		Title: c.task.Title, Status: c.task.Status, Priority: c.task.Priority, DueDate: c.task.DueDate, StartDate: c.task.StartDate,
		AssigneeID: c.task.AssigneeID, AssigneeName: c.outcome.Card.Task.AssigneeName,
	}
	return c, err
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
