package board

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"kaneo-mcp/kaneo"
)

// Batches are bounded: by what one answer can report, and by what one call can do within its time.
const (
	MostTasks = 100 // tasks in one call
	atOnce    = 8   // tasks worked on at the same time
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
	outcomes := make([]Outcome, len(found))
	var group errgroup.Group
	group.SetLimit(atOnce)
	for i, f := range found {
		group.Go(func() error {
			outcomes[i] = d.update(ctx, f, change)
			return nil
		})
	}
	err = group.Wait()
	return outcomes, err
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
	writes, err := d.plan(ctx, f.Card, change)
	if err != nil {
		outcome.Err = err
		return outcome
	}
	return d.carryOut(ctx, outcome, writes)
}

// carryOut does the writes of one task in order. After a failure the rest is not tried: each step may rest on the one
// before, and a comment such as "ready for review" would be wrong on a task that did not move.
func (d *Desk) carryOut(ctx context.Context, o Outcome, writes []write) Outcome {
	var failed error
	now := o.Card.Task
	for _, w := range writes {
		step := w.step
		switch {
		case step.Same:
		case failed != nil:
			step.Err = &NotTried{After: failed}
		default:
			after, err := w.do(ctx, now)
			if err != nil {
				failed = d.refusal(ctx, err, o.Card.Project.WorkspaceID, "change "+step.What)
				step.Err = failed
				break
			}
			now = merge(now, after)
		}
		o.Steps = append(o.Steps, step)
	}
	o.Card = d.replace(ctx, o.Card, now)
	return o
}

// NotTried says that a step was left out because one before it failed.
type NotTried struct{ After error }

func (*NotTried) Error() string { return "Not tried, because what came before it failed." }

// Unwrap tells what failed.
func (n *NotTried) Unwrap() error { return n.After }

// Readable marks the text as written for the reader.
func (*NotTried) Readable() {}

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

// refusal explains "not allowed" by the caller's role. Roles are data in Kaneo: which of them may do what is told as
// its defaults have it (kaneo-api.md §6).
func (d *Desk) refusal(ctx context.Context, err error, workspaceID, act string) error {
	if kaneo.KindOf(err) != kaneo.NotAllowed {
		return err
	}
	role := d.role(ctx, workspaceID)
	if role == "" {
		return err
	}
	return mistakef("Your role here (%s) may not %s; %s may. Ask one of them.", short(role), act, mayDo(act))
}

// mayDo names the roles that may do something by default.
func mayDo(act string) string {
	for _, reserved := range []string{"assignee", "delete a task"} {
		if strings.Contains(act, reserved) {
			return "an owner or admin"
		}
	}
	return "an owner, admin or member"
}

// Changed tells whether anything was written.
func (o Outcome) Changed() bool {
	return slices.ContainsFunc(o.Steps, func(s Step) bool { return !s.Same && s.Err == nil })
}
