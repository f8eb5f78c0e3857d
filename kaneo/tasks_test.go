package kaneo_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kaneo-mcp/kaneo"
	"kaneo-mcp/sandbox"
)

// ignored is what Kaneo decides by itself.
var ignored = cmp.Options{
	cmpopts.IgnoreFields(kaneo.Task{}, "ID", "CreatedAt", "UpdatedAt", "Position", "AssigneeName"),
	cmpopts.EquateEmpty(),
}

func TestCreateTask(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{})
	start := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	due := time.Date(2026, 12, 24, 18, 0, 0, 123e6, time.FixedZone("", 7200))
	tests := []struct {
		name string
		task kaneo.NewTask
		want kaneo.Task
		kind kaneo.Kind
	}{
		{"empty", kaneo.NewTask{}, kaneo.Task{Number: 1, Status: "to-do", Priority: kaneo.NoPriority}, 0},
		{
			"full",
			kaneo.NewTask{"t <b>", "d\r\n😀", "in-review", kaneo.Urgent, i.userID, start, due, nil},
			kaneo.Task{Number: 2, Title: "t <b>", Description: "d\r\n😀", Status: "in-review", Priority: kaneo.Urgent, AssigneeID: i.userID, StartDate: start, DueDate: due.UTC()},
			0,
		},
		{"no such status", kaneo.NewTask{Status: "In Review"}, kaneo.Task{}, kaneo.Invalid},
		{"no such person", kaneo.NewTask{AssigneeID: "nobody"}, kaneo.Task{}, kaneo.NotFound},
		{"no such priority", kaneo.NewTask{Priority: "critical"}, kaneo.Task{}, kaneo.Invalid},
		{"start after due", kaneo.NewTask{StartDate: due, DueDate: start}, kaneo.Task{}, kaneo.Invalid},
	}
	for _, tt := range tests {
		got, err := i.CreateTask(t.Context(), i.project, tt.task)
		if kaneo.KindOf(err) != tt.kind || (err == nil) != (tt.kind == 0) {
			t.Errorf("%s: %v", tt.name, err)
		}
		if err == nil {
			tt.want.ProjectID = i.project
		}
		if diff := cmp.Diff(tt.want, got, ignored); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
	if _, err := i.CreateTask(t.Context(), "nosuchproject", kaneo.NewTask{}); kaneo.KindOf(err) != kaneo.NotFound {
		t.Errorf("no such project: %v", err)
	}
}

func TestSetOneField(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{})
	ctx := t.Context()
	due := time.Date(2026, 12, 24, 18, 0, 0, 0, time.UTC)
	made, err := i.CreateTask(ctx, i.project, kaneo.NewTask{Title: "t", Description: "d", Status: "to-do"})
	if err != nil {
		t.Fatal(err)
	}
	want := made
	steps := []struct {
		name   string
		set    func() (kaneo.Task, error)
		change func()
	}{
		{"title", func() (kaneo.Task, error) { return i.SetTitle(ctx, made.ID, "new") }, func() { want.Title = "new" }},
		{"description", func() (kaneo.Task, error) { return i.SetDescription(ctx, made.ID, "new") }, func() { want.Description = "new" }},
		{"no description", func() (kaneo.Task, error) { return i.SetDescription(ctx, made.ID, "") }, func() { want.Description = "" }},
		{"status", func() (kaneo.Task, error) { return i.SetStatus(ctx, made.ID, "done") }, func() { want.Status = "done" }},
		{"planned", func() (kaneo.Task, error) { return i.SetStatus(ctx, made.ID, kaneo.StatusPlanned) }, func() { want.Status = "planned" }},
		{"priority", func() (kaneo.Task, error) { return i.SetPriority(ctx, made.ID, kaneo.Urgent) }, func() { want.Priority = kaneo.Urgent }},
		{"assignee", func() (kaneo.Task, error) { return i.SetAssignee(ctx, made.ID, i.userID) }, func() { want.AssigneeID = i.userID }},
		{"no assignee", func() (kaneo.Task, error) { return i.SetAssignee(ctx, made.ID, "") }, func() { want.AssigneeID = "" }},
		{"due", func() (kaneo.Task, error) { return i.SetDueDate(ctx, made.ID, due) }, func() { want.DueDate = due }},
		{"not due", func() (kaneo.Task, error) { return i.SetDueDate(ctx, made.ID, time.Time{}) }, func() { want.DueDate = time.Time{} }},
	}
	for _, step := range steps {
		got, err := step.set()
		step.change()
		if diff := cmp.Diff(want, got, ignored); diff != "" || err != nil {
			t.Errorf("%s: %v %s", step.name, err, diff)
		}
	}
	if got, err := i.Task(ctx, made.ID); err != nil || !cmp.Equal(want, got, ignored) {
		t.Errorf("read again: %v %s", err, cmp.Diff(want, got, ignored))
	}
	if _, err := i.SetStatus(ctx, made.ID, "nowhere"); kaneo.KindOf(err) != kaneo.Invalid {
		t.Errorf("no such status: %v", err)
	}
	if _, err := i.SetTitle(ctx, "nosuchtask", "x"); kaneo.KindOf(err) != kaneo.NotFound {
		t.Errorf("no such task: %v", err)
	}
}

func TestReplaceTask(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{})
	ctx := t.Context()
	start, due := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 12, 24, 0, 0, 0, 0, time.UTC)
	made, err := i.CreateTask(ctx, i.project, kaneo.NewTask{"t", "d", "done", kaneo.High, i.userID, time.Time{}, due, nil})
	if err != nil {
		t.Fatal(err)
	}
	for _, to := range []time.Time{start, {}} {
		before, err := i.Task(ctx, made.ID)
		if err != nil {
			t.Fatal(err)
		}
		full := before.Full()
		full.StartDate = to
		if _, err := i.ReplaceTask(ctx, made.ID, full); err != nil {
			t.Fatal(err)
		}
		before.StartDate = to
		if got, err := i.Task(ctx, made.ID); err != nil || !cmp.Equal(before, got) {
			t.Errorf("start %v: %v %s", to, err, cmp.Diff(before, got))
		}
	}
}

func TestMoveAndDelete(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{})
	ctx := t.Context()
	other := i.newProject(t, "API")
	made, err := i.CreateTask(ctx, i.project, kaneo.NewTask{Title: "t", Status: "in-review"})
	if err != nil {
		t.Fatal(err)
	}
	if moved, err := i.MoveTask(ctx, made.ID, other, ""); err != nil || moved.ProjectID != other || moved.Status != "in-review" || moved.ID != made.ID {
		t.Errorf("moved: %+v, %v", moved, err)
	}
	if moved, err := i.MoveTask(ctx, made.ID, i.project, "done"); err != nil || moved.ProjectID != i.project || moved.Status != "done" || moved.Number != 2 {
		t.Errorf("moved back: %+v, %v", moved, err)
	}
	if _, err := i.MoveTask(ctx, made.ID, other, kaneo.StatusArchived); kaneo.KindOf(err) != kaneo.Invalid {
		t.Errorf("moved to no column: %v", err)
	}
	if err := i.DeleteTask(ctx, made.ID); err != nil {
		t.Error(err)
	}
	if err := i.DeleteTask(ctx, made.ID); kaneo.KindOf(err) != kaneo.NotFound {
		t.Errorf("deleted twice: %v", err)
	}
}
