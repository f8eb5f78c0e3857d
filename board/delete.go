package board

import (
	"cmp"
	"context"

	"golang.org/x/sync/errgroup"

	"kaneo-mcp/kaneo"
)

// Deletion is what deleting tasks would take, or took.
type Deletion struct {
	Losses       []Loss
	Confirmation Confirmation
}

// Loss is one task of a deletion with what goes with it.
type Loss struct {
	Found
	Comments int
	Subtasks int // they stay, without their parent
}

// Delete deletes tasks in two steps: without a code it says what would be lost and gives one; with it, it deletes. It
// goes on after a failure, which is then the Err of that task.
func (d *Desk) Delete(ctx context.Context, refs []string, code string) (Deletion, error) {
	found, err := d.bounded(ctx, refs)
	if err != nil {
		return Deletion{}, err
	}
	deletion := Deletion{Losses: make([]Loss, len(found))}
	for i, f := range found {
		deletion.Losses[i] = Loss{Found: f}
	}
	ids := deletion.ids()
	if len(ids) == 0 {
		return deletion, nil
	}
	if err := d.entitled(ctx, found, toDelete()); err != nil {
		return Deletion{}, err
	}
	if deletion.Confirmation, err = d.confirm(code, ids...); err != nil {
		return deletion, err
	}
	if deletion.Confirmation.Given {
		d.loseAll(ctx, deletion.Losses)
		return deletion, nil
	}
	return deletion, d.weighAll(ctx, deletion.Losses)
}

func (x Deletion) ids() []string {
	var ids []string
	for _, loss := range x.Losses {
		if loss.Err == nil {
			ids = append(ids, loss.Card.Task.ID)
		}
	}
	return ids
}

// loseAll deletes what can be deleted.
func (d *Desk) loseAll(ctx context.Context, losses []Loss) {
	one := counting(ctx, len(losses))
	eachOf(len(losses), func(i int) error {
		defer one()
		if losses[i].Err != nil {
			return nil
		}
		losses[i].Err = d.lose(ctx, losses[i])
		return losses[i].Err
	}, func(i int, why error) { losses[i].Err = cmp.Or(losses[i].Err, why) })
}

func (d *Desk) weighAll(ctx context.Context, losses []Loss) error {
	var group errgroup.Group
	group.SetLimit(atOnce)
	for i := range losses {
		if losses[i].Err == nil {
			group.Go(func() error { return d.weigh(ctx, &losses[i]) })
		}
	}
	return group.Wait()
}

func (d *Desk) lose(ctx context.Context, l Loss) error {
	err := d.kaneo.DeleteTask(ctx, l.Card.Task.ID)
	if err == nil {
		d.note(ctx, Deleted, l.Card, "")
		d.directory.ids.drop(l.Card.Project.ID, l.Card.Task.Number)
	}
	return d.refusal(ctx, err, l.Card.Project.WorkspaceID, deleteTask)
}

// weigh counts what a task would take with it. One that has gone meanwhile says so itself.
func (d *Desk) weigh(ctx context.Context, l *Loss) error {
	l.Comments, l.Subtasks, l.Err = d.hangOn(ctx, l.Card.Task.ID)
	return whole(l.Err)
}

// hangOn counts the comments and subtasks of a task.
func (d *Desk) hangOn(ctx context.Context, taskID string) (comments, subtasks int, err error) {
	written, err := d.kaneo.Comments(ctx, taskID)
	if err != nil {
		return 0, 0, err
	}
	relations, err := d.kaneo.Relations(ctx, taskID)
	return len(written), len(filter(relations, func(r kaneo.Relation) bool {
		return kindOf(r, taskID) == LinkParentOf
	})), err
}
