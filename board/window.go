package board

import (
	"regexp"
	"strings"
	"sync"
	"time"
)

// Window is a span of days, both ends included, or what stands for having no date at all. An end that is the zero time is
// open.
type Window struct {
	From, Until time.Time
	None        bool
}

// holds tells whether a moment lies within; the zero time is that of having no date.
func (w Window) holds(at time.Time) bool {
	if w.None || at.IsZero() {
		return w.None && at.IsZero()
	}
	return !at.Before(w.From) && (w.Until.IsZero() || !at.After(w.Until))
}

// String says the days, such as "2026-11-23 to 2026-11-29".
func (w Window) String() string {
	from, until := w.From.Format(time.DateOnly), w.Until.Format(time.DateOnly)
	switch {
	case w.None:
		return none
	case w.From.IsZero():
		return "until " + until
	case w.Until.IsZero():
		return "from " + from
	case from == until:
		return "on " + from
	}
	return from + " to " + until
}

// windowForms is what an error offers to somebody whose window was not understood.
const windowForms = "Use today, this week, last 7 days, next 3 days, before friday, since monday, until 2026-12-15, " +
	"or 2026-12-01..2026-12-15 with either end left out"

// ComingWindow reads the days that are meant by a window of dates that lie ahead: "friday" is the next one to come. The word
// none stands for no date.
func (d *Desk) ComingWindow(text string) (Window, error) {
	if words(text) == none {
		return Window{None: true}, nil
	}
	return d.window(text, windowReader{d, d.Date, coming}, windowForms+"; or none.")
}

// PastWindow reads the days that are meant by a window of dates that have passed: "friday" is the last one to have begun.
func (d *Desk) PastWindow(text string) (Window, error) {
	return d.window(text, windowReader{d, func(text string) (time.Time, error) {
		if day, ok := d.pastDay(text); ok {
			return day, nil
		}
		return d.Date(text)
	}, past}, windowForms+".")
}

// window reads both ends. Weeks begin on Monday, and days where the person is.
func (d *Desk) window(text string, reader windowReader, forms string) (Window, error) {
	text = spoken(text)
	w, ok := reader.read(text)
	if !ok {
		return w, mistakef("No window of time in %q. %s", short(text), forms)
	}
	if !w.Until.IsZero() && w.Until.Before(w.From) {
		return w, mistakef("%q ends (%s) before it begins (%s).", short(text), d.Day(w.Until), d.Day(w.From))
	}
	return w, nil
}

// windowReader reads windows of days.
type windowReader struct {
	desk *Desk
	date func(string) (time.Time, error)
	side tense
}

func (r windowReader) read(text string) (Window, bool) {
	if from, until, ok := strings.Cut(strings.ReplaceAll(text, " to ", ".."), ".."); ok {
		return r.between(strings.TrimSpace(from), strings.TrimSpace(until))
	}
	if word, rest, ok := strings.Cut(text, " "); ok {
		if w, ok := r.fromOrUntil(word, rest); ok {
			return w, true
		}
	}
	return r.span(text)
}

func (r windowReader) between(from, until string) (w Window, ok bool) {
	if from+until == "" {
		return w, false
	}
	for _, end := range []struct {
		text string
		put  func(Window)
	}{{from, func(s Window) { w.From = s.From }}, {until, func(s Window) { w.Until = s.Until }}} {
		if end.text == "" {
			continue
		}
		s, ok := r.span(end.text)
		if !ok {
			return w, false
		}
		end.put(s)
	}
	return w, true
}

// fromOrUntil understands windows with one end. As people say it, before and after leave the day out that they name.
func (r windowReader) fromOrUntil(word, rest string) (Window, bool) {
	s, ok := r.span(rest)
	switch word {
	case "since", "from":
		return Window{From: s.From}, ok
	case "until", "till", "by":
		return Window{Until: s.Until}, ok
	case "before":
		return Window{Until: s.From.Add(-time.Millisecond)}, ok
	case "after":
		return Window{From: s.Until.Add(time.Millisecond)}, ok
	}
	return Window{}, false
}

// span understands what has both ends: a week, a month, some days on or back, or one day.
func (r windowReader) span(text string) (Window, bool) {
	today := calendarDay(r.desk.now().In(r.desk.zone))
	if first, last, ok := namedSpan(text, today, r.side); ok {
		return r.days(first, last), plausible(first) == nil
	}
	if first, last, ok := runningSpan(text, today); ok {
		return r.days(first, last), true
	}
	day, err := r.date(text)
	return Window{From: day.In(r.desk.zone), Until: r.desk.endOfDay(day).In(r.desk.zone)}, err == nil
}

func (r windowReader) days(first, last time.Time) Window {
	zone := r.desk.zone
	return Window{From: startOfDay(first, zone), Until: r.desk.endOfDay(startOfDay(last, zone))}
}

// calendarSpan understands "this week", "next weekend", "last month", "next quarter" and "this year".
func calendarSpan(text string, today time.Time) (first, last time.Time, ok bool) {
	which, unit, _ := strings.Cut(text, " ")
	by, ok := map[string]int{"last": -1, "this": 0, "next": 1}[which]
	if !ok {
		return first, last, false
	}
	switch unit {
	case "week":
		first = monday(today).AddDate(0, 0, 7*by)
		return first, first.AddDate(0, 0, 6), true
	case "weekend":
		first = monday(today).AddDate(0, 0, 7*by+5)
		return first, first.AddDate(0, 0, 1), true
	case "month":
		first = time.Date(today.Year(), today.Month()+time.Month(by), 1, 0, 0, 0, 0, time.UTC)
		return first, first.AddDate(0, 1, -1), true
	case "quarter":
		first = time.Date(today.Year(), (today.Month()-1)/3*3+1+time.Month(3*by), 1, 0, 0, 0, 0, time.UTC)
		return first, first.AddDate(0, 3, -1), true
	case "year":
		first = time.Date(today.Year()+by, 1, 1, 0, 0, 0, 0, time.UTC)
		return first, first.AddDate(1, 0, -1), true
	}
	return first, last, false
}

// running finds "last 7 days", "next 2 weeks", "-7d" and "+2w".
var running = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(last |past |next |[+-]) ?(\d{1,4} ?[dwmy][a-z]*)$`)
})

// runningSpan is that many days back from today, or on from it; today counts too.
func runningSpan(text string, today time.Time) (first, last time.Time, ok bool) {
	m := running().FindStringSubmatch(text)
	if m == nil {
		return first, last, false
	}
	sign := "-"
	if m[1] == "+" || m[1] == "next " {
		sign = "+"
	}
	end, ok := relativeDay(sign+m[2], today)
	if sign == "+" {
		return today, end, ok && plausible(end) == nil
	}
	return end, today, ok && plausible(end) == nil
}
