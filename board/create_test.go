package board_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

func full() board.Draft {
	return board.Draft{
		Title: "Sell\u200b  the moon", Description: "In parts.\n", Status: "in review", Priority: "high", Assignee: "vera",
		Start: "today", Due: "next friday", Labels: []string{"bug", "Chore", "bug"}, Parent: "API-1",
	}
}

func TestCreateWithDefaults(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	out, err := o.desk(t, "member", inProject("WEB")).Create(t.Context(), "", "", []board.Draft{{Title: "x", Priority: "none", Assignee: "nobody", Due: "none"}}, false)
	if err != nil || firstErr(out) != nil {
		t.Fatal(err, firstErr(out))
	}
	card := out[0].Card
	if card.Key() != "WEB-25" || card.Status.Name != "To Do" || card.Task.Priority != kaneo.NoPriority || card.Task.AssigneeID != "" || !card.Task.DueDate.IsZero() || out[0].Steps != nil {
		t.Errorf("%+v", out[0])
	}
}

func TestCreateWithEverything(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "member") // who may assign here, though not later
	out, err := desk.Create(t.Context(), "", "WEB", []board.Draft{full()}, false)
	if err != nil || firstErr(out) != nil {
		t.Fatal(err, firstErr(out))
	}
	got, err := desk.Detail(t.Context(), out[0].Card.Key(), []board.Part{board.Relations})
	if err != nil {
		t.Fatal(err)
	}
	task := got.Card.Task
	if task.Title != "Sell the moon" || task.Description != "In parts.\n" || task.Status != "in-review" || task.Priority != kaneo.High ||
		task.AssigneeName != "Vera Rubin" || desk.Day(task.StartDate) != "2026-11-24" || desk.Day(task.DueDate) != "2026-12-04" || len(task.Labels) != 2 {
		t.Errorf("%+v", task)
	}
	if len(got.Relations) != 1 || got.Relations[0].As != "parent" || got.Relations[0].Card.Key() != "API-1" {
		t.Errorf("%+v", got.Relations)
	}
	if name := out[0].Card.Task.AssigneeName; name != "Vera Rubin" || out[0].Card.Status.Name != "In Review" {
		t.Errorf("told: %+v", out[0].Card)
	}
}

func TestDryRun(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	out, err := desk.Create(t.Context(), "", "WEB", []board.Draft{full(), {Title: "y", Status: "QA"}}, true)
	if err != nil || len(out) != 2 || out[0].Err != nil {
		t.Fatal(err, out)
	}
	says(t, out[1].Err, `No status "QA"`)
	card := out[0].Card
	if card.Task.Title != "Sell the moon" || card.Status.Name != "In Review" || card.Task.AssigneeName != "Vera Rubin" || desk.Day(card.Task.DueDate) != "2026-12-04" || card.Project.Slug != "WEB" {
		t.Errorf("%+v", card)
	}
	if writes := o.wire.takeWrites(); len(writes) > 0 {
		t.Errorf("sent %q", writes)
	}
}

func TestCreateMany(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	drafts := make([]board.Draft, board.MostTasks)
	for i, title := range numbered("task", 1, len(drafts)) {
		drafts[i].Title = title
	}
	drafts[10].Title = " "
	drafts[20].Assignee = "Bob"
	drafts[30].Labels = []string{"nope"}
	drafts[40].Parent = "WEB-99"
	drafts[50].Start, drafts[50].Due = "tomorrow", "today"
	drafts[60].Priority = "p1"
	out, err := o.desk(t, "owner").Create(t.Context(), "", "API", drafts, false)
	if err != nil || len(out) != len(drafts) {
		t.Fatal(err)
	}
	says(t, out[50].Err, "The start (2026-11-25) is after the due date (2026-11-24).")
	number := 8
	for i, one := range out {
		if i > 0 && i%10 == 0 && i <= 60 {
			says(t, one.Err)
			continue
		}
		number++
		if one.Err != nil || one.Card.Task.Number != number || one.Card.Task.Title != drafts[i].Title {
			t.Errorf("%d: %s %q, %v, want number %d", i, one.Card.Key(), one.Card.Task.Title, one.Err, number)
		}
	}
	if writes := o.wire.takeWrites(); len(writes) != len(drafts)-6 {
		t.Errorf("sent %d writes", len(writes))
	}
	for _, n := range []int{0, board.MostTasks + 1} {
		_, err := o.desk(t, "owner").Create(t.Context(), "", "API", make([]board.Draft, n), false)
		says(t, err, "1 to 100", "Nothing was created")
	}
	_, err = o.desk(t, "owner").Create(t.Context(), "", "", drafts[:1], false)
	says(t, err, "Which project?")
}

func TestCreateWithoutToDo(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	project := o.newProject(t, "", "Kanban", "KAN")
	client := o.client(t, "owner")
	columns, err := client.Columns(t.Context(), project)
	if err != nil {
		t.Fatal(err)
	}
	o.ask(t, "DELETE", "/column/"+columns[0].ID, "")
	out, err := o.desk(t, "member").Create(t.Context(), "", "KAN", []board.Draft{{Title: "x"}}, false)
	if err != nil || firstErr(out) != nil || out[0].Card.Status.Slug != "in-progress" {
		t.Errorf("%+v, %v", out, err)
	}
}

// TestNetworkFailsWhileCreating lets so many writes pass: first all tasks are made, then the label, then the relation.
func TestNetworkFailsWhileCreating(t *testing.T) {
	t.Parallel()
	for writes, want := range map[int][]string{
		1: {"1", "2 not made", "3 left"},
		2: {"1", "2, no label bug, no parent", "3 not made"},
		5: {"1", "2", "3"},
	} {
		synctest.Test(t, func(t *testing.T) {
			o := newOffice(t)
			o.wire.cutAfter(writes)
			out, err := o.desk(t, "owner").Create(t.Context(), "", "API", []board.Draft{{Title: "1"}, {Title: "2", Labels: []string{"bug"}, Parent: "API-1"}, {Title: "3"}}, false)
			if err != nil {
				t.Fatal(err)
			}
			var told []string
			for _, one := range out {
				told = append(told, one.Card.Task.Title+ending(one))
			}
			if diff := cmp.Diff(want, told); diff != "" {
				t.Errorf("after %d writes: %s", writes, diff)
			}
		})
	}
}

// ending says what of a task was not done.
func ending(o board.Outcome) (text string) {
	if _, left := errors.AsType[*board.NotTried](o.Err); left {
		return " left"
	}
	if kaneo.KindOf(o.Err) == kaneo.Unavailable {
		return " not made"
	}
	for _, step := range o.Steps {
		if step.Err != nil {
			text += ", no " + step.What
		}
	}
	return text
}

func TestSubtaskIsCountedAsALoss(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	if _, err := desk.Create(t.Context(), "", "WEB", []board.Draft{{Title: "x", Parent: "WEB-1"}, {Title: "y", Parent: "WEB-1"}}, false); err != nil {
		t.Fatal(err)
	}
	got, err := desk.Delete(t.Context(), []string{"WEB-1", "WEB-25"}, "")
	if err != nil || got.Losses[0].Subtasks != 2 || got.Losses[0].Comments != 2 || got.Losses[1].Subtasks != 0 {
		t.Errorf("%+v, %v", got.Losses, err)
	}
	o.clock.move(time.Minute)
	if got, err = desk.Delete(t.Context(), []string{"WEB-1"}, ""); err != nil || got.Confirmation.Given {
		t.Error(err)
	}
}
