package board_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

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

// TestOneServerForTwo people, whose desks share the turns: a start date, which is written with the whole task, and another
// field at the same time are both there in the end, and so are both texts that two append.
func TestOneServerForTwo(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	turns := board.NewTurns()
	together := func(o *board.Options) { o.Turns = turns }
	ada, grace := o.desk(t, "owner", together), o.desk(t, "member", together)
	appends := func(desk *board.Desk, text string) {
		if _, err := desk.EditDescription(t.Context(), "WEB-5", board.Edit{Append: text}); err != nil {
			t.Error(err)
		}
	}
	for round := range 20 {
		start, text := fmt.Sprintf("2026-10-%02d", round+1), fmt.Sprintf("Round %d.", round)
		change(t, ada, "WEB-5", board.Change{Description: "Round."})
		var group sync.WaitGroup
		group.Go(func() { change(t, ada, "WEB-5", board.Change{Start: start}) })
		group.Go(func() { appends(grace, text) })
		group.Go(func() { appends(ada, "Ada's.") })
		group.Wait()
		card, err := ada.Card(t.Context(), "WEB-5")
		if err != nil {
			t.Fatal(err)
		}
		if task := card.Task; ada.Day(task.StartDate) != start || !strings.Contains(task.Description, text) || !strings.Contains(task.Description, "Ada's.") {
			t.Fatalf("round %d: %+v", round, task)
		}
	}
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

// TestSomebodyElseWritesMeanwhile from another process. An edit goes with what is there then; a whole new text is not written.
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
