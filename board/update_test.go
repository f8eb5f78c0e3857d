package board_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

// change makes one change to one task that must be possible.
func change(t *testing.T, d *board.Desk, ref string, c board.Change) board.Outcome {
	t.Helper()
	out, err := d.Update(t.Context(), []string{ref}, c)
	if err = cmp.Or(err, firstErr(out)); err != nil {
		t.Fatal(err)
	}
	return out[0]
}

func firstErr(out []board.Outcome) error {
	for _, o := range out {
		if o.Err != nil {
			return o.Err
		}
		for _, s := range o.Steps {
			if s.Err != nil {
				return s.Err
			}
		}
	}
	return nil
}

func TestChangeOfEachField(t *testing.T) {
	t.Parallel()
	berlin := zone(t, "Europe/Berlin")
	friday := time.Date(2026, 11, 27, 0, 0, 0, 0, berlin)
	tests := map[string]struct {
		change board.Change
		route  string
		step   board.Step
		holds  func(kaneo.Task) bool
	}{
		"title": {board.Change{Title: " New\ntitle\u200b "}, "PUT /task/title/", board.Step{What: "title", From: "Export invoices as CSV", To: "New title"},
			func(k kaneo.Task) bool { return k.Title == "New title" }},
		"description": {board.Change{Description: "a\n\n- b"}, "PUT /task/description/", board.Step{What: "description", To: "replaced"},
			func(k kaneo.Task) bool { return k.Description == "a\n\n- b" }},
		"no description": {board.Change{Clear: []board.Field{board.Description}}, "PUT /task/description/", board.Step{What: "description", To: "cleared"},
			func(k kaneo.Task) bool { return k.Description == "" }},
		"status": {board.Change{Status: "in progress"}, "PUT /task/status/", board.Step{What: "status", From: "In Review", To: "In Progress"},
			func(k kaneo.Task) bool { return k.Status == "in-progress" }},
		"planned": {board.Change{Status: "planned"}, "PUT /task/status/", board.Step{What: "status", From: "In Review", To: "planned"},
			func(k kaneo.Task) bool { return k.Status == "planned" }},
		"priority": {board.Change{Priority: "none"}, "PUT /task/priority/", board.Step{What: "priority", From: "high", To: "none"},
			func(k kaneo.Task) bool { return k.Priority == kaneo.NoPriority }},
		"assignee": {board.Change{Assignee: "grace"}, "PUT /task/assignee/", board.Step{What: "assignee", From: "Ada Lovelace", To: "Grace Hopper"},
			func(k kaneo.Task) bool { return k.AssigneeName == "Grace Hopper" }},
		"nobody": {board.Change{Assignee: "Nobody"}, "PUT /task/assignee/", board.Step{What: "assignee", From: "Ada Lovelace", To: "nobody"},
			func(k kaneo.Task) bool { return k.AssigneeID == "" && k.AssigneeName == "" }},
		"no assignee": {board.Change{Clear: []board.Field{board.Assignee}}, "PUT /task/assignee/", board.Step{What: "assignee", From: "Ada Lovelace", To: "nobody"},
			func(k kaneo.Task) bool { return k.AssigneeID == "" }},
		"due": {board.Change{Due: "in 3 days"}, "", board.Step{What: "due", To: "2026-11-27", Same: true}, // it is due at one o'clock that day
			func(k kaneo.Task) bool { return !k.DueDate.Equal(friday) }},
		"later": {board.Change{Due: "in 4 days"}, "PUT /task/due-date/", board.Step{What: "due", From: "2026-11-27", To: "2026-11-28"},
			func(k kaneo.Task) bool { return k.DueDate.Equal(friday.AddDate(0, 0, 1)) }},
		"due, moved": {board.Change{Due: "+1w"}, "PUT /task/due-date/", board.Step{What: "due", From: "2026-11-27", To: "2026-12-04"},
			func(k kaneo.Task) bool { return k.DueDate.Equal(friday.AddDate(0, 0, 7).Add(time.Hour)) }},
		"start, moved": {board.Change{Start: "-2d"}, "", board.Step{What: "start", Skipped: "not moved: there is none"}, nil},
		"due at": {board.Change{Due: "2026-11-27T16:00:00Z"}, "PUT /task/due-date/", board.Step{What: "due", From: "2026-11-27", To: "2026-11-27"},
			func(k kaneo.Task) bool { return k.DueDate.Equal(friday.Add(17 * time.Hour)) }},
		"never due": {board.Change{Due: "none"}, "PUT /task/due-date/", board.Step{What: "due", From: "2026-11-27", To: "none"},
			func(k kaneo.Task) bool { return k.DueDate.IsZero() }},
		"label":    {board.Change{AddLabels: []string{"BUG"}}, "PUT /label/", board.Step{What: "label bug", To: "added"}, nil},
		"no label": {board.Change{RemoveLabels: []string{"Feature", "feature"}}, "DELETE /label/", board.Step{What: "label feature", To: "removed"}, nil},
		"comment":  {board.Change{Comment: "Done. **Really**"}, "POST /comment/", board.Step{What: "comment", To: "added"}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			out := change(t, o.desk(t, "owner"), "WEB-5", tt.change)
			if diff := gocmp.Diff([]board.Step{tt.step}, out.Steps); diff != "" {
				t.Error(diff)
			}
			writes := o.wire.takeWrites()
			if len(writes) > 1 || !strings.HasPrefix(strings.Join(writes, ""), tt.route) || out.Changed() != (len(writes) == 1) || out.Failed() {
				t.Errorf("sent %q, want %s…; %+v", writes, tt.route, out)
			}
			stored, err := o.client(t, "owner").Task(t.Context(), out.Card.Task.ID)
			if err != nil || tt.holds != nil && (!tt.holds(stored) || !tt.holds(out.Card.Task)) {
				t.Errorf("%v; stored %+v, told %+v", err, stored, out.Card.Task)
			}
		})
	}
}

func TestFiveFieldsLeaveFiveTraces(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	before, err := desk.Detail(t.Context(), "WEB-5", []board.Part{board.History})
	if err != nil {
		t.Fatal(err)
	}
	change(t, desk, "WEB-5", board.Change{Title: "t", Status: "done", Priority: "low", Assignee: "grace", Due: "tomorrow", Description: "d"})
	if writes := o.wire.takeWrites(); len(writes) != 6 {
		t.Errorf("sent %q", writes)
	}
	after, err := desk.Detail(t.Context(), "WEB-5", []board.Part{board.History})
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, entry := range after.Activity[:len(after.Activity)-len(before.Activity)] {
		kinds = append(kinds, entry.Type)
	}
	slices.Sort(kinds)
	want := []string{"assignee_changed", "due_date_changed", "priority_changed", "status_changed", "title_changed"}
	if diff := gocmp.Diff(want, kinds); diff != "" {
		t.Error(diff)
	}
}

func TestNoOpsAreNotSent(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	tests := map[string]board.Change{
		"fields": {
			Title: "Export invoices as CSV", Description: "Accounting needs it monthly.", Status: "in_review", Priority: "High",
			Assignee: "me", Due: "2026-11-27", Start: "none", AddLabels: []string{"feature"}, RemoveLabels: []string{"chore"}, Project: "Website",
		},
		"due, exactly": {Due: "2026-11-27T00:00:00Z"},
		"start":        {Clear: []board.Field{board.Start}},
	}
	for name, c := range tests {
		out := change(t, desk, "WEB-5", c)
		for _, step := range out.Steps {
			if !step.Same {
				t.Errorf("%s: %+v", name, step)
			}
		}
		if writes := o.wire.takeWrites(); len(writes) > 0 || out.Changed() || out.Failed() || len(out.Steps) == 0 {
			t.Errorf("%s: sent %q, %+v", name, writes, out)
		}
	}
	if out := change(t, desk, "WEB-5", tests["fields"]); len(out.Steps) != 10 {
		t.Errorf("%d steps, want one for each field: %+v", len(out.Steps), out.Steps)
	}
}

func TestChangesThatCannotBeMeant(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	many := make([]string, board.MostTasks+1)
	for name, tt := range map[string]struct {
		refs   []string
		change board.Change
		want   string
	}{
		"nothing":           {[]string{"WEB-1"}, board.Change{}, "Nothing to change"},
		"no task":           {nil, board.Change{Status: "done"}, "Which tasks?"},
		"too many":          {many, board.Change{Status: "done"}, "101 tasks are too many"},
		"one title of many": {[]string{"WEB-1", "WEB-2"}, board.Change{Title: "x"}, "One title for 2 tasks"},
		"blank title":       {[]string{"WEB-1"}, board.Change{Title: " \u200b", Status: "done"}, "blank"},
		"blank comment":     {[]string{"WEB-1"}, board.Change{Comment: "\n", Status: "done"}, "blank"},
		"set and cleared":   {[]string{"WEB-1"}, board.Change{Due: "today", Clear: []board.Field{board.Due}}, "due is both set and cleared"},
		"both descriptions": {[]string{"WEB-1"}, board.Change{Description: "x", Clear: []board.Field{board.Description}}, "description is both"},
		"unknown field":     {[]string{"WEB-1"}, board.Change{Clear: []board.Field{"title"}}, `"title" cannot be cleared. These can: assignee`},
		"on and off":        {[]string{"WEB-1"}, board.Change{AddLabels: []string{"bug"}, RemoveLabels: []string{"chore", "BUG"}}, `Label "bug" is both`},
	} {
		out, err := desk.Update(t.Context(), tt.refs, tt.change)
		if says(t, err, tt.want); t.Failed() || out != nil {
			t.Fatalf("%s: %+v", name, out)
		}
	}
	if sent := o.wire.take(); len(sent) > 0 {
		t.Errorf("sent %q", sent)
	}
}

// TestOneMistakeChangesNothing puts a mistake into the last field that is looked at.
func TestOneMistakeChangesNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	for want, c := range map[string]board.Change{
		`No label "nope"`:   {Status: "done", Comment: "c", RemoveLabels: []string{"nope"}},
		`No person "Bob"`:   {Status: "done", Assignee: "Bob"},
		`No date in "soon"`: {Status: "done", Start: "soon"},
		`No priority`:       {Status: "done", Priority: "p1"},
		`No project "X"`:    {Status: "done", Project: "X"},
	} {
		out, err := desk.Update(t.Context(), []string{"WEB-1"}, c)
		if err != nil {
			t.Fatal(err)
		}
		says(t, out[0].Err, want)
	}
	if writes := o.wire.takeWrites(); len(writes) > 0 {
		t.Errorf("sent %q", writes)
	}
}

// TestStartKeepsTheRest is about the one route that clears what it does not repeat.
func TestStartKeepsTheRest(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "member") // who may not assign: the assignee must come through untouched
	before, err := desk.Card(t.Context(), "WEB-5")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ start, from, to string }{{"today", "none", "2026-11-24"}, {"none", "2026-11-24", "none"}} {
		out := change(t, desk, "WEB-5", board.Change{Start: tt.start, Priority: "urgent"})
		if last := out.Steps[len(out.Steps)-1]; last != (board.Step{What: "start", From: tt.from, To: tt.to}) {
			t.Errorf("%+v", last)
		}
		after, err := o.client(t, "owner").Task(t.Context(), before.Task.ID)
		if err != nil || desk.Day(after.StartDate) != strings.TrimPrefix(tt.to, "none") {
			t.Errorf("starts %v, %v", after.StartDate, err)
		}
		after.StartDate, after.Priority = before.Task.StartDate, before.Task.Priority
		if diff := gocmp.Diff(before.Task, after); diff != "" {
			t.Error(diff)
		}
	}
	out, err := desk.Update(t.Context(), []string{"WEB-5"}, board.Change{Start: "2027-01-01", Comment: "c"})
	if err != nil || !out[0].Failed() || kaneo.KindOf(out[0].Steps[0].Err) != kaneo.Invalid {
		t.Errorf("a start after the due date: %+v, %v", out, err)
	}
	change(t, desk, "WEB-5", board.Change{Start: "2027-01-01", Due: "2027-01-02"}) // due goes first
}
