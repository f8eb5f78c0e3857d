package board

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// longestSpan is the most that is logged at once: more is a slip.
const longestSpan = 24 * time.Hour

var (
	hoursMinutes = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:(\d+(?:[.,]\d+)?) ?h(?:ours?|rs?)?)? ?(?:(\d+) ?(?:m|mins?|minutes?)?)?$`)
	})
	clockSpan = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(\d{1,2}):(\d{2})(?: ?h)?$`) })
)

// Span understands a length of time: 1h30m, 90m, 1.5h, 1:30.
func Span(text string) (time.Duration, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	var hours float64
	var minutes int
	if m := clockSpan().FindStringSubmatch(text); m != nil {
		hours, minutes = float64(atoi(m[1])), atoi(m[2])
	} else if m := hoursMinutes().FindStringSubmatch(text); m != nil && (m[1] != "" || strings.Contains(text, "m")) {
		hours, _ = strconv.ParseFloat(strings.ReplaceAll(m[1], ",", "."), 64)
		minutes = atoi(m[2])
	}
	span := (time.Duration(hours*float64(time.Hour)) + time.Duration(minutes)*time.Minute).Round(time.Minute)
	if span <= 0 || span > longestSpan {
		return 0, mistakef("%q is no duration up to 24 hours. Use 1h30m, 90m, 1.5h or 1:30.", short(text))
	}
	return span, nil
}

// moment understands a time of day on a day, "9:30", or an RFC 3339 time.
func (d *Desk) moment(text string, day time.Time) (time.Time, error) {
	text = strings.TrimSpace(text)
	if at, err := time.Parse(time.RFC3339, strings.ToUpper(text)); err == nil {
		return at, plausible(at)
	}
	if m := clockSpan().FindStringSubmatch(text); m != nil && atoi(m[1]) < 24 && atoi(m[2]) < 60 {
		day = day.In(d.zone)
		return time.Date(day.Year(), day.Month(), day.Day(), atoi(m[1]), atoi(m[2]), 0, 0, d.zone), nil
	}
	return time.Time{}, mistakef("%q is no time of day. Use 9:30, or an RFC 3339 time.", short(text))
}
