package kaneo_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kaneo-mcp/kaneo"
	"kaneo-mcp/sandbox"
)

var generations = map[string]sandbox.Options{"2.22": {}, "2.26": {AlwaysPaged: true}}

// whole checks that b is the project's board with n tasks, numbered from 1 on.
func whole(t *testing.T, b kaneo.Board, err error, n int) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if b.Total != n || b.Incomplete || len(b.Tasks) != n {
		t.Errorf("%d of %d tasks, incomplete %v, want %d", len(b.Tasks), b.Total, b.Incomplete, n)
	}
	for i, task := range b.Tasks {
		if task.Number != i+1 || task.Title != fmt.Sprintf("Task %d", i+1) {
			t.Fatalf("at %d: number %d, %q", i, task.Number, task.Title)
		}
	}
	columns := []kaneo.BoardColumn{{Slug: "to-do", Name: "To Do"}, {Slug: "in-progress", Name: "In Progress"}, {Slug: "in-review", Name: "In Review"}, {Slug: "done", Name: "Done", IsFinal: true}}
	if diff := cmp.Diff(columns, b.Columns); diff != "" {
		t.Error(diff)
	}
}

func TestWholeBoard(t *testing.T) {
	t.Parallel()
	tests := []struct{ tasks, paged, again int }{ // requests of 2.26, at first and later
		{0, 1, 1}, {1, 1, 1}, {50, 1, 1}, {51, 2, 1}, {100, 2, 1}, {101, 3, 2}, {1000, 11, 10},
	}
	for generation, o := range generations {
		for _, tt := range tests {
			t.Run(fmt.Sprintf("%s with %d tasks", generation, tt.tasks), func(t *testing.T) {
				t.Parallel()
				i := newInstance(t, o)
				i.fill(t, tt.tasks)
				want := [2]int{1, 1}
				if o.AlwaysPaged {
					want = [2]int{tt.paged, tt.again}
				}
				for time := range 2 {
					i.sent = 0
					b, err := i.Board(t.Context(), i.project, kaneo.BoardFilter{})
					whole(t, b, err, tt.tasks)
					if i.sent != want[time] {
						t.Errorf("%d requests, want %d", i.sent, want[time])
					}
				}
			})
		}
	}
}

func TestBoardHead(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{})
	b, err := i.Board(t.Context(), i.project, kaneo.BoardFilter{})
	if err != nil {
		t.Fatal(err)
	}
	want := kaneo.Board{ID: i.project, Name: "WEB", Slug: "WEB", WorkspaceID: i.workspace}
	if diff := cmp.Diff(want, b, cmpopts.IgnoreFields(kaneo.Board{}, "Columns"), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	if _, err := i.Board(t.Context(), "nosuchproject", kaneo.BoardFilter{}); kaneo.KindOf(err) != kaneo.NotFound {
		t.Errorf("unknown project: %v", err)
	}
}

func TestBoardLabels(t *testing.T) {
	t.Parallel()
	const tasks, labels = 60, 5 // 250 rows on the first page of fifty
	for generation, o := range generations {
		for _, tasks := range []int{40, tasks} {
			t.Run(fmt.Sprintf("%s with %d tasks", generation, tasks), func(t *testing.T) {
				t.Parallel()
				i := newInstance(t, o)
				i.fill(t, tasks)
				b, err := i.Board(t.Context(), i.project, kaneo.BoardFilter{})
				whole(t, b, err, tasks)
				for n := range labels {
					l, err := i.CreateLabel(t.Context(), i.workspace, fmt.Sprintf("label %d", n), "#f00")
					for _, task := range b.Tasks {
						if err == nil {
							_, err = i.AttachLabel(t.Context(), l.ID, task.ID)
						}
					}
					if err != nil {
						t.Fatal(err)
					}
				}
				b, err = i.Board(t.Context(), i.project, kaneo.BoardFilter{})
				whole(t, b, err, tasks)
				for _, task := range b.Tasks {
					if len(task.Labels) != labels {
						t.Errorf("task %d has %d labels, want %d", task.Number, len(task.Labels), labels)
					}
				}
			})
		}
	}
}

func TestBoardOfManyColumns(t *testing.T) {
	t.Parallel()
	for generation, o := range generations {
		t.Run(generation, func(t *testing.T) {
			t.Parallel()
			i := newInstance(t, o)
			for n := range 120 {
				i.ask(t, "POST", "/column/"+i.project, fmt.Sprintf(`{"name":"Lane %d"}`, n))
			}
			for range 2 { // the second time it is known that boards are paged
				if _, err := i.CreateTask(t.Context(), i.project, kaneo.NewTask{Status: "lane-119"}); err != nil {
					t.Fatal(err)
				}
				b, err := i.Board(t.Context(), i.project, kaneo.BoardFilter{})
				if err != nil || len(b.Columns) != 124 || b.Columns[0].Slug != "to-do" || b.Columns[123].Name != "Lane 119" || b.Incomplete {
					t.Errorf("%d columns, incomplete %v, %v", len(b.Columns), b.Incomplete, err)
				}
			}
		})
	}
}

func TestBoardFilter(t *testing.T) {
	t.Parallel()
	for generation, o := range generations {
		t.Run(generation, func(t *testing.T) {
			t.Parallel()
			i := newInstance(t, o)
			due := time.Date(2026, 12, 24, 18, 0, 0, 0, time.FixedZone("", 7200))
			for _, n := range []kaneo.NewTask{
				{Title: "plain", Status: "to-do"},
				{Title: "high", Status: "to-do", Priority: kaneo.High},
				{Title: "mine", Status: "done", AssigneeID: i.userID},
				{Title: "due", Status: "planned", DueDate: due},
			} {
				if _, err := i.CreateTask(t.Context(), i.project, n); err != nil {
					t.Fatal(err)
				}
			}
			tests := []struct {
				filter kaneo.BoardFilter
				want   string
			}{
				{kaneo.BoardFilter{}, "plain high mine due"},
				{kaneo.BoardFilter{Status: "to-do"}, "plain high"},
				{kaneo.BoardFilter{Status: "to-do", Priority: kaneo.High}, "high"},
				{kaneo.BoardFilter{AssigneeID: i.userID}, "mine"},
				{kaneo.BoardFilter{DueAfter: due, DueBefore: due}, "due"},
				{kaneo.BoardFilter{DueAfter: due.Add(time.Millisecond)}, ""},
				{kaneo.BoardFilter{Status: "nowhere"}, ""},
			}
			for _, tt := range tests {
				b, err := i.Board(t.Context(), i.project, tt.filter)
				var titles []string
				for _, task := range b.Tasks {
					titles = append(titles, task.Title)
				}
				if got := strings.Join(titles, " "); err != nil || got != tt.want || len(b.Columns) != 4 || b.Incomplete {
					t.Errorf("%+v: %q of %d, %v, want %q", tt.filter, got, b.Total, err, tt.want)
				}
			}
		})
	}
}

func TestDeferredDescription(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{AlwaysPaged: true})
	long := strings.Repeat("é", 33<<10)
	made, err := i.CreateTask(t.Context(), i.project, kaneo.NewTask{Title: "long", Description: long})
	if err != nil {
		t.Fatal(err)
	}
	b, err := i.Board(t.Context(), i.project, kaneo.BoardFilter{})
	if err != nil || len(b.Tasks) != 1 || !b.Tasks[0].DescriptionDeferred || b.Tasks[0].Description != "" {
		t.Errorf("board: %v, %v", b.Tasks, err)
	}
	if task, err := i.Task(t.Context(), made.ID); err != nil || task.Description != long || task.DescriptionDeferred {
		t.Errorf("task: %d bytes, %v", len(task.Description), err)
	}
}

func TestBoardThatChanges(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name       string
		changes    int // how many walks see a task come
		total      int
		incomplete bool
	}{
		{"once", 1, 121, false},
		{"twice", 2, 122, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			i := newInstance(t, sandbox.Options{AlwaysPaged: true})
			i.fill(t, 120)
			var mu sync.Mutex
			i.before = func(r *http.Request) {
				mu.Lock()
				defer mu.Unlock()
				if r.URL.Query().Get("page") == "2" && tt.changes > 0 {
					tt.changes--
					i.ask(t, "POST", "/task/"+i.project, `{"title":"new","description":"","priority":"low","status":"to-do"}`)
				}
			}
			b, err := i.Board(t.Context(), i.project, kaneo.BoardFilter{})
			if err != nil || b.Total != tt.total || b.Incomplete != tt.incomplete || len(b.Tasks) != tt.total {
				t.Errorf("%d of %d tasks, incomplete %v, %v", len(b.Tasks), b.Total, b.Incomplete, err)
			}
		})
	}
}

// TestTasksInNoColumn is about statuses that no column has: Kaneo counts such tasks and shows them nowhere.
func TestTasksInNoColumn(t *testing.T) {
	t.Parallel()
	c := client(t, always(200, js, `{"data":{"id":"p","columns":[]},"pagination":{"total":1,"page":1,"pageSize":1,"totalPages":1}}`))
	b, err := c.Board(t.Context(), "p", kaneo.BoardFilter{})
	if err != nil || !b.Incomplete || b.Total != 1 || len(b.Tasks) != 0 {
		t.Errorf("%+v, %v", b, err)
	}
}

func TestBoardThatIsTooSlow(t *testing.T) {
	t.Parallel()
	slow := func(r *http.Request) *http.Response {
		if limit := r.URL.Query().Get("limit"); limit == "" || limit == "100" || limit == "50" {
			return plain(503, "Task list request took too long; retry later")
		}
		return nil
	}
	for _, known := range []bool{false, true} {
		t.Run(fmt.Sprintf("known to be paged %v", known), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				i := newInstance(t, sandbox.Options{AlwaysPaged: true})
				i.fill(t, 120)
				if known {
					if _, err := i.Board(t.Context(), i.project, kaneo.BoardFilter{}); err != nil {
						t.Fatal(err)
					}
				}
				i.answer = slow
				b, err := i.Board(t.Context(), i.project, kaneo.BoardFilter{})
				whole(t, b, err, 120)
			})
		})
	}
}

func TestBoardOfADeadKaneo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		_, err := client(t, always(503, html, "<html>")).Board(t.Context(), "p", kaneo.BoardFilter{})
		if took := time.Since(start); kaneo.KindOf(err) != kaneo.Unavailable || took > 2*time.Second {
			t.Errorf("%v after %v", err, took)
		}
	})
}
