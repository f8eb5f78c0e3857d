package board

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// tense says on which side of today a day without a year, or a month, is meant.
type tense bool

const (
	coming tense = false // the next one that is not over
	past   tense = true  // the last one that has begun
)

// ahead reads days to come.
func ahead(read func(string, time.Time, tense) (time.Time, bool)) dayReader {
	return func(text string, today time.Time) (time.Time, bool) { return read(text, today, coming) }
}

// spoken brings what people say into the forms that are read here: "in the next two weeks" is "next 2 weeks", and "more than
// a month ago" is "before 1 month ago".
func spoken(text string) string {
	said := strings.Fields(strings.ToLower(text))
	for i, word := range said {
		if i+1 < len(said) && isUnit(said[i+1]) {
			said[i] = inDigits(word)
		}
	}
	text = strings.Join(said, " ")
	for _, form := range [][2]string{
		{"in the ", ""}, {"within the ", ""}, {"within ", "next "}, {"more than ", "before "}, {"over ", "before "},
	} {
		if rest, ok := strings.CutPrefix(text, form[0]); ok {
			text = form[1] + rest
			break
		}
	}
	return strings.TrimPrefix(strings.ReplaceAll(text, " the ", " "), "the ")
}

func isUnit(word string) bool {
	return slices.Contains([]string{"day", "week", "month", "year"}, strings.TrimSuffix(word, "s"))
}

func inDigits(word string) string {
	if word == "a" || word == "an" {
		return "1"
	}
	n := slices.Index(strings.Fields("zero one two three four five six seven eight nine ten eleven twelve"), word)
	if n < 0 {
		return word
	}
	return strconv.Itoa(n)
}

// ordinal finds what may stand behind the number of a day: the "rd of" of "3rd of december".
var ordinal = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(\d)(?:st|nd|rd|th)?,?(?: of)? `) })

// monthDay understands "15 december", "dec 3rd", "3 dec 2027", "30.11." and "30.11.2026".
func monthDay(text string, today time.Time, side tense) (time.Time, bool) {
	text = strings.TrimSpace(ordinal().ReplaceAllString(text+" ", "$1 "))
	if day, ok := inLayout(text, "2 Jan", "Jan 2", "2 January", "January 2", "2. January", "2.1."); ok {
		first, _ := nearest(today, side, func(year int) (first, last time.Time) {
			first = time.Date(year, day.Month(), day.Day(), 0, 0, 0, 0, time.UTC)
			return first, first
		})
		return first, first.Day() == day.Day()
	}
	return inLayout(text, "2 Jan 2006", "Jan 2 2006", "2 January 2006", "January 2 2006", "2. January 2006", "2.1.2006")
}

// monthSpan understands "december", "dec 2027" and "2026-12".
func monthSpan(text string, today time.Time, side tense) (first, last time.Time, ok bool) {
	if month, ok := inLayout(text, "January", "Jan"); ok {
		first, last = nearest(today, side, func(year int) (first, last time.Time) {
			first = time.Date(year, month.Month(), 1, 0, 0, 0, 0, time.UTC)
			return first, first.AddDate(0, 1, -1)
		})
		return first, last, true
	}
	first, ok = inLayout(text, "January 2006", "Jan 2006", "2006-01")
	return first, first.AddDate(0, 1, -1), ok
}

func inLayout(text string, layouts ...string) (time.Time, bool) {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// nearest is a span of every year in the year that is meant.
func nearest(today time.Time, side tense, in func(year int) (first, last time.Time)) (first, last time.Time) {
	first, last = in(today.Year())
	switch {
	case side == coming && last.Before(today):
		return in(today.Year() + 1)
	case side == past && first.After(today):
		return in(today.Year() - 1)
	}
	return first, last
}

// namedSpan understands a stretch of the calendar that has a name, and a week at either end of it.
func namedSpan(text string, today time.Time, side tense) (first, last time.Time, ok bool) {
	if first, last, ok := calendarSpan(text, today); ok {
		return first, last, true
	}
	which, of, weekOf := strings.Cut(text, " week of ")
	if !weekOf {
		return monthSpan(text, today, side)
	}
	first, last, ok = namedSpan(of, today, side)
	switch which {
	case "first":
		return first, first.AddDate(0, 0, 6), ok
	case "last":
		return last.AddDate(0, 0, -6), last, ok
	}
	return first, last, false
}

// edgeDay understands "end of next month", "start of december", "end of the year". A week is over on Friday.
func edgeDay(text string, today time.Time, side tense) (time.Time, bool) {
	edge, of, _ := strings.Cut(text, " of ")
	if isUnit(of) || of == "quarter" {
		of = "this " + of
	}
	first, last, ok := namedSpan(of, today, side)
	switch {
	case !ok:
	case edge == "start", edge == "beginning":
		return first, true
	case edge == "end" && strings.HasSuffix(of, " week"):
		return last.AddDate(0, 0, -2), true
	case edge == "end":
		return last, true
	}
	return time.Time{}, false
}
