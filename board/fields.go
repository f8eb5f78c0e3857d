package board

import (
	"context"
	"slices"
	"time"

	"kaneo-mcp/kaneo"
)

func (p *planner) title(_ context.Context, c Change) error {
	title := Plain(c.Title)
	if title == "" {
		return nil
	}
	if title == p.card.Task.Title {
		p.same("title", title)
		return nil
	}
	p.add(Step{What: "title", From: Plain(p.card.Task.Title), To: title},
		func(ctx context.Context, now kaneo.Task) (kaneo.Task, error) {
			return p.client().SetTitle(ctx, now.ID, title)
		})
	return nil
}

func (p *planner) description(_ context.Context, c Change) error {
	cleared := slices.Contains(c.Clear, Description)
	if c.Description == "" && !cleared {
		return nil
	}
	planned := p.card.Task
	if c.Description == planned.Description && !planned.DescriptionDeferred {
		p.same("description", "")
		return nil
	}
	step := Step{What: "description", To: "replaced"}
	if cleared {
		step.To = "cleared"
	}
	p.add(step, func(ctx context.Context, now kaneo.Task) (kaneo.Task, error) {
		if err := p.desk.untouched(ctx, planned); err != nil {
			return now, err
		}
		return p.client().SetDescription(ctx, now.ID, c.Description)
	})
	return nil
}

func (p *planner) priority(_ context.Context, c Change) error {
	if c.Priority == "" {
		return nil
	}
	priority, err := Priority(c.Priority)
	if err != nil {
		return err
	}
	if priority == p.card.Task.Priority {
		p.same("priority", PriorityName(priority))
		return nil
	}
	p.add(Step{What: "priority", From: PriorityName(p.card.Task.Priority), To: PriorityName(priority)},
		func(ctx context.Context, now kaneo.Task) (kaneo.Task, error) {
			return p.client().SetPriority(ctx, now.ID, priority)
		})
	return nil
}

func (p *planner) assignee(ctx context.Context, c Change) error {
	var person kaneo.Member
	switch {
	case slices.Contains(c.Clear, Assignee):
		person.Name = Nobody
	case c.Assignee == "":
		return nil
	default:
		var err error
		if person, err = p.desk.Person(ctx, p.card.Project.WorkspaceID, c.Assignee); err != nil {
			return err
		}
	}
	name := Plain(person.Name)
	if person.ID == p.card.Task.AssigneeID {
		p.same("assignee", name)
		return nil
	}
	p.add(Step{What: "assignee", From: orNobody(p.card.Task), To: name},
		func(ctx context.Context, now kaneo.Task) (kaneo.Task, error) {
			after, err := p.client().SetAssignee(ctx, now.ID, person.ID)
			if person.ID != "" {
				after.AssigneeName = person.Name
			}
			return after, err
		})
	return nil
}

func orNobody(t kaneo.Task) string {
	if t.AssigneeID == "" {
		return Nobody
	}
	return Plain(t.AssigneeName)
}

// date reads a date of a change: wanted is false when the change does not speak of it, or cannot move what is not there.
func (p *planner) date(text string, field Field, stored time.Time, c Change) (at time.Time, wanted bool, err error) {
	switch {
	case slices.Contains(c.Clear, field):
		return time.Time{}, true, nil
	case text == "":
		return time.Time{}, false, nil
	case isShift(text) && stored.IsZero():
		p.writes = append(p.writes, write{step: Step{What: string(field), Skipped: "not moved: there is none"}})
		return time.Time{}, false, nil
	case isShift(text):
		at, err = p.desk.shifted(stored, text)
		return at, true, err
	}
	at, err = p.desk.Date(text)
	return at, true, err
}

func (p *planner) due(_ context.Context, c Change) error {
	stored := p.card.Task.DueDate
	at, wanted, err := p.date(c.Due, Due, stored, c)
	if err != nil || !wanted {
		return err
	}
	if p.desk.sameDate(at, stored) {
		p.same("due", p.orNone(stored))
		return nil
	}
	p.add(Step{What: "due", From: p.orNone(stored), To: p.orNone(at)},
		func(ctx context.Context, now kaneo.Task) (kaneo.Task, error) {
			return p.client().SetDueDate(ctx, now.ID, at)
		})
	return nil
}

func (p *planner) orNone(t time.Time) string {
	if t.IsZero() {
		return none
	}
	return p.desk.Day(t)
}

// start has no route of its own: the whole task is read again and written back with the new date (kaneo-api.md §8).
// It comes after the due date, because Kaneo compares the two.
func (p *planner) start(_ context.Context, c Change) error {
	stored := p.card.Task.StartDate
	at, wanted, err := p.date(c.Start, Start, stored, c)
	if err != nil || !wanted {
		return err
	}
	if p.desk.sameDate(at, stored) {
		p.same("start", p.orNone(stored))
		return nil
	}
	p.add(Step{What: "start", From: p.orNone(stored), To: p.orNone(at)},
		func(ctx context.Context, now kaneo.Task) (kaneo.Task, error) {
			current, err := p.client().Task(ctx, now.ID)
			if err != nil {
				return current, err
			}
			replacement := current.Full()
			replacement.StartDate = at
			return p.client().ReplaceTask(ctx, now.ID, replacement)
		})
	return nil
}

func (p *planner) comment(_ context.Context, c Change) error {
	if c.Comment == "" {
		return nil
	}
	p.add(Step{What: "comment", To: "added"}, func(ctx context.Context, now kaneo.Task) (kaneo.Task, error) {
		_, err := p.client().AddComment(ctx, now.ID, c.Comment)
		return now, err
	})
	return nil
}
