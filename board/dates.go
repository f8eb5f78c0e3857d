package board

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// dateForms is what an error offers to somebody whose date was not understood.
const dateForms = `Use 2026-12-01, today, tomorrow, friday, next week, in 3 days, +2w, or an RFC 3339 time.`

// Date understands a date: 2026-12-01, an RFC 3339 time, and the plain words people use. A day begins at midnight in
// the person's time zone, which is what Kaneo's own date picker stores.
func (d *Desk) Date(text string) (time.Time, error) {
	text = spoken(text)
	if t, err := time.Parse(time.RFC3339, strings.ToUpper(text)); err == nil {
		return t, plausible(t)
	}
	today := calendarDay(d.now().In(d.zone))
	for _, read := range []dayReader{exactDay, namedDay, weekday, relativeDay, ahead(edgeDay), ahead(monthDay)} {
		if day, ok := read(text, today); ok {
			return startOfDay(day, d.zone), plausible(day)
		}
	}
	return time.Time{}, mistakef("No date in %q. %s", short(text), dateForms)
}

// dayReader reads a day in the words that it understands.
type dayReader func(text string, today time.Time) (time.Time, bool)

// plausible refuses years that are slips: Kaneo would take the year 1 or 20260.
func plausible(t time.Time) error {
	if t.Year() < 1970 || t.Year() > 2200 {
		return mistakef("The year %d is out of range: dates run from 1970 to 2200.", t.Year())
	}
	return nil
}

func exactDay(text string, _ time.Time) (time.Time, bool) {
	day, err := time.Parse(time.DateOnly, text)
	return day, err == nil
}

func namedDay(text string, today time.Time) (time.Time, bool) {
	switch text {
	case "today", "now", "tonight", "end of day":
		return today, true
	case "tomorrow":
		return today.AddDate(0, 0, 1), true
	case "yesterday":
		return today.AddDate(0, 0, -1), true
	case "next week":
		return today.AddDate(0, 0, 7), true
	case "next month":
		return addMonths(today, 1), true
	case "end of week", "end of this week":
		return comingDay(today, time.Friday, 0), true
	}
	return time.Time{}, false
}

// weekday understands "friday", "next friday", "friday next week" and "this friday". The named day is the next one to come,
// never today: on a Friday, "friday" is a week away; "next friday" is the one in the following calendar week.
func weekday(text string, today time.Time) (time.Time, bool) {
	if day, ok := strings.CutSuffix(text, " next week"); ok {
		text = "next " + strings.TrimPrefix(day, "on ")
	}
	name, next := strings.CutPrefix(text, "next ")
	day, ok := dayOfWeek(strings.TrimPrefix(strings.TrimPrefix(name, "this "), "on "))
	if next {
		return comingDay(monday(today).AddDate(0, 0, 6), day, 1), ok
	}
	return comingDay(today, day, 1), ok
}

// dayOfWeek understands "friday" and "fri".
func dayOfWeek(name string) (time.Weekday, bool) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if full := strings.ToLower(day.String()); name == full || name == full[:3] {
			return day, true
		}
	}
	return 0, false
}

// comingDay is the first day of that name at least so many days after a day.
func comingDay(from time.Time, day time.Weekday, atLeast int) time.Time {
	ahead := (int(day-from.Weekday()) + 7) % 7
	if ahead < atLeast {
		ahead += 7
	}
	return from.AddDate(0, 0, ahead)
}

func monday(day time.Time) time.Time {
	return day.AddDate(0, 0, -((int(day.Weekday()) + 6) % 7))
}

// shift finds "in 3 days", "+2w" and "2 weeks ago".
var shift = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(in )?([+-]?) ?(\d{1,4}) ?(d|days?|w|weeks?|m|months?|y|years?)( ago)?$`)
})

// relativeDay understands "in 3 days", "+2w", "-1m" and "2 weeks ago".
func relativeDay(text string, today time.Time) (time.Time, bool) {
	m := shift().FindStringSubmatch(text)
	if m == nil {
		return time.Time{}, false
	}
	n, _ := strconv.Atoi(m[3])
	if m[2] == "-" || m[5] != "" {
		n = -n
	}
	switch m[4][0] {
	case 'd':
		return today.AddDate(0, 0, n), true
	case 'w':
		return today.AddDate(0, 0, 7*n), true
	case 'm':
		return addMonths(today, n), true
	}
	return addMonths(today, 12*n), true
}

// isShift tells "+1w" and "-3 days", which move a date that is there, from the words that name a day.
func isShift(text string) bool {
	text = strings.TrimSpace(text)
	return text != "" && strings.ContainsRune("+-", rune(text[0]))
}

// shifted moves a date by days or months of the calendar; its time of day stays.
func (d *Desk) shifted(from time.Time, by string) (time.Time, error) {
	local := from.In(d.zone)
	day, ok := relativeDay(strings.ToLower(strings.TrimSpace(by)), calendarDay(local))
	if !ok {
		return time.Time{}, mistakef("%q is no shift of a date. Use +3d, -1w or +2m, or name a day.", short(by))
	}
	if local.Equal(startOfDay(local, d.zone)) {
		return startOfDay(day, d.zone), plausible(day)
	}
	hour, minute, second := local.Clock()
	return time.Date(day.Year(), day.Month(), day.Day(), hour, minute, second, local.Nanosecond(), d.zone), plausible(day)
}

// addMonths keeps the day of the month where there is one: a month after January 31 is the last of February.
func addMonths(day time.Time, n int) time.Time {
	first := time.Date(day.Year(), day.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(day.Day(), last)-1)
}

// calendarDay is a moment's date, reckoned in UTC, where every day has its midnight and 24 hours.
func calendarDay(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// startOfDay is the first moment that a date, as t tells it, has in a zone. Where the clocks go forward at midnight
// that is one o'clock, for which time.Date may give the last hour of the day before.
func startOfDay(t time.Time, zone *time.Location) time.Time {
	start := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, zone)
	if start.Day() != t.Day() {
		start = start.Add(time.Hour)
	}
	return start
}
