package board

import (
	"context"
	"slices"
	"strings"

	"kaneo-mcp/kaneo"
)

// Filter says which tasks are meant, in the words a person would use. Empty fields do not filter; the others must all
// hold. Within a list, one that fits is enough.
type Filter struct {
	Statuses   []string // names of columns, or open, done, planned, archived, all; none: open
	Priorities []string
	Assignees  []string // people, me, or nobody
	Labels     []string // names, or none
	Text       string   // words that must all occur in the title or the description, letter case aside
	Overdue    bool     // due before today and not done

	Due      string // window of days to come, or none ([Desk.ComingWindow])
	Created  string // window of days that have passed ([Desk.PastWindow]), like the others
	Changed  string // when it was last changed, by other than comments, labels and relations
	Finished string // when it was last moved into a final column; without statuses, done or archived meanwhile

	Standing Standing // to other tasks
}

func (f Filter) empty() bool {
	return len(f.Statuses)+len(f.Priorities)+len(f.Assignees)+len(f.Labels) == 0 && !f.Overdue &&
		f.Text+f.Due+f.Created+f.Changed+f.Finished+string(f.Standing) == ""
}

// The words for sets of statuses, beside the statuses' own names.
const (
	Open   = "open" // neither in a final column nor archived; planned tasks count
	Done   = "done" // in a final column, whatever it is called
	AnyOne = "all"  // every status, archived too
	none   = "none" // of labels: without any, unless there is one of that name
)

// test decides about one task.
type test func(Card) bool

// sieve is a filter whose references have been resolved for one project.
type sieve struct {
	query kaneo.BoardFilter // the part that Kaneo itself can do
	tests []test            // the rest

	changes bool // some test needs to know when a task was last changed, which boards do not tell (kaneo-api.md §7)
	excuse  excuse
	nothing bool // no task of the project can pass
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
func (d *Desk) sieve(ctx context.Context, project kaneo.Project, f Filter, excuse excuse) (sieve, error) {
	s := sieve{excuse: excuse}
	for _, add := range []func(context.Context, kaneo.Project, Filter, *sieve) error{
		d.sieveStatuses, d.sievePriorities, d.sieveAssignees, d.sieveLabels, d.sieveDates,
	} {
		if err := add(ctx, project, f, &s); err != nil {
			return s, err
		}
	}
	if every := strings.Fields(f.Text); len(every) > 0 {
		s.tests = append(s.tests, func(c Card) bool { return containsAll(c.Task.Title+"\n"+c.Task.Description, every) })
	}
	return s, nil
}

func (d *Desk) sieveStatuses(ctx context.Context, project kaneo.Project, f Filter, s *sieve) error {
	if len(f.Statuses) == 0 {
		s.tests = append(s.tests, func(c Card) bool { return c.IsOpen() == (f.Finished == "") })
		return nil
	}
	accepted, err := known(s, "status", f.Statuses, func(ref string) (test, error) {
		holds, slug, err := d.statusTest(ctx, project, ref)
		if len(f.Statuses) == 1 {
			s.query.Status = slug
		}
		return holds, err
	})
	s.tests = append(s.tests, anyOf(accepted))
	return err
}

// known resolves the words of one list, and leaves out those that are excused.
func known[T any](s *sieve, what string, refs []string, resolve func(string) (T, error)) ([]T, error) {
	var found []T
	for _, ref := range refs {
		one, err := resolve(ref)
		if err == nil {
			found = append(found, one)
			continue
		}
		if err := s.excuse(what+" "+words(ref), err); err != nil {
			return nil, err
		}
	}
	s.nothing = s.nothing || len(refs) > len(found) && len(found) == 0
	return found, nil
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
		return Card.IsOpen, "", nil
	}
	return func(c Card) bool { return c.Status.Slug == status.Slug }, status.Slug, err
}

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
	ids, err := known(s, "person", f.Assignees, func(ref string) (string, error) {
		if nobody(ref) {
			return "", nil
		}
		person, err := d.Person(ctx, project.WorkspaceID, ref)
		return person.ID, err
	})
	if len(ids) == 1 {
		s.query.AssigneeID = ids[0]
	}
	if len(f.Assignees) > 0 {
		s.tests = append(s.tests, func(c Card) bool { return slices.Contains(ids, c.Task.AssigneeID) })
	}
	return err
}

// sieveLabels compares names: a task carries copies, whose ids are their own (kaneo-api.md §8).
func (d *Desk) sieveLabels(ctx context.Context, project kaneo.Project, f Filter, s *sieve) error {
	names, err := known(s, "label", f.Labels, func(ref string) (string, error) {
		label, err := d.label(ctx, project.WorkspaceID, ref)
		if missing(err) && words(ref) == none {
			return "", nil
		}
		return label.Name, err
	})
	if len(f.Labels) > 0 {
		s.tests = append(s.tests, carriesLabel(names))
	}
	return err
}

// carriesLabel tests for any of some labels; the empty name is that of having none.
func carriesLabel(names []string) test {
	return func(c Card) bool {
		if len(c.Task.Labels) == 0 {
			return slices.Contains(names, "")
		}
		return slices.ContainsFunc(c.Task.Labels, func(l kaneo.Label) bool { return slices.Contains(names, l.Name) })
	}
}

func anyOf(tests []test) test {
	return func(c Card) bool {
		return slices.ContainsFunc(tests, func(holds test) bool { return holds(c) })
	}
}
