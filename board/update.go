package board

import (
	"cmp"
	"context"
	"slices"

	"kaneo-mcp/kaneo"
)

// Update makes one change to one or many tasks, and reports what became of each. It goes on after a failure. Only an
// error that concerns the whole call is returned as such, and then nothing has been changed.
func (d *Desk) Update(ctx context.Context, refs []string, change Change) ([]Outcome, error) {
	change = change.normalise()
	if err := change.contradiction(len(refs)); err != nil {
		return nil, err
	}
	found, err := d.bounded(ctx, refs)
	if err != nil {
		return nil, err
	}
	if err := d.entitledTo(ctx, found, alike(change)); err != nil {
		return nil, err
	}
	return d.updateAll(ctx, found, alike(change)), nil
}

// alike is one change for all.
func alike(change Change) func(int) Change { return func(int) Change { return change } }

// Errand is a task and what to change about it.
type Errand struct {
	Task   string
	Change Change
}

// UpdateEach is [Desk.Update] with a change of its own for each task.
func (d *Desk) UpdateEach(ctx context.Context, errands []Errand) ([]Outcome, error) {
	refs, changes := make([]string, len(errands)), make([]Change, len(errands))
	for i, e := range errands {
		refs[i], changes[i] = e.Task, e.Change.normalise()
		if err := changes[i].contradiction(1); err != nil {
			return nil, err
		}
	}
	found, err := d.bounded(ctx, refs)
	if err != nil {
		return nil, err
	}
	if len(found) < len(refs) {
		return nil, mistakef("One task is named twice: put all that changes about it into one entry. Nothing was changed.")
	}
	own := func(i int) Change { return changes[i] }
	if err := d.entitledTo(ctx, found, own); err != nil {
		return nil, err
	}
	return d.updateAll(ctx, found, own), nil
}

// updateAll changes field by field and task by task. Kaneo's bulk route would be fewer requests, but loses the old values
// in the history and tells nobody of a new status (kaneo-api.md §8).
func (d *Desk) updateAll(ctx context.Context, found []Found, change func(i int) Change) []Outcome {
	outcomes, one := make([]Outcome, len(found)), counting(ctx, len(found))
	eachOf(len(found), func(i int) error {
		defer one()
		outcomes[i] = d.update(ctx, found[i], change(i))
		return outcomes[i].failure()
	}, func(i int, why error) {
		outcomes[i] = Outcome{Ref: found[i].Ref, Card: found[i].Card, Err: cmp.Or(found[i].Err, why)}
	})
	return outcomes
}

// bounded resolves the tasks of a batch.
func (d *Desk) bounded(ctx context.Context, refs []string) ([]Found, error) {
	if len(refs) == 0 {
		return nil, mistakef("Which tasks? Name at least one, such as WEB-12.")
	}
	if len(refs) > MostTasks {
		return nil, mistakef("%d tasks are too many for one call: name at most %d, and call again for the rest. Nothing was changed.", len(refs), MostTasks)
	}
	return d.Cards(ctx, refs)
}

func (d *Desk) update(ctx context.Context, f Found, change Change) Outcome {
	outcome := Outcome{Ref: f.Ref, Card: f.Card, Err: f.Err}
	if f.Err != nil {
		return outcome
	}
	outcome.Was = f.Card.Key()
	end, err := d.turns.take(ctx, f.Card.Task.ID)
	if err != nil {
		outcome.Err = err
		return outcome
	}
	defer end()
	writes, err := d.plan(ctx, f, change)
	if err != nil {
		outcome.Err = err
		return outcome
	}
	outcome = d.carryOut(ctx, outcome, writes)
	if len(outcome.altered) > 0 {
		d.note(ctx, Changed, outcome.Card, "", outcome.altered...)
	}
	return outcome
}

// carryOut does the writes of one task in order. After a failure the rest is not tried: each step may rest on the one
// before, and a comment such as "ready for review" would be wrong on a task that did not move.
func (d *Desk) carryOut(ctx context.Context, o Outcome, writes []write) Outcome {
	var failed error
	now := o.Card.Task
	for _, w := range writes {
		step := w.step
		switch {
		case step.Same, step.Skipped != "":
		case failed != nil:
			step.Err = &NotTried{After: failed}
		default:
			after, err := w.do(ctx, now)
			if err != nil {
				failed = d.refusal(ctx, err, o.Card.Project.WorkspaceID, changing(step.What))
				step.Err = failed
				break
			}
			after = merge(now, after)
			o.altered = alter(o.altered, step, now, after)
			now = after
		}
		o.Steps = append(o.Steps, step)
	}
	before := o.Card
	o.Card = d.replace(ctx, before, now)
	o.Steps = append(o.Steps, movedAlong(before, o)...)
	return o
}

// movedAlong tells of a status that nobody asked to change: the other project has no such column, or Kaneo took the task out
// of its archive.
func movedAlong(before Card, o Outcome) []Step {
	asked := slices.ContainsFunc(o.Steps, func(s Step) bool { return s.What == "status" })
	if asked || o.Card.Project.ID == before.Project.ID || o.Card.Status.Name == before.Status.Name {
		return nil
	}
	return []Step{{What: "status", From: before.Status.Name, To: o.Card.Status.Name}}
}

// merge takes over what a write answered. Writes tell neither labels nor, mostly, the assignee's name.
func merge(now, after kaneo.Task) kaneo.Task {
	if after.ID == "" {
		return now
	}
	if after.AssigneeName == "" && after.AssigneeID == now.AssigneeID {
		after.AssigneeName = now.AssigneeName
	}
	after.Labels, after.Links = now.Labels, now.Links
	return after
}

// replace puts a changed task back on its board, which may be another one now.
func (d *Desk) replace(ctx context.Context, card Card, task kaneo.Task) Card {
	project := card.Project
	if task.ProjectID != project.ID {
		moved, err := d.projectByID(ctx, task.ProjectID)
		if err != nil {
			return card
		}
		project = moved
	}
	placed, err := d.place(ctx, task, project)
	if err != nil {
		return Card{task, project, Status{Slug: task.Status, Name: Plain(task.Status)}}
	}
	return placed
}

// Changed tells whether anything was written.
func (o Outcome) Changed() bool {
	return slices.ContainsFunc(o.Steps, func(s Step) bool { return !s.Same && s.Skipped == "" && s.Err == nil })
}

// failure is the first thing that went wrong, if anything did.
func (o Outcome) failure() error {
	if o.Err != nil {
		return o.Err
	}
	for _, s := range o.Steps {
		if s.Err != nil {
			return s.Err
		}
	}
	return nil
}
