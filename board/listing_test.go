package board_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

func TestListReach(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	done := board.Filter{Statuses: []string{"done"}}
	tests := map[string]struct {
		desk     *board.Desk
		projects []string
		want     int // projects read
		keys     string
	}{
		"all there are":        {o.desk(t, "viewer"), nil, 2, "API-7 WEB-14 WEB-15 WEB-16 WEB-17 WEB-20"},
		"the default":          {o.desk(t, "viewer", inProject("API")), nil, 1, "API-7"},
		"all, despite default": {o.desk(t, "viewer", inProject("API")), []string{"All"}, 2, "API-7 WEB-14 WEB-15 WEB-16 WEB-17 WEB-20"},
		"one twice":            {o.desk(t, "viewer"), []string{"API", "backend"}, 1, "API-7"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.desk.List(t.Context(), "", tt.projects, done)
			board.Sort(got.Cards, board.ByKey)
			if err != nil || len(got.Projects) != tt.want || keys(got.Cards) != tt.keys {
				t.Errorf("%d projects, %q, %v", len(got.Projects), keys(got.Cards), err)
			}
		})
	}
}

func TestListLeavesArchivedProjectsOut(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.ask(t, "PUT", "/project/"+o.Project("API").ID+"/archive", "")
	desk := o.desk(t, "owner")
	if got, err := desk.List(t.Context(), "", nil, board.Filter{}); err != nil || len(got.Projects) != 1 || got.Projects[0].Slug != "WEB" {
		t.Errorf("%+v, %v", got.Projects, err)
	}
	if got, err := desk.List(t.Context(), "", []string{"API"}, board.Filter{}); err != nil || len(got.Cards) != 6 {
		t.Errorf("named: %q, %v", keys(got.Cards), err)
	}
}

// TestNarrowFilterReadsLittle sends what Kaneo can filter by itself along.
func TestNarrowFilterReadsLittle(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	if _, err := desk.Profile(t.Context(), "", "WEB"); err != nil {
		t.Fatal(err)
	}
	o.wire.take()
	_, err := desk.List(t.Context(), "", []string{"WEB"}, board.Filter{Statuses: []string{"To Do"}, Priorities: []string{"low"}, Assignees: []string{"Ada"}})
	want := []string{"GET /task/tasks/" + o.Project("WEB").ID}
	if diff := cmp.Diff(want, o.wire.take()); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

// card is one that only has what sorting looks at.
func card(slug string, number, dueIn int, p kaneo.Priority, age int) board.Card {
	start := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	c := board.Card{
		Project: kaneo.Project{ID: slug, Slug: slug},
		Task:    kaneo.Task{Number: number, Priority: p, CreatedAt: start.AddDate(0, 0, -age)},
	}
	c.Task.UpdatedAt = c.Task.CreatedAt
	if dueIn != 0 {
		c.Task.DueDate = start.AddDate(0, 0, dueIn)
	}
	return c
}

func TestSort(t *testing.T) {
	t.Parallel()
	cards := []board.Card{
		card("WEB", 1, 0, kaneo.Low, 1), card("WEB", 2, 3, kaneo.Low, 1), card("WEB", 3, 3, kaneo.Urgent, 9), card("WEB", 10, 0, kaneo.Low, 1),
		card("API", 7, 0, kaneo.Low, 1), card("API", 8, 1, kaneo.NoPriority, 5), card("API", 9, 0, "blocker", 2),
	}
	tests := map[board.Order]string{
		board.ByDue:      "API-8 WEB-3 WEB-2 API-7 WEB-1 WEB-10 API-9",
		board.ByPriority: "WEB-3 WEB-2 API-7 WEB-1 WEB-10 API-8 API-9",
		board.Newest:     "WEB-2 API-7 WEB-1 WEB-10 API-9 API-8 WEB-3",
		board.Oldest:     "WEB-3 API-8 API-9 WEB-2 API-7 WEB-1 WEB-10",
		board.Unchanged:  "WEB-3 API-8 API-9 WEB-2 API-7 WEB-1 WEB-10",
		board.ByKey:      "API-7 API-8 API-9 WEB-1 WEB-2 WEB-3 WEB-10",
		"":               "API-8 WEB-3 WEB-2 API-7 WEB-1 WEB-10 API-9",
	}
	for order, want := range tests {
		for range 5 { // whatever the order was before
			rand.Shuffle(len(cards), func(i, j int) { cards[i], cards[j] = cards[j], cards[i] })
			board.Sort(cards, order)
			if got := keys(cards); got != want {
				t.Errorf("by %s: %s, want %s", order, got, want)
			}
		}
	}
}
