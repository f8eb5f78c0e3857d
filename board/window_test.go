package board_test

import (
	"strings"
	"testing"
	"time"

	"kaneo-mcp/board"
)

// TestWindows is on Tuesday, 24 November 2026.
func TestWindows(t *testing.T) {
	t.Parallel()
	desk := deskAt(t, "Europe/Berlin", "2026-11-24 10:00")
	for text, want := range map[string]string{
		"today":             "on 2026-11-24",
		"Tomorrow":          "on 2026-11-25",
		"friday":            "on 2026-11-27",
		"2026-12-01":        "on 2026-12-01",
		"in 3 days":         "on 2026-11-27",
		"this week":         "2026-11-23 to 2026-11-29",
		"next week":         "2026-11-30 to 2026-12-06",
		" Last  Week ":      "2026-11-16 to 2026-11-22",
		"this month":        "2026-11-01 to 2026-11-30",
		"next month":        "2026-12-01 to 2026-12-31",
		"last year":         "2025-01-01 to 2025-12-31",
		"last 7 days":       "2026-11-17 to 2026-11-24",
		"-7d":               "2026-11-17 to 2026-11-24",
		"next 3 days":       "2026-11-24 to 2026-11-27",
		"+2w":               "2026-11-24 to 2026-12-08",
		"before friday":     "until 2026-11-26",
		"until friday":      "until 2026-11-27",
		"by next week":      "until 2026-12-06",
		"before next week":  "until 2026-11-29",
		"before 3 days ago": "until 2026-11-20",
		"since 2026-11-20":  "from 2026-11-20",
		"after 2026-11-20":  "from 2026-11-21",
		"after this week":   "from 2026-11-30",

		"2026-12-01..2026-12-15":   "2026-12-01 to 2026-12-15",
		"2026-12-01 to 2026-12-15": "2026-12-01 to 2026-12-15",
		"..2026-12-15":             "until 2026-12-15",
		"today..":                  "from 2026-11-24",
		"this week .. next week":   "2026-11-23 to 2026-12-06",
		"None":                     "none",

		"in the next two weeks":        "2026-11-24 to 2026-12-08",
		"within a week":                "2026-11-24 to 2026-12-01",
		"more than two weeks ago":      "until 2026-11-09",
		"until the end of next month":  "until 2026-12-31",
		"end of November":              "on 2026-11-30",
		"December":                     "2026-12-01 to 2026-12-31",
		"october":                      "2027-10-01 to 2027-10-31",
		"feb 2027":                     "2027-02-01 to 2027-02-28",
		"2026-12":                      "2026-12-01 to 2026-12-31",
		"this quarter":                 "2026-10-01 to 2026-12-31",
		"this weekend":                 "2026-11-28 to 2026-11-29",
		"next quarter":                 "2027-01-01 to 2027-03-31",
		"last week of November":        "2026-11-24 to 2026-11-30",
		"the first week of next month": "2026-12-01 to 2026-12-07",
		"november..december":           "2026-11-01 to 2026-12-31",
		"before 24.12.":                "until 2026-12-23",
		"by december 3":                "until 2026-12-03",
		"from the start of next month": "from 2026-12-01",
	} {
		if got, err := desk.ComingWindow(text); err != nil || got.String() != want {
			t.Errorf("%q: %s, %v, want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"", "..", "soon", "before", "since whenever", "friday..soon", "last 7", "last 9999y", "2026-13-01", "2026-13", "0001-01", "first week of soon", "some week of december"} {
		_, err := desk.ComingWindow(text)
		says(t, err, "No window of time in", "Use today, this week", "or none.")
	}
}

// TestWindowsThatHavePassed is on the same day: weekdays are those that have begun.
func TestWindowsThatHavePassed(t *testing.T) {
	t.Parallel()
	desk := deskAt(t, "Europe/Berlin", "2026-11-24 10:00")
	for text, want := range map[string]string{
		"friday": "on 2026-11-20", "since monday": "from 2026-11-23", "since tuesday": "from 2026-11-24", "last friday": "on 2026-11-20",
		"last week": "2026-11-16 to 2026-11-22", "monday..today": "2026-11-23 to 2026-11-24",
		"october": "2026-10-01 to 2026-10-31", "since december": "from 2025-12-01", "november 3": "on 2026-11-03", "3.12.": "on 2025-12-03",
		"since the start of october": "from 2026-10-01", "until end of October": "until 2026-10-31", "by end of this month": "until 2026-11-30",
	} {
		if got, err := desk.PastWindow(text); err != nil || got.String() != want {
			t.Errorf("%q: %s, %v, want %s", text, got, err, want)
		}
	}
	_, err := desk.PastWindow("none")
	says(t, err, `No window of time in "none"`)
}

// TestFinished goes through ways into a final column, and out of it again.
func TestFinished(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	o.clock.move(48 * time.Hour)
	o.newTask(t, o.Project("API").ID, "made done", "done")
	for _, step := range [][2]string{
		{"WEB-1", "done"}, {"WEB-2", "done"}, {"WEB-2", "to do"}, {"WEB-3", "done"}, {"WEB-3", "archived"}, {"WEB-4", "archived"},
		{"WEB-14", "archived"}, {"WEB-15", "to do"}, {"WEB-15", "done"},
	} {
		change(t, desk, step[0], board.Change{Status: step[1]})
	}
	change(t, desk, "WEB-16", board.Change{Priority: "low"}) // was done before
	for window, want := range map[string]string{
		"today": "API-9 WEB-1 WEB-3 WEB-15", "-7d": "API-7 API-9 WEB-1 WEB-3 WEB-14 WEB-15 WEB-16 WEB-17 WEB-20", "before 2026-11-26": "API-7 WEB-14 WEB-16 WEB-17 WEB-20",
	} {
		got, err := desk.List(t.Context(), "", nil, board.Filter{Finished: window})
		board.Sort(got.Cards, board.ByKey)
		if err != nil || keys(got.Cards) != want {
			t.Errorf("%s: %s, %v, want %s", window, keys(got.Cards), err, want)
		}
	}
}

// TestFinishedReadsFewHistories, and says so where too many would be needed.
func TestFinishedReadsFewHistories(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.clock.move(48 * time.Hour)
	desk := o.desk(t, "owner")
	change(t, desk, "WEB-1", board.Change{Status: "done"})
	o.wire.take()
	if _, err := desk.List(t.Context(), "", []string{"WEB"}, board.Filter{Finished: "today"}); err != nil {
		t.Fatal(err)
	}
	var histories int
	for _, sent := range o.wire.take() {
		if strings.HasPrefix(sent, "GET /activity/") {
			histories++
		}
	}
	if histories != 1 { // nothing else that is done has changed since
		t.Errorf("%d histories were read", histories)
	}
	o.kaneo.SeedTasks(o.Project("WEB").ID, 3_500)
	_, err := desk.List(t.Context(), "", []string{"WEB"}, board.Filter{Finished: "today"})
	says(t, err, "tasks can have been finished then", "500 at most: narrow by")
}
