package board_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kaneo-mcp/board"
)

// tied lists what a task is to others.
func tied(t *testing.T, desk *board.Desk, ref string) []string {
	t.Helper()
	detail, err := desk.Detail(t.Context(), ref, []board.Part{board.Relations})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, r := range detail.Relations {
		all = append(all, r.As+" "+r.Card.Key())
	}
	slices.Sort(all)
	return all
}

func TestNewTasksTiedToEachOther(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "member")
	out, err := desk.Create(t.Context(), "", "WEB", []board.Draft{
		{Title: "Plan", Ref: "a", Blocks: []string{"b", "c"}},                                         // forward
		{Title: "Build", Ref: "b", BlockedBy: []string{"a", "API-2"}, Parent: "a"},                    // said twice, and an existing one
		{Title: "Ship", Ref: "c", BlockedBy: []string{"b"}, Parent: "WEB-3", Labels: []string{"bug"}}, // backward
	}, false)
	if err != nil || firstErr(out) != nil {
		t.Fatal(err, firstErr(out))
	}
	for ref, want := range map[string][]string{
		"WEB-25": {"blocks WEB-26", "blocks WEB-27", "subtask WEB-26"},
		"WEB-26": {"blocked by API-2", "blocked by WEB-25", "blocks WEB-27", "parent WEB-25"},
		"WEB-27": {"blocked by WEB-25", "blocked by WEB-26", "parent WEB-3"},
	} {
		if diff := cmp.Diff(want, tied(t, desk, ref)); diff != "" {
			t.Errorf("%s: %s", ref, diff)
		}
	}
	if want := (board.Step{What: "blocks", To: "WEB-26"}); out[0].Steps[0] != want {
		t.Errorf("%+v", out[0].Steps)
	}
}

func TestTiesThatCannotBe(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	_, err := desk.Create(t.Context(), "", "WEB", []board.Draft{{Title: "1", Ref: "a"}, {Title: "2", Ref: " a "}}, false)
	says(t, err, `Two tasks have the ref "a"`, "Nothing was created")
	out, err := desk.Create(t.Context(), "", "WEB", []board.Draft{
		{Title: "1", Ref: "a", Blocks: []string{"a"}}, {Title: "2", Blocks: []string{"z"}}, {Title: "3", Blocks: []string{"a"}},
	}, false)
	if err != nil {
		t.Fatal(err)
	}
	says(t, out[0].Err, "tied to itself")
	says(t, out[1].Err, `"z" does not name a task`)
	says(t, out[2].Steps[0].Err, `"1" was not created`)
	if writes := o.wire.takeWrites(); len(writes) != 1 {
		t.Errorf("sent %q", writes)
	}
}

// TestFiftyTasks are fifty requests, one more for each label, and one for each relation.
func TestFiftyTasks(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	drafts := make([]board.Draft, 50)
	for i := range drafts {
		drafts[i] = board.Draft{Title: "x", Labels: []string{"bug", "chore"}}
	}
	drafts[0].Ref = "first"
	for i := range 3 {
		drafts[i+1].BlockedBy = []string{"first"}
	}
	out, err := desk.Create(t.Context(), "", "WEB", drafts, false)
	if err != nil || firstErr(out) != nil {
		t.Fatal(err, firstErr(out))
	}
	if sent := o.wire.take(); len(sent) != 4+50+2+3 { // workspaces, projects, columns, labels
		t.Errorf("%d requests: %q", len(sent), sent[:6])
	}
	listing, err := desk.List(t.Context(), "", []string{"WEB"}, board.Filter{Labels: []string{"chore"}, Text: "x"})
	if err != nil || len(listing.Cards) < 50 {
		t.Errorf("%d labelled, %v", len(listing.Cards), err)
	}
}

// TestKnownThings counts what is sent once names have been looked up.
func TestKnownThings(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "member")
	change(t, desk, "WEB-2", board.Change{Status: "in review"})
	o.wire.take()
	change(t, desk, "WEB-2", board.Change{Status: "in progress"})
	if sent := o.wire.take(); len(sent) > 2 {
		t.Errorf("a status: %q", sent)
	}
	if _, err := desk.Sheet(t.Context(), "WEB", nil); err != nil {
		t.Fatal(err)
	}
	if sent := o.wire.take(); len(sent) != 1 {
		t.Errorf("a board: %q", sent)
	}
	if _, err := desk.EditDescription(t.Context(), "WEB-2", board.Edit{Append: "x"}); err != nil {
		t.Fatal(err)
	}
	if sent := o.wire.take(); len(sent) != 3 {
		t.Errorf("a description: %q", sent)
	}
}

func TestMendedLineBreaks(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	for text, want := range map[string]string{
		`One.\n\n- a\r\n- b`:    "One.\n\n- a\n- b",
		"Print `\\n`.\nReally.": "Print `\\n`.\nReally.", // it has a line break of its own
		"plain":                 "plain",
	} {
		out, err := desk.Create(t.Context(), "", "WEB", []board.Draft{{Title: "x", Description: text}}, false)
		if err != nil {
			t.Fatal(err)
		}
		if got := out[0].Card.Task.Description; got != want {
			t.Errorf("%q, want %q", got, want)
		}
		out[0] = change(t, desk, "WEB-1", board.Change{Description: text})
		if got := out[0].Card.Task.Description; got != want {
			t.Errorf("changed: %q, want %q", got, want)
		}
	}
}
