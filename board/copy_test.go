package board_test

import (
	"testing"

	"kaneo-mcp/board"
)

// TestCopies have what their original has, but for what is said of them.
func TestCopies(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	from, err := desk.Card(t.Context(), "WEB-1")
	if err != nil {
		t.Fatal(err)
	}
	out, err := desk.Create(t.Context(), "", "API", []board.Draft{
		{CopyOf: "WEB-1"},
		{CopyOf: "Fix login redirect loop", Title: "Other", Assignee: "nobody", Due: "none", Priority: "low", Labels: []string{"chore"}},
	}, false)
	if err != nil || firstErr(out) != nil {
		t.Fatal(err, firstErr(out))
	}
	copied, err := desk.Detail(t.Context(), out[0].Card.Key(), nil)
	if err != nil {
		t.Fatal(err)
	}
	was, is := from.Task, copied.Card.Task
	if is.Title != was.Title || is.Description != was.Description || is.Priority != was.Priority || is.AssigneeID != was.AssigneeID ||
		!is.DueDate.Equal(was.DueDate) || len(is.Labels) != 1 || is.Labels[0].Name != "bug" {
		t.Errorf("%+v", is)
	}
	other, err := desk.Detail(t.Context(), out[1].Card.Key(), nil)
	if err != nil {
		t.Fatal(err)
	}
	is = other.Card.Task
	if is.Title != "Other" || is.Description != was.Description || is.Priority != "low" || is.AssigneeID != "" || !is.DueDate.IsZero() ||
		len(is.Labels) != 1 || is.Labels[0].Name != "chore" {
		t.Errorf("%+v", is)
	}
}

func TestCopiesOfNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	out, err := o.desk(t, "owner").Create(t.Context(), "", "API", []board.Draft{{CopyOf: "WEB-99"}, {Title: " "}}, false)
	if err != nil {
		t.Fatal(err)
	}
	says(t, out[0].Err, "There is no task WEB-99")
	says(t, out[1].Err, "needs a title, or another task")
	if writes := o.wire.takeWrites(); writes != nil {
		t.Errorf("sent %q", writes)
	}
}

// TestCopiesInAnotherWorkspace name who is not there by the name, not by an id.
func TestCopiesInAnotherWorkspace(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.newProject(t, o.newWorkspace(t, "Second House", "second"), "Garden", "GAR")
	desk := o.desk(t, "owner")
	change(t, desk, "WEB-1", board.Change{Assignee: "Grace"})
	out, err := desk.Create(t.Context(), "", "GAR", []board.Draft{{CopyOf: "WEB-1", Labels: []string{"bug"}}, {CopyOf: "WEB-4", Assignee: "me"}}, true)
	if err != nil {
		t.Fatal(err)
	}
	says(t, out[0].Err, `No person "Grace Hopper" in this workspace`, `No label "bug"`)
	if out[1].Err != nil || out[1].Card.Task.AssigneeName != "Ada Lovelace" {
		t.Errorf("%+v", out[1])
	}
}
