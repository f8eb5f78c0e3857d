package board_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"kaneo-mcp/board"
)

func TestDetail(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	change(t, desk, "WEB-1", board.Change{Priority: "low"})
	got, err := desk.Detail(t.Context(), "WEB-1", board.Parts())
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Card.Task.Labels) != 1 || len(got.Comments) != 2 || got.Comments[0].Author.Name != "Grace Hopper" || len(got.People) != 3 || len(got.Time) > 0 {
		t.Errorf("%+v", got)
	}
	var kinds []string
	for _, row := range got.Activity {
		kinds = append(kinds, row.Type)
	}
	if diff := cmp.Diff([]string{"priority_changed", "created"}, kinds); diff != "" {
		t.Error(diff)
	}
	twice, err := desk.Detail(t.Context(), "WEB-1", append(board.Parts(), board.Parts()...)) // for the race detector too
	if diff := cmp.Diff(got, twice, cmp.AllowUnexported(board.Card{})); diff != "" || err != nil {
		t.Errorf("asked for twice: %v\n%s", err, diff)
	}
	_, err = desk.Detail(t.Context(), "WEB-1", []board.Part{"attachments"})
	says(t, err, `"attachments" cannot be included. These can: description, comments`)
}

func TestRelationsFromBothEnds(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "viewer")
	if _, err := o.client(t, "owner").AddRelation(t.Context(), id(t, desk, "API-1"), id(t, desk, "WEB-6"), "related"); err != nil {
		t.Fatal(err)
	}
	for ref, want := range map[string]string{
		"WEB-1": "blocked by WEB-2 In Progress", "WEB-2": "blocks WEB-1 To Do", "WEB-3": "subtask WEB-4 In Review", "WEB-4": "parent WEB-3 In Progress",
		"API-1": "related WEB-6 To Do", "WEB-6": "related API-1 In Progress",
	} {
		got, err := desk.Detail(t.Context(), ref, []board.Part{board.Relations})
		if err != nil || len(got.Relations) != 1 {
			t.Fatalf("%s: %+v, %v", ref, got.Relations, err)
		}
		r := got.Relations[0]
		if told := r.As + " " + r.Card.Key() + " " + r.Card.Status.Name; told != want {
			t.Errorf("%s: %s, want %s", ref, told, want)
		}
	}
}
