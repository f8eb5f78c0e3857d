package board_test

import (
	"fmt"
	"strings"
	"testing"

	"kaneo-mcp/board"
)

// TestErrands gives each task its own change, and they are taken back together.
func TestErrands(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	out, err := desk.UpdateEach(t.Context(), []board.Errand{
		{Task: "WEB-1", Change: board.Change{Assignee: "Grace", Due: "monday"}},
		{Task: "API-1", Change: board.Change{Assignee: "nobody", Status: "done"}},
		{Task: "WEB-999", Change: board.Change{Priority: "low"}},
	})
	if err != nil || len(out) != 3 {
		t.Fatal(out, err)
	}
	if card := out[0].Card; card.Task.AssigneeName != "Grace Hopper" || desk.Day(card.Task.DueDate) != "2026-11-30" {
		t.Errorf("%+v", card.Task)
	}
	if card := out[1].Card; card.Task.AssigneeID != "" || !card.Status.Done {
		t.Errorf("%+v", card.Task)
	}
	says(t, out[2].Err, "There is no task WEB-999")
}

// TestManyErrandsThatMayNotBe are refused before any is tried.
func TestManyErrandsThatMayNotBe(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	errands := make([]board.Errand, 12)
	for i := range errands {
		errands[i] = board.Errand{Task: fmt.Sprintf("WEB-%d", i+1), Change: board.Change{Priority: "low"}}
	}
	_, err := o.desk(t, "viewer").UpdateEach(t.Context(), errands)
	says(t, err, "Your role here (viewer) may not change tasks", "Nothing was changed.")
}

// TestErrandsThatCannotBeMeant change nothing, whichever of them is wrong.
func TestErrandsThatCannotBeMeant(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for want, second := range map[string]board.Errand{
		"One task is named twice":          {Task: "web-1", Change: board.Change{Priority: "low"}},
		"Nothing to change":                {Task: "WEB-2"},
		"is both set and cleared":          {Task: "WEB-2", Change: board.Change{Due: "friday", Clear: []board.Field{board.Due}}},
		"Your role here (member) may not ": {Task: "WEB-2", Change: board.Change{Assignee: "Vera"}},
	} {
		o.wire.take()
		_, err := o.desk(t, "member").UpdateEach(t.Context(), []board.Errand{{Task: "WEB-1", Change: board.Change{Priority: "high"}}, second})
		says(t, err, want)
		for _, sent := range o.wire.take() {
			if !strings.HasPrefix(sent, "GET ") && !strings.Contains(sent, "has-permission") {
				t.Errorf("%s: sent %s", want, sent)
			}
		}
	}
}
