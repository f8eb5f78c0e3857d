package board_test

import (
	"fmt"
	"strings"
	"testing"

	"kaneo-mcp/board"
)

// In the seed WEB-2 blocks WEB-1, and WEB-4 is a subtask of WEB-3.
func TestStandings(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	list := func(s board.Standing) string {
		t.Helper()
		got, err := desk.List(t.Context(), "", []string{"WEB"}, board.Filter{Standing: s})
		if err != nil {
			t.Fatal(err)
		}
		for _, card := range got.Cards {
			if len(got.Ties[card.Task.ID]) == 0 {
				t.Errorf("%s: nothing told of %s", s, card.Key())
			}
		}
		board.Sort(got.Cards, board.ByKey)
		return keys(got.Cards)
	}
	expect := func(when string, want map[board.Standing]string) {
		t.Helper()
		for s, keys := range want {
			if got := list(s); got != keys {
				t.Errorf("%s, %s: %q, want %q", when, s, got, keys)
			}
		}
	}
	expect("at first", map[board.Standing]string{board.Blocked: "WEB-1", board.Blocking: "WEB-2", board.OpenSubtasks: "WEB-3", board.SubtasksDone: ""})
	change(t, desk, "WEB-4", board.Change{Status: "done"})
	change(t, desk, "WEB-2", board.Change{Status: "archived"})
	expect("later", map[board.Standing]string{board.Blocked: "", board.Blocking: "", board.OpenSubtasks: "", board.SubtasksDone: "WEB-3"})
	_, err := desk.List(t.Context(), "", []string{"WEB"}, board.Filter{Standing: "lonely"})
	says(t, err, `No relation "lonely". There is: blocked, blocking`)
}

// TestStandingsToOneTask reads the relations of that one alone.
func TestStandingsToOneTask(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	if _, _, err := desk.Link(t.Context(), "WEB-3", board.LinkRelated, []string{"API-1"}); err != nil {
		t.Fatal(err)
	}
	for standing, want := range map[board.Standing]string{
		"subtask of WEB-3": "WEB-4", "Subtask_of web-3": "WEB-4", "subtask of Redesign the pricing page": "WEB-4", "parent of WEB-4": "WEB-3",
		"blocks WEB-1": "WEB-2", "blocked by WEB-2": "WEB-1", "blocked by WEB-1": "", "related to WEB-3": "API-1", "related API-1": "WEB-3",
	} {
		o.wire.take()
		got, err := desk.List(t.Context(), "", nil, board.Filter{Standing: standing})
		if err != nil || keys(got.Cards) != want {
			t.Errorf("%s: %q, %v, want %q", standing, keys(got.Cards), err, want)
		}
		var asked int
		for _, sent := range o.wire.take() {
			if strings.HasPrefix(sent, "GET /task-relation/") {
				asked++
			}
		}
		if asked != 1 {
			t.Errorf("%s: asked for the relations of %d tasks", standing, asked)
		}
	}
	for standing, want := range map[board.Standing]string{
		"subtask of": `No relation "subtask of"`, "subtask of WEB-99": "There is no task WEB-99", "child of WEB-3": "No relation",
	} {
		_, err := desk.List(t.Context(), "", nil, board.Filter{Standing: standing})
		says(t, err, want)
	}
}

func TestStandingsOfTooMany(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.kaneo.SeedTasks(o.Project("WEB").ID, 750)
	desk := o.desk(t, "owner")
	_, err := desk.List(t.Context(), "", []string{"WEB"}, board.Filter{Standing: board.Blocked})
	says(t, err, "500 at most: narrow by")
	o.wire.take()
	got, err := desk.List(t.Context(), "", []string{"WEB"}, board.Filter{Standing: board.Blocked, Labels: []string{"bug"}})
	if err != nil || keys(got.Cards) != "WEB-1" || got.Ties[got.Cards[0].Task.ID][0].Card.Key() != "WEB-2" {
		t.Errorf("%q, %v", keys(got.Cards), err)
	}
	var asked int
	for _, sent := range o.wire.take() {
		if strings.HasPrefix(sent, "GET /task-relation/") {
			asked++
		}
	}
	if asked != 6 { // the open bugs
		t.Errorf("asked for the relations of %d tasks", asked)
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	listing, err := newOffice(t).desk(t, "owner").List(t.Context(), "", nil, board.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for by, want := range map[board.Grouping]string{
		board.PerStatus:   "To Do 12, In Progress 5, In Review 4, planned 2",
		board.PerAssignee: "nobody 11, Grace Hopper 7, Ada Lovelace 5",
		board.PerProject:  "WEB Website 17, API Backend 6",
		board.PerPriority: "",
		board.PerLabel:    "",
	} {
		var got []string
		var sum int
		for _, tally := range board.Count(listing.Cards, by) {
			got = append(got, fmt.Sprint(tally.Name, " ", len(tally.Cards)))
			sum += len(tally.Cards)
		}
		if text := strings.Join(got, ", "); want != "" && text != want {
			t.Errorf("by %s: %s", by, text)
		}
		if by != board.PerLabel && sum != len(listing.Cards) || sum < len(listing.Cards) {
			t.Errorf("by %s: %d of %d tasks", by, sum, len(listing.Cards))
		}
	}
}
