package board

import (
	"context"
	"time"

	"kaneo-mcp/kaneo"
)

// Effort is what to log, in the words a person would use: a duration, or from and to, or one of them with a duration.
type Effort struct {
	Duration, From, To string
	Day                string // default: today
	Description        string
}

// Logged is an entry as it was written.
type Logged struct {
	Card       Card
	Entry      kaneo.TimeEntry
	Unreckoned bool // Kaneo has not worked out the duration; the times are right
}

// workdayStart is when work on another day is taken to have begun if nobody says.
const workdayStart = 9 * time.Hour

// LogTime logs finished work on a task. Kaneo reckons a duration only when an entry is changed, so it is written and then
// written again (kaneo-api.md §8). Entries cannot be deleted, so a failure of the second write is not one of the whole.
func (d *Desk) LogTime(ctx context.Context, ref string, w Effort) (Logged, error) {
	start, end, err := d.stretch(w)
	if err != nil {
		return Logged{}, err
	}
	card, err := d.Card(ctx, ref)
	if err != nil {
		return Logged{}, err
	}
	entry, err := d.kaneo.AddTimeEntry(ctx, card.Task.ID, start, end, Plain(w.Description))
	if err != nil {
		return Logged{}, d.refusal(ctx, err, card.Project.WorkspaceID, logTime)
	}
	reckoned, err := d.kaneo.UpdateTimeEntry(ctx, entry.ID, start, end, Plain(w.Description))
	if err != nil {
		return Logged{card, entry, true}, nil
	}
	return Logged{card, reckoned, false}, nil
}

// stretch is when the work began and ended.
func (d *Desk) stretch(w Effort) (start, end time.Time, err error) {
	day, span, err := d.dayAndSpan(w)
	if err != nil {
		return start, end, err
	}
	if w.From != "" {
		if start, err = d.moment(w.From, day); err != nil {
			return start, end, err
		}
	}
	if w.To != "" {
		if end, err = d.moment(w.To, day); err != nil {
			return start, end, err
		}
	}
	switch given := [3]bool{span > 0, w.From != "", w.To != ""}; given {
	case [3]bool{true, false, false}:
		start, end = d.unplaced(day, w.Day != "", span)
	case [3]bool{true, true, false}:
		end = start.Add(span)
	case [3]bool{true, false, true}:
		start = end.Add(-span)
	case [3]bool{false, true, true}:
	default:
		return start, end, mistakef("Give a duration, or from and to, or one of these with a duration.")
	}
	return start, end, d.sensible(start, end)
}

func (d *Desk) dayAndSpan(w Effort) (day time.Time, span time.Duration, err error) {
	day = d.Today()
	if w.Day != "" {
		if day, err = d.Date(w.Day); err != nil {
			return day, 0, err
		}
	}
	if w.Duration != "" {
		span, err = Span(w.Duration)
	}
	return day, span, err
}

// unplaced puts work of which only the length is known: it has just ended, or was done from nine on another day.
func (d *Desk) unplaced(day time.Time, named bool, span time.Duration) (start, end time.Time) {
	now := d.now().Truncate(time.Minute)
	if !named || d.Day(day) == d.Day(now) {
		return now.Add(-span), now
	}
	day = day.In(d.zone)
	start = time.Date(day.Year(), day.Month(), day.Day(), int(workdayStart.Hours()), 0, 0, 0, d.zone)
	return start, start.Add(span)
}

// sensible refuses what Kaneo would take (kaneo-api.md §8 Time entries).
func (d *Desk) sensible(start, end time.Time) error {
	switch {
	case !start.Before(end):
		return mistakef("The work would end (%s) before it began (%s).", d.Minute(end), d.Minute(start))
	case end.Sub(start) > longestSpan:
		return mistakef("That is more than 24 hours: log each day by itself.")
	case end.After(d.now().Add(time.Minute)):
		return mistakef("The work would end in the future (%s).", d.Minute(end))
	}
	return nil
}
