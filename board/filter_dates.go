package board

import (
	"context"
	"time"

	"kaneo-mcp/kaneo"
)

func (d *Desk) sieveDates(_ context.Context, _ kaneo.Project, f Filter, s *sieve) error {
	if f.Overdue {
		s.tests = append(s.tests, d.Overdue)
	}
	for _, date := range []struct {
		window string
		read   func(string) (Window, error)
		sieve  func(Window)
	}{
		{f.Due, d.ComingWindow, s.due},
		{f.Created, d.PastWindow, s.created},
		{f.Changed, d.PastWindow, s.changed},
		{f.Finished, d.PastWindow, s.finished},
	} {
		if date.window == "" {
			continue
		}
		w, err := date.read(date.window)
		if err != nil {
			return err
		}
		date.sieve(w)
	}
	return nil
}

func (s *sieve) due(w Window) {
	s.query.DueAfter, s.query.DueBefore = w.From, w.Until
	s.tests = append(s.tests, func(c Card) bool { return w.holds(c.Task.DueDate) })
}

func (s *sieve) created(w Window) {
	s.tests = append(s.tests, func(c Card) bool { return w.holds(c.Task.CreatedAt) })
}

func (s *sieve) changed(w Window) {
	s.changes = true
	s.tests = append(s.tests, func(c Card) bool { return w.holds(c.Task.UpdatedAt) })
}

// finished keeps the tasks whose history is worth reading: finishing one changes it.
func (s *sieve) finished(w Window) {
	s.changes = true
	s.tests = append(s.tests, func(c Card) bool {
		return !c.IsOpen() && !c.Task.UpdatedAt.Before(w.From) && (w.Until.IsZero() || !c.Task.CreatedAt.After(w.Until))
	})
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
	return !c.Task.DueDate.IsZero() && c.Task.DueDate.Before(d.Today()) && c.IsOpen()
}
