package board

import (
	"context"
	"slices"
	"strings"
	"time"

	"kaneo-mcp/kaneo"
)

// Filter says which tasks are meant, in the words a person would use. Empty fields do not filter; the others must all
// hold. Within a list, one that fits is enough.
type Filter struct {
	Statuses   []string // names of columns, or open, done, planned, archived, all; none: open
	Priorities []string
	Assignees  []string // people, me, or nobody
	Labels     []string // names, or none
	Text       string   // in the title or the description, letter case aside
	Overdue    bool     // due before today and not done
	DueAfter   string   // dates, both inclusive
	DueBefore  string
}

// The words for sets of statuses, beside the statuses' own names.
const (
	Open   = "open" // neither in a final column nor archived; planned tasks count
	Done   = "done" // in a final column, whatever it is called
	AnyOne = "all"  // every status, archived too
	none   = "none" // of labels: without any
)

// test decides about one task.
type test func(Card) bool

// sieve is a filter whose references have been resolved for one project.
type sieve struct {
	query kaneo.BoardFilter // the part that Kaneo itself can do
	tests []test            // the rest
}

func (s sieve) keeps(c Card) bool {
	for _, holds := range s.tests {
		if !holds(c) {
			return false
		}
	}
	return true
}

// sieve resolves a filter for one project. Kaneo filters by one exact value each; that spares reading the rest.
func (d *Desk) sieve(ctx context.Context, project kaneo.Project, f Filter) (sieve, error) {
	var s sieve
	for _, add := range []func(context.Context, kaneo.Project, Filter, *sieve) error{
		d.sieveStatuses, d.sievePriorities, d.sieveAssignees, d.sieveDates,
	} {
		if err := add(ctx, project, f, &s); err != nil {
			return s, err
		}
	}
	if len(f.Labels) > 0 {
		s.tests = append(s.tests, carriesLabel(f.Labels))
	}
	if text := strings.ToLower(strings.TrimSpace(f.Text)); text != "" {
		s.tests = append(s.tests, mentions(text))
	}
	return s, nil
}

func (d *Desk) sieveStatuses(ctx context.Context, project kaneo.Project, f Filter, s *sieve) error {
	if len(f.Statuses) == 0 {
		s.tests = append(s.tests, isOpen)
		return nil
	}
	var any []test
	for _, ref := range f.Statuses {
		holds, slug, err := d.statusTest(ctx, project, ref)
		if err != nil {
			return err
		}
		if len(f.Statuses) == 1 {
			s.query.Status = slug
		}
		any = append(any, holds)
	}
	s.tests = append(s.tests, anyOf(any))
	return nil
}

// statusTest understands one status word, and gives the slug where it means one status only. "done" always means every
// final column; "open" gives way to a column of that name.
func (d *Desk) statusTest(ctx context.Context, project kaneo.Project, ref string) (test, string, error) {
	switch words(ref) {
	case AnyOne, "any":
		return func(Card) bool { return true }, "", nil
	case Done:
		return func(c Card) bool { return c.Status.Done }, "", nil
	}
	status, err := d.status(ctx, project, ref)
	if missing(err) && words(ref) == Open {
		return isOpen, "", nil
	}
	return func(c Card) bool { return c.Status.Slug == status.Slug }, status.Slug, err
}

func isOpen(c Card) bool { return !c.Status.Done && c.Status.Slug != Archived }

func (d *Desk) sievePriorities(_ context.Context, _ kaneo.Project, f Filter, s *sieve) error {
	var wanted []kaneo.Priority
	for _, ref := range f.Priorities {
		p, err := Priority(ref)
		if err != nil {
			return err
		}
		wanted = append(wanted, p)
	}
	if len(wanted) == 1 {
		s.query.Priority = wanted[0]
	}
	if len(wanted) > 1 {
		s.tests = append(s.tests, func(c Card) bool { return slices.Contains(wanted, c.Task.Priority) })
	}
	return nil
}

func (d *Desk) sieveAssignees(ctx context.Context, project kaneo.Project, f Filter, s *sieve) error {
	var ids []string
	for _, ref := range f.Assignees {
		if nobody(ref) {
			ids = append(ids, "")
			continue
		}
		person, err := d.Person(ctx, project.WorkspaceID, ref)
		if err != nil {
			return err
		}
		ids = append(ids, person.ID)
	}
	if len(ids) == 1 {
		s.query.AssigneeID = ids[0]
	}
	if len(ids) > 0 {
		s.tests = append(s.tests, func(c Card) bool { return slices.Contains(ids, c.Task.AssigneeID) })
	}
	return nil
}

func (d *Desk) sieveDates(_ context.Context, _ kaneo.Project, f Filter, s *sieve) error {
	if f.Overdue {
		s.tests = append(s.tests, d.Overdue)
	}
	if f.DueAfter != "" {
		from, err := d.Date(f.DueAfter)
		if err != nil {
			return err
		}
		s.query.DueAfter = from
	}
	if f.DueBefore != "" {
		until, err := d.Date(f.DueBefore)
		if err != nil {
			return err
		}
		s.query.DueBefore = d.endOfDay(until)
	}
	return nil
}

// endOfDay is the last moment of a date's day, so that "due by Friday" includes Friday. A time of day is kept.
func (d *Desk) endOfDay(t time.Time) time.Time {
	day := t.In(d.zone)
	if !t.Equal(startOfDay(day, d.zone)) {
		return t
	}
	return startOfDay(calendarDay(day).AddDate(0, 0, 1), d.zone).Add(-time.Millisecond)
}

// Overdue tells whether a task was due before today and is still open.
func (d *Desk) Overdue(c Card) bool {
	return !c.Task.DueDate.IsZero() && c.Task.DueDate.Before(d.Today()) && isOpen(c)
}

func carriesLabel(names []string) test {
	return func(c Card) bool {
		if len(c.Task.Labels) == 0 {
			return slices.ContainsFunc(names, func(name string) bool { return words(name) == none })
		}
		return slices.ContainsFunc(c.Task.Labels, func(l kaneo.Label) bool {
			return containsWords(names, words(l.Name))
		})
	}
}

func mentions(text string) test {
	return func(c Card) bool {
		return strings.Contains(strings.ToLower(c.Task.Title), text) ||
			strings.Contains(strings.ToLower(c.Task.Description), text)
	}
}

func anyOf(tests []test) test {
	return func(c Card) bool {
		return slices.ContainsFunc(tests, func(holds test) bool { return holds(c) })
	}
}
