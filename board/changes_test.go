package board_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kaneo-mcp/board"
)

func keysChanged(c board.Changes) string {
	var keys []string
	for _, b := range c.Boards {
		for _, task := range b.Tasks {
			keys = append(keys, task.Card.Key())
		}
	}
	slices.Sort(keys)
	return strings.Join(keys, " ")
}

// TestChanges happens in the hour after the office opened.
func TestChanges(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.clock.move(time.Hour)
	ada, grace := o.desk(t, "owner"), o.desk(t, "member")
	since := board.Period{From: o.clock.now(), Until: o.clock.now().Add(time.Hour)}
	for _, act := range []struct {
		desk   *board.Desk
		ref    string
		change board.Change
	}{
		{ada, "WEB-4", board.Change{Status: "done"}},
		{grace, "WEB-5", board.Change{Comment: "only a comment, which does not touch the task's date"}},
		{ada, "API-2", board.Change{Description: "a change without history"}},
	} {
		if _, err := act.desk.Update(t.Context(), []string{act.ref}, act.change); err != nil {
			t.Fatal(err)
		}
	}
	for name, test := range map[string]struct {
		projects, people []string
		period           board.Period
		want             string
	}{
		"all":             {nil, nil, since, "API-2 WEB-4 WEB-5"},
		"one project":     {[]string{"WEB"}, nil, since, "WEB-4 WEB-5"},
		"one person":      {nil, []string{"Grace"}, since, "WEB-5"},
		"oneself":         {nil, []string{"me"}, since, "WEB-4"},
		"period after":    {nil, nil, board.Period{From: since.Until, Until: since.Until}, ""},
		"a period before": {nil, nil, board.Period{From: since.From.Add(-30 * time.Minute), Until: since.From.Add(-time.Minute)}, ""},
	} {
		changes, err := ada.Changes(t.Context(), test.projects, test.period, test.people)
		if got := keysChanged(changes); err != nil || got != test.want || changes.Cut {
			t.Errorf("%s: %q, cut %t, %v; want %q", name, got, changes.Cut, err, test.want)
		}
	}
}

// TestChangesAreBounded: of a thousand new tasks only the latest histories are read, so many at a time.
func TestChangesAreBounded(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.clock.move(time.Hour)
	since := o.clock.now()
	project := o.Project("API").ID
	for n := range 200 {
		o.clock.move(time.Second)
		o.newTask(t, project, strings.Repeat("x", n+1), "to-do")
	}
	desk := o.desk(t, "owner")
	changes, err := desk.Changes(t.Context(), []string{"API"}, board.Period{From: since, Until: o.clock.now()}, nil)
	if err != nil || !changes.Cut || len(changes.Boards[0].Tasks) != 150 {
		t.Errorf("cut %t, %v", changes.Cut, err)
	}
	histories := 0
	for _, request := range o.wire.take() {
		if strings.HasPrefix(request, "GET /activity/") {
			histories++
		}
	}
	if histories != 150 || o.wire.most > 8 {
		t.Errorf("%d histories, %d at a time", histories, o.wire.most)
	}
}
