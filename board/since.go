package board

import (
	"strings"
	"time"
)

// Since understands from when on something is looked at: a date or time that has passed, and the plain words people use
// for such. A weekday is the last one to have begun; a length such as "1w", "last 3 days" or "4h" reaches
// back from now.
func (d *Desk) Since(text string) (time.Time, error) {
	text = spoken(text)
	if at, ok := d.pastDay(text); ok {
		return at, nil
	}
	if ago, err := time.ParseDuration(strings.TrimPrefix(text, "-")); err == nil {
		return d.now().Add(-ago), nil
	}
	text = strings.TrimPrefix(strings.TrimPrefix(text, "last "), "past ")
	m := shift().FindStringSubmatch(text)
	if m != nil && m[1] == "" && m[2] == "" {
		text = "-" + strings.TrimSuffix(text, " ago")
	}
	at, err := d.Date(text)
	if err != nil {
		return at, mistakef("No moment in %q. Use 2026-11-20, yesterday, monday, last week, -3d, -1w, 4h, or an RFC 3339 time.", short(text))
	}
	if at.After(d.now()) {
		return at, mistakef("%s has not come yet: give a moment that has passed.", d.Day(at))
	}
	return at, nil
}

// pastDay understands days, weeks and months that have begun.
func (d *Desk) pastDay(text string) (time.Time, bool) {
	today := calendarDay(d.now().In(d.zone))
	if first, _, ok := namedSpan(text, today, past); ok && !first.After(today) {
		return startOfDay(first, d.zone), true
	}
	for _, read := range []func(string, time.Time, tense) (time.Time, bool){edgeDay, monthDay} {
		if day, ok := read(text, today, past); ok && !day.After(today) {
			return startOfDay(day, d.zone), true
		}
	}
	name, last := strings.CutPrefix(text, "last ")
	day, ok := dayOfWeek(name)
	back := (int(today.Weekday()-day) + 7) % 7
	if last && back == 0 {
		back = 7
	}
	return startOfDay(today.AddDate(0, 0, -back), d.zone), ok
}

// Period reads from when until when something is looked at: from yesterday, and until now, unless it is said. A day, week or
// month at the end is meant whole.
func (d *Desk) Period(since, until string) (Period, error) {
	if since == "" {
		since = "yesterday"
	}
	p := Period{Until: d.now()}
	var err error
	if p.From, err = d.Since(since); err != nil {
		return p, err
	}
	if until != "" {
		if p.Until, err = d.Since(until); err != nil {
			return p, err
		}
		p.Until = d.endOfDay(p.Until)
		if _, last, ok := namedSpan(spoken(until), calendarDay(d.now().In(d.zone)), past); ok {
			p.Until = d.endOfDay(startOfDay(last, d.zone))
		}
	}
	if p.Until.Before(p.From) {
		return p, mistakef("The period ends (%s) before it begins (%s).", d.Minute(p.Until), d.Minute(p.From))
	}
	return p, nil
}
