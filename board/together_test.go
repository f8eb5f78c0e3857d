package board_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"kaneo-mcp/board"
)

// TestTwoAgentsOnDifferentFields change one task at the same time, from desks of their own; neither loses anything.
func TestTwoAgentsOnDifferentFields(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ada, grace := o.desk(t, "owner"), o.desk(t, "member")
	for round := range 20 {
		due := fmt.Sprintf("2027-01-%02d", round+1)
		status, priority := []string{"to do", "in review"}[round%2], []string{"low", "high"}[round%2]
		var group sync.WaitGroup
		group.Go(func() { change(t, ada, "WEB-5", board.Change{Status: status, Due: due}) })
		group.Go(func() {
			change(t, grace, "WEB-5", board.Change{Priority: priority, Description: due, AddLabels: []string{"bug"}})
		})
		group.Wait()
		card, err := ada.Card(t.Context(), "WEB-5")
		if err != nil {
			t.Fatal(err)
		}
		if task := card.Task; task.Description != due || ada.Day(task.DueDate) != due || string(task.Priority) != priority || strings.ReplaceAll(task.Status, "-", " ") != status {
			t.Fatalf("round %d: %+v", round, task)
		}
	}
}

// TestTwoAgentsOnOneText append to one description through one server: both texts are there in the end.
func TestTwoAgentsOnOneText(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	var group sync.WaitGroup
	for n := range 10 {
		group.Go(func() {
			if _, err := desk.EditDescription(t.Context(), "WEB-6", board.Edit{Append: fmt.Sprintf("Part %d.", n)}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	card, err := desk.Card(t.Context(), "WEB-6")
	if err != nil || strings.Count(card.Task.Description, "Part ") != 10 {
		t.Errorf("%q, %v", card.Task.Description, err)
	}
}

// TestOneTaskForTwo people, whose desks share the turns, in one server or in two on one machine: neither loses anything.
func TestOneTaskForTwo(t *testing.T) {
	t.Parallel()
	one := board.NewTurns()
	folder := t.TempDir()
	for name, turns := range map[string][2]*board.Turns{
		"one server":  {one, one},
		"two servers": {sharedTurns(t, folder), sharedTurns(t, folder)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			startBesideText(t, turns)
		})
	}
}

// startBesideText has a start date written with the whole task, and just before that, when the task has been read, another
// text and another priority, if they do not wait for their turns. All are there in the end.
func startBesideText(t *testing.T, turns [2]*board.Turns) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		ada, grace := o.desk(t, "owner", taking(turns[0])), o.desk(t, "member", taking(turns[1]))
		whole := "/api/task/" + id(t, ada, "WEB-5")
		var others sync.WaitGroup
		o.wire.hook(func(r *http.Request) error {
			if r.Method == http.MethodPut && r.URL.Path == whole {
				others.Go(func() { change(t, grace, "WEB-5", board.Change{Priority: "low"}) })
				others.Go(func() {
					if _, err := grace.EditDescription(t.Context(), "WEB-5", board.Edit{Append: "Grace's."}); err != nil {
						t.Error(err)
					}
				})
				synctest.Wait()
			}
			return nil
		})
		change(t, ada, "WEB-5", board.Change{Start: "2026-10-01"})
		others.Wait()
		card, err := ada.Card(t.Context(), "WEB-5")
		if err != nil {
			t.Fatal(err)
		}
		if task := card.Task; ada.Day(task.StartDate) != "2026-10-01" || task.Priority != "low" || !strings.Contains(task.Description, "Grace's.") {
			t.Errorf("%+v", task)
		}
	})
}

// between does something once, before the n-th reading of a task from now on.
func (o *office) between(n int, do func()) {
	o.wire.hook(func(r *http.Request) error {
		if r.Method == http.MethodGet && strings.HasPrefix(r.URL.Path, "/api/task/") && !strings.Contains(r.URL.Path, "/tasks/") {
			if n--; n == 0 {
				do()
			}
		}
		return nil
	})
}

// TestSomebodyElseWritesMeanwhile from another machine. An edit goes with what is there then; a whole new text is not written.
func TestSomebodyElseWritesMeanwhile(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	taskID := id(t, desk, "WEB-6")
	theirs := func(text string) func() {
		return func() { o.ask(t, "PUT", "/task/description/"+taskID, `{"description":%q}`, text) }
	}
	o.between(2, theirs("Theirs."))
	out, err := desk.EditDescription(t.Context(), "WEB-6", board.Edit{Append: "Ours."})
	if err != nil || out.Card.Task.Description != "Theirs.\n\nOurs." {
		t.Errorf("%q, %v", out.Card.Task.Description, err)
	}
	o.between(2, theirs("Gone."))
	_, err = desk.EditDescription(t.Context(), "WEB-6", board.Edit{Find: "Ours.", Text: "x"})
	says(t, err, "not in the description")
	o.between(2, theirs("Theirs again."))
	all, err := desk.Update(t.Context(), []string{"WEB-6"}, board.Change{Description: "All ours.", Priority: "low"})
	if err != nil {
		t.Fatal(err)
	}
	says(t, all[0].Steps[0].Err, "Somebody changed the description at the same moment")
	o.wire.hook(nil)
	if card, err := desk.Card(t.Context(), "WEB-6"); err != nil || card.Task.Description != "Theirs again." {
		t.Errorf("%q, %v", card.Task.Description, err)
	}
}
