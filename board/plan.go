package board

import (
	"context"

	"kaneo-mcp/kaneo"
)

// write is one step that still has to be done. do returns the task after it; a task without an id says nothing new.
type write struct {
	step Step
	do   func(ctx context.Context, now kaneo.Task) (kaneo.Task, error)
}

// plan turns a change of one task into the fewest writes that do it and keep Kaneo's history. It resolves every
// reference before anything is written, so that a mistake in one field changes nothing. What is already so becomes a
// step without a write: Kaneo would put a no-op into the history (kaneo-api.md §12.22).
func (d *Desk) plan(ctx context.Context, f Found, change Change) ([]write, error) {
	p := planner{desk: d, card: f.Card, target: f.Card.Project, labels: f.Card.Task.Labels, read: f.onBoard}
	if err := p.move(ctx, change); err != nil { // the rest depends on where the task will be
		return nil, err
	}
	err := together([]func(context.Context, Change) error{
		p.status, p.title, p.description, p.priority, p.assignee, p.due, p.start, p.addLabels, p.removeLabels, p.customFields, p.comment,
	}, func(add func(context.Context, Change) error) error { return add(ctx, change) })
	return p.writes, err
}

// planner collects the writes for one task.
type planner struct {
	desk   *Desk
	card   Card
	target kaneo.Project // where the task will be
	labels []kaneo.Label // the task's copies, once read
	read   bool
	writes []write
}

func (p *planner) add(step Step, do func(context.Context, kaneo.Task) (kaneo.Task, error)) {
	p.writes = append(p.writes, write{step, do})
}

// same notes that a field is already as wanted.
func (p *planner) same(what, value string) {
	p.writes = append(p.writes, write{step: Step{What: what, To: value, Same: true}})
}

func (p *planner) id() string { return p.card.Task.ID }

func (p *planner) client() *kaneo.Client { return p.desk.kaneo }

// move goes to another project, straight to the wanted column: Kaneo keeps the status only where the target has the
// same slug, and refuses planned and archived there (kaneo-api.md §8).
func (p *planner) move(ctx context.Context, c Change) error {
	if c.Project == "" {
		return nil
	}
	project, err := p.desk.Project(ctx, "", c.Project)
	if err != nil {
		return err
	}
	if project.ID == p.card.Project.ID {
		p.same("project", ProjectTitle(project))
		return nil
	}
	if project.WorkspaceID != p.card.Project.WorkspaceID {
		return mistakef("%s is in another workspace: Kaneo moves tasks within one workspace only. Create it there anew.", ProjectTitle(project))
	}
	p.target = project
	var slug string
	if c.Status != "" {
		status, err := p.desk.status(ctx, project, c.Status)
		if err != nil {
			return err
		}
		if status.Slug != Planned && status.Slug != Archived {
			slug = status.Slug
		}
	}
	p.add(Step{What: "project", From: ProjectTitle(p.card.Project), To: ProjectTitle(project)},
		func(ctx context.Context, now kaneo.Task) (kaneo.Task, error) {
			return p.client().MoveTask(ctx, now.ID, project.ID, slug)
		})
	return nil
}

func (p *planner) status(ctx context.Context, c Change) error {
	if c.Status == "" {
		return nil
	}
	status, err := p.desk.status(ctx, p.target, c.Status)
	if err != nil {
		return err
	}
	moved := p.target.ID != p.card.Project.ID
	if !moved && status.Slug == p.card.Task.Status {
		p.same("status", status.Name)
		return nil
	}
	step := Step{What: "status", From: p.card.Status.Name, To: status.Name}
	if step.From == step.To {
		step.From = "" // it is called alike there
	}
	p.add(step,
		func(ctx context.Context, now kaneo.Task) (kaneo.Task, error) {
			if now.Status == status.Slug {
				return now, nil // the move went there already
			}
			return p.client().SetStatus(ctx, now.ID, status.Slug)
		})
	return nil
}
