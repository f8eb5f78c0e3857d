package board_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

func TestMoveToAnotherProject(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		ref    string
		change board.Change
		status string
		writes int
	}{
		"keeps its status":       {"WEB-2", board.Change{Project: "API"}, "In Progress", 1},
		"straight into a column": {"WEB-2", board.Change{Project: "API", Status: "qa"}, "QA", 1},
		"planned":                {"WEB-2", board.Change{Project: "API", Status: "planned"}, "planned", 2},
		"from a bucket":          {"WEB-21", board.Change{Project: "API"}, "To Do", 1},
		"from a bucket to it":    {"WEB-21", board.Change{Project: "API", Status: "planned"}, "planned", 2},
		"with all the rest": {"WEB-2", board.Change{
			Project: "API", Status: "done", Title: "t", Start: "today", Due: "+1w", AddLabels: []string{"chore"}, Comment: "c",
		}, "Done", 6},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.ask(t, "POST", "/column/"+o.Project("API").ID, `{"name":"QA"}`)
			desk := o.desk(t, "owner")
			out := change(t, desk, tt.ref, tt.change)
			if writes := o.wire.takeWrites(); len(writes) != tt.writes || !strings.HasPrefix(writes[0], "PUT /task/move/") {
				t.Errorf("sent %q", writes)
			}
			first := board.Step{What: "project", From: "WEB Website", To: "API Backend"}
			if out.Card.Key() != "API-9" || out.Card.Status.Name != tt.status || out.Steps[0] != first {
				t.Errorf("%s in %s, %+v", out.Card.Key(), out.Card.Status.Name, out.Steps)
			}
			if card, err := desk.Card(t.Context(), "API-9"); err != nil || card.Status.Name != tt.status {
				t.Errorf("%s, %v", card.Status.Name, err)
			}
		})
	}
}

func TestMoveResolvesTheStatusThere(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.ask(t, "POST", "/column/"+o.Project("WEB").ID, `{"name":"QA"}`)
	out, err := o.desk(t, "owner").Update(t.Context(), []string{"WEB-2"}, board.Change{Project: "API", Status: "QA"})
	if err != nil {
		t.Fatal(err)
	}
	says(t, out[0].Err, `No status "QA" in API`)
}

func TestLabels(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "member")
	originals, err := desk.Labels(t.Context(), o.Workspace.ID)
	if err != nil {
		t.Fatal(err)
	}
	ids := make(map[string]string)
	for _, label := range originals {
		ids[label.Name] = label.ID
	}
	there := func(want ...string) {
		t.Helper()
		detail, err := desk.Detail(t.Context(), "WEB-12", nil)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, label := range detail.Card.Task.Labels {
			names = append(names, label.Name)
		}
		if diff := cmp.Diff(want, names); diff != "" {
			t.Error(diff)
		}
	}
	there("feature", "bug")
	out := change(t, desk, "WEB-12", board.Change{AddLabels: []string{"Bug", ids["chore"]}, RemoveLabels: []string{ids["feature"]}})
	want := []board.Step{{What: "label bug", To: "there", Same: true}, {What: "label chore", To: "added"}, {What: "label feature", To: "removed"}}
	if diff := cmp.Diff(want, out.Steps); diff != "" {
		t.Error(diff)
	}
	there("bug", "chore")
	if all, err := desk.List(t.Context(), "", []string{"WEB"}, board.Filter{Labels: []string{"bug"}}); err != nil || len(all.Cards) != 6 {
		t.Errorf("others lost theirs: %s, %v", keys(all.Cards), err)
	}
	refused, err := desk.Update(t.Context(), []string{"WEB-12"}, board.Change{AddLabels: []string{"urgent"}})
	if err != nil {
		t.Fatal(err)
	}
	says(t, refused[0].Err, `No label "urgent" in this workspace. There is:`, "bug", "chore")
}

// TestAfterAFailedStep is a member who may do all but assign.
func TestAfterAFailedStep(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.wire.hook(func(r *http.Request) error { // so that the refusal cannot be foreseen
		if strings.HasSuffix(r.URL.Path, "/has-permission") {
			return errDown
		}
		return nil
	})
	out, err := o.desk(t, "member").Update(t.Context(), []string{"WEB-1"},
		board.Change{Priority: "low", Assignee: "me", Due: "tomorrow", AddLabels: []string{"bug", "chore"}, Comment: "Yours now"})
	if err != nil || len(out[0].Steps) != 6 {
		t.Fatalf("%+v, %v", out, err)
	}
	if !out[0].Steps[1].Same { // Grace has it already
		t.Errorf("%+v", out[0].Steps[1])
	}
	out, err = o.desk(t, "member").Update(t.Context(), []string{"WEB-1"},
		board.Change{Priority: "urgent", Assignee: "Vera", Due: "today", AddLabels: []string{"bug", "feature"}, Comment: "Yours now"})
	if err != nil || len(out[0].Steps) != 6 || !out[0].Failed() || !out[0].Changed() || out[0].Err != nil {
		t.Fatalf("%+v, %v", out, err)
	}
	steps := out[0].Steps
	if steps[0].Err != nil || !steps[3].Same || out[0].Card.Task.Priority != kaneo.Urgent {
		t.Errorf("before: %+v", steps)
	}
	says(t, steps[1].Err, "Your role here (member) may not change assignee; an owner or admin may.")
	for _, i := range []int{2, 4, 5} {
		if _, left := errors.AsType[*board.NotTried](steps[i].Err); !left {
			t.Errorf("step %s: %v", steps[i].What, steps[i].Err)
		}
	}
	comments, err := o.client(t, "owner").Comments(t.Context(), out[0].Card.Task.ID)
	if err != nil || len(comments) != 3 { // two of the seed, one of the first change
		t.Errorf("%d comments, %v", len(comments), err)
	}
}

func TestViewerIsTold(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "viewer")
	out, err := desk.Update(t.Context(), []string{"WEB-1", "WEB-2"}, board.Change{Status: "done", Comment: "x"})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range out {
		says(t, one.Steps[0].Err, "Your role here (viewer) may not change status; an owner, admin or member may.")
		if one.Changed() || one.Card.Status.Name == "Done" {
			t.Errorf("%+v", one)
		}
	}
	made, err := desk.Create(t.Context(), "", "WEB", []board.Draft{{Title: "x"}}, false)
	if err != nil {
		t.Fatal(err)
	}
	says(t, made[0].Err, "Your role here (viewer) may not create tasks")
	_, err = desk.Comment(t.Context(), "WEB-1", "x")
	says(t, err, "Your role here (viewer) may not comment")
}
