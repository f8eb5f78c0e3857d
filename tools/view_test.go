package tools

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

func TestViewsWordTheirErrorsInOnePlace(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for name, test := range map[string]struct {
		fill   func(*View)
		text   string
		failed bool
	}{
		"nothing":                     {func(*View) {}, "", false},
		"a line":                      {func(v *View) { v.Line("%d %s", 1, "%s") }, "1 %s", false},
		"all failed":                  {func(v *View) { v.Fail("WEB-1", broken); v.Fail("WEB-2", broken) }, "WEB-1: BROKEN\nWEB-2: BROKEN", true},
		"one failed":                  {func(v *View) { v.Done("WEB-1"); v.Fail("WEB-2", broken) }, "WEB-1\nWEB-2: BROKEN", false},
		"only lines beside a failure": {func(v *View) { v.Line("Dry run."); v.Fail("WEB-2", broken) }, "Dry run.\nWEB-2: BROKEN", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var v View
			test.fill(&v)
			if got := v.Text(func(err error) string { return strings.ToUpper(err.Error()) }); got != test.text || v.Failed() != test.failed {
				t.Errorf("%q, failed %t; want %q, %t", got, v.Failed(), test.text, test.failed)
			}
			if n := strings.Count(test.text, "BROKEN"); len(v.Errors()) != n {
				t.Errorf("errors %v, want %d", v.Errors(), n)
			}
		})
	}
}

func TestQuotesCoverEveryLine(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":         ">",
		"one":      "> one",
		"one\ntwo": "> one\n> two",
		"\n\n":     ">\n>\n>",
		"> nested": "> > nested",
	} {
		if got := quote(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestHistoryInWords has a row of each type that Kaneo writes, and one of a type that nobody knows.
func TestHistoryInWords(t *testing.T) {
	t.Parallel()
	desk := board.New(board.Options{Zone: time.UTC, Now: noon})
	for _, test := range []struct {
		row  kaneo.Activity
		want string
	}{
		{kaneo.Activity{Type: "created"}, "created it"},
		{kaneo.Activity{Type: "status_changed", Event: kaneo.Event{OldStatus: "to-do", NewStatus: "done"}}, "status to-do → done"},
		{kaneo.Activity{Type: "priority_changed", Event: kaneo.Event{OldPriority: "low", NewPriority: "high"}}, "priority low → high"},
		{kaneo.Activity{Type: "priority_changed", Event: kaneo.Event{OldPriority: "no-priority", NewPriority: "high"}}, "priority none → high"},
		{kaneo.Activity{Type: "priority_changed", Event: kaneo.Event{NewPriority: "high"}}, "priority → high"},
		{kaneo.Activity{Type: "due_date_changed", Event: kaneo.Event{NewDueDate: "2026-12-24T00:00:00.000Z"}}, "due → 2026-12-24"},
		{kaneo.Activity{Type: "due_date_changed", Event: kaneo.Event{OldDueDate: "2026-12-24T00:00:00.000Z"}}, "due 2026-12-24 → none"},
		{kaneo.Activity{Type: "due_date_changed", Event: kaneo.Event{NewDueDate: "soon"}}, "due → none"},
		{kaneo.Activity{Type: "title_changed", Event: kaneo.Event{OldTitle: "a\nb", NewTitle: strings.Repeat("x", 100)}}, "title a b → " + strings.Repeat("x", 79) + "…"},
		{kaneo.Activity{Type: "assignee_changed", Event: kaneo.Event{NewAssignee: "Ada"}}, "assignee → Ada"},
		{kaneo.Activity{Type: "unassigned"}, "unassigned it"},
		{kaneo.Activity{Type: "moved", Event: kaneo.Event{FromProjectName: "Website", ToProjectName: "Backend"}}, "project Website → Backend"},
		{kaneo.Activity{Type: "painted\npink"}, "painted pink"},
	} {
		if got := event(desk, board.Detail{}, test.row); got != test.want {
			t.Errorf("%s: %q, want %q", test.row.Type, got, test.want)
		}
	}
}

func TestWhoDidIt(t *testing.T) {
	t.Parallel()
	people := []kaneo.Member{{ID: "a", Name: "Ada\nLovelace"}}
	for want, row := range map[string]kaneo.Activity{
		"Ada Lovelace": {UserID: "a", ExternalUserName: "octocat"},
		"octocat":      {UserID: "gone", ExternalUserName: "octo\u200bcat"},
		"somebody":     {UserID: "gone"},
	} {
		if got := actor(row, people); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestTimeAndLinks are the parts that the seed has none of.
func TestTimeAndLinks(t *testing.T) {
	t.Parallel()
	desk := board.New(board.Options{Zone: time.UTC, Now: noon})
	at := func(hour int) time.Time { return time.Date(2026, 12, 1, hour, 0, 0, 0, time.UTC) }
	var v View
	v.time(desk, []kaneo.TimeEntry{
		{UserName: "Ada", StartTime: at(9), EndTime: at(10).Add(30 * time.Minute), Description: "Reading\nlogs"},
		{UserName: "Grace", StartTime: at(11), EndTime: at(10)}, // ends before it starts
		{UserName: "Grace", StartTime: at(12)},
	})
	v.links([]kaneo.Link{{Type: "pull_request", URL: "https://git.example/1", Title: "Fix\u202e it"}})
	want := `3 time entries:
in all 1:30 h
2026-12-01 09:00 Ada 1:30 h Reading logs
2026-12-01 11:00 Grace 0:00 h
2026-12-01 12:00 Grace running
1 link:
pull_request https://git.example/1 Fix it`
	if diff := cmp.Diff(want, v.Text(error.Error)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestGuestsAndKeysSayWhoTheyAre(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	v := o.visitor(o.Who("member").APIKey)
	if got, want := v.says("whoami", ``), "Grace Hopper <grace.hopper@example.com>, by API key.\nAcme (member)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	got, err := v.catalogue.SignedInAs(t.Context())
	if want := "Signed in as Grace Hopper <grace.hopper@example.com>."; got != want || err != nil {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
}
