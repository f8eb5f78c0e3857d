package board_test

import (
	"strings"
	"testing"

	"kaneo-mcp/board"
)

// TestWhoMay tells of a refusal who could do it, whatever words are in the name of a label.
func TestWhoMay(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for _, name := range []string{"assignee", "delete a file, manage it"} {
		o.ask(t, "POST", "/label", `{"name":%q,"color":"gray","workspaceId":%q}`, name, o.Workspace.ID)
		all, err := o.desk(t, "viewer").Update(t.Context(), []string{"WEB-5"}, board.Change{AddLabels: []string{name}})
		if err != nil {
			t.Fatal(err)
		}
		says(t, all[0].Steps[0].Err, "may not change label "+name[:8], "an owner, admin or member may")
	}
	_, err := o.desk(t, "member").Update(t.Context(), []string{"WEB-5"}, board.Change{Assignee: "Vera"})
	says(t, err, "may not change assignee; an owner or admin may")
	_, _, err = o.desk(t, "viewer").UpdateProject(t.Context(), "WEB", board.ProjectChange{Name: "Site"})
	says(t, err, "may not manage projects; an owner or admin may")
}

// TestStartWork moves what the caller may not assign, and says so; what was given to the caller already needs no leave.
func TestStartWork(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		role, mine string
		says       string // of the assignee
	}{
		{"owner", "", ""},
		{"member", "", "Your role here (member) may not change assignee; an owner or admin may. Ask one of them."},
		{"member", "Grace", ""},
	} {
		o := newOffice(t)
		if tt.mine != "" {
			change(t, o.desk(t, "owner"), "WEB-5", board.Change{Assignee: tt.mine})
		}
		desk := o.desk(t, tt.role)
		out, branch, err := desk.StartWork(t.Context(), "WEB-5")
		if err != nil || branch.Name == "" || out.Card.Status.Name != "In Progress" {
			t.Fatalf("%+v, %+v, %v", out, branch, err)
		}
		step := out.Steps[len(out.Steps)-1]
		if told := step.Err != nil; told != (tt.says != "") || told && step.Err.Error() != tt.says || step.What != "assignee" {
			t.Errorf("%s: %+v", tt.role, step)
		}
		for _, sent := range o.wire.takeWrites() {
			if tt.says != "" && strings.Contains(sent, "assignee") {
				t.Errorf("sent %s", sent)
			}
		}
	}
}
