package sandbox

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// dateForms are what JavaScript's Date makes of a text, as far as a client may
// come upon it; without a zone it is UTC (kaneo-api.md §2, Timestamps).
func dateForms() []string {
	return []string{
		time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04",
		"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02", "2006-01", "2006",
		"1/2/2006", "1/2/2006 15:04", "2006/1/2", "Jan 2, 2006", "2 Jan 2006", "Jan 2 2006", "January 2, 2006",
		time.RFC1123, time.RFC1123Z,
	}
}

// readDate reads a text the way JavaScript's Date does.
func readDate(s string) (stamp, bool) {
	s = strings.TrimSpace(s)
	for _, form := range dateForms() {
		if t, err := time.Parse(form, s); err == nil {
			return stamp{t.UTC().Truncate(time.Millisecond)}, true
		}
	}
	// A lone month: "1" is the first of January 2001.
	if month, err := strconv.Atoi(s); err == nil && month >= 1 && month <= 12 {
		return stamp{time.Date(2001, time.Month(month), 1, 0, 0, 0, 0, time.UTC)}, true
	}
	return stamp{}, false
}

// wantDate reads a date that was sent; nil is none.
func wantDate(name string, sent *string) (stamp, error) {
	if sent == nil {
		return stamp{}, nil
	}
	if strings.TrimSpace(*sent) == "" {
		return stamp{}, bad(name + " cannot be an empty string. Please provide a valid date or omit the field.")
	}
	date, readable := readDate(*sent)
	if !readable {
		return stamp{}, bad(fmt.Sprintf(`Invalid %s "%s". Please provide a valid date string (e.g. "2025-01-15" or "2024-02-28T06:14:00.000Z").`, name, *sent))
	}
	return date, nil
}

// wantRange reads both dates of a task and wants them in order.
func wantRange(start, due *string) (startDate, dueDate stamp, err error) {
	if startDate, err = wantDate("startDate", start); err != nil {
		return
	}
	if dueDate, err = wantDate("dueDate", due); err != nil {
		return
	}
	if !startDate.IsZero() && !dueDate.IsZero() && startDate.After(dueDate.Time) {
		err = bad("Start date cannot be after due date. Please adjust the date range.")
	}
	return
}
