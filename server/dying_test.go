package server

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// dieAt ends the session just before the nth of the coming requests that would change something.
func (h *house) dieAt(nth int) {
	session, n := h.session(), 0
	h.hush(func(r *http.Request) bool {
		if r.Method == http.MethodGet || strings.Contains(r.URL.Path, "/auth/") {
			return false
		}
		h.mu.Lock()
		defer h.mu.Unlock()
		if n++; n == nth {
			h.kaneo.RevokeSession(session)
		}
		return false
	})
}

// atWork is a case at a host whose person has signed in, and whose names have been looked up.
func atWork(t *testing.T, m manner, test func(t *testing.T, g *host)) {
	t.Helper()
	atHost(t, m, func(t *testing.T, g *host) {
		go func() { g.house.approve(<-g.code) }()
		g.call("get_board", readBoard)
		time.Sleep(6 * time.Second)
		g.call("get_task", `{"task":"WEB-1","include":["comments"]}`)
		g.seen, g.questions = time.Time{}, nil
		test(t, g)
	})
}

// TestAWriteMeetsADeadSession: it goes on after the sign-in, in the same call where there is a dialog, else in the repeated
// one; and it is done once.
func TestAWriteMeetsADeadSession(t *testing.T) {
	t.Parallel()
	for surface, m := range map[string]manner{
		"2025 page": {declares: pages},
		"2026 page": {modern: true, declares: pages, habit: habit{10 * time.Second, "accept"}},
		"text":      {},
	} {
		for tool, test := range map[string]struct {
			args   string
			writes int
		}{
			"add_comment":  {`{"task":"WEB-1","text":"Once."}`, 1},
			"create_tasks": {`{"project":"WEB","tasks":[{"title":"Once","labels":["bug"]},{"title":"Twice"}]}`, 3},
			"update_tasks": {`{"tasks":["WEB-1","WEB-2"],"due":"2030-01-01","comment":"Once."}`, 4},
		} {
			t.Run(surface+", "+tool, func(t *testing.T) {
				t.Parallel()
				atWork(t, m, func(t *testing.T, g *host) {
					g.house.dieAt(1)
					go func() { g.house.approve(<-g.code) }()
					answer := g.call(tool, test.args)
					if m.declares == "" {
						g.house.wantAuth(answer)
						time.Sleep(6 * time.Second)
						answer = g.call(tool, test.args)
					}
					if answer.isError || !strings.HasPrefix(answer.text, welcome) {
						t.Errorf("%+v", answer)
					}
					if n := g.house.writes(); n != test.writes {
						t.Errorf("%d writes, want %d", n, test.writes)
					}
					g.house.wantCodes(2)
				})
			})
		}
	}
}

// TestABatchThatDiesHalfWay: each item says what was not done, and a repeat of just that leaves nothing twice.
func TestABatchThatDiesHalfWay(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		tool, args    string
		then, repeat  string
		dieAt, writes int // writes in all: none is done twice
	}{
		"creation": {
			"create_tasks", `{"project":"WEB","tasks":[{"title":"One"},{"title":"Two","labels":["bug"]},{"title":"Three"}]}`,
			"create_tasks", `{"project":"WEB","tasks":[{"title":"Three"}]}`,
			4, 4,
		},
		"label": {
			"create_tasks", `{"project":"WEB","tasks":[{"title":"One","labels":["bug"]}]}`,
			"update_tasks", `{"tasks":["WEB-25"],"add_labels":["bug"]}`,
			2, 2,
		},
		"comment": {
			"update_tasks", `{"tasks":["WEB-1"],"priority":"low","status":"done","comment":"Moved."}`,
			"add_comment", `{"task":"WEB-1","text":"Moved."}`,
			3, 3,
		},
		"update": {
			"update_tasks", `{"tasks":["WEB-1"],"priority":"low","status":"done"}`,
			"update_tasks", `{"tasks":["WEB-1"],"priority":"low","status":"done"}`, // all of it again
			2, 2,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			atWork(t, manner{declares: pages}, func(t *testing.T, g *host) {
				g.house.dieAt(test.dieAt)
				half := g.call(test.tool, test.args)
				golden(t, "half_way/"+name+".txt", half.text)
				if len(g.questions) > 0 || half.isError {
					t.Errorf("it has to be told first what was done: %+v", half)
				}
				go func() { g.house.approve(<-g.code) }()
				again := g.call(test.then, test.repeat)
				if n := g.house.writes(); n != test.writes {
					t.Errorf("%d writes, want %d; the repeat: %+v", n, test.writes, again)
				}
			})
		})
	}
}

// TestADeadSessionAmongManyUpdates: they run side by side, and each is done or told, so that all of it can be repeated.
func TestADeadSessionAmongManyUpdates(t *testing.T) {
	t.Parallel()
	const update = `{"tasks":["WEB-1","WEB-2","WEB-3","WEB-4","WEB-5","WEB-6"],"due":"2030-01-01"}`
	atWork(t, manner{declares: pages}, func(t *testing.T, g *host) {
		g.house.dieAt(3)
		half := g.call("update_tasks", update)
		done := g.house.writes()
		if told := strings.Count(half.text, "WEB-"); half.isError || done == 0 || done == 6 || told != 6 {
			t.Errorf("%d writes: %+v", done, half)
		}
		go func() { g.house.approve(<-g.code) }()
		again := g.call("update_tasks", update)
		if n := g.house.writes(); again.isError || n != 6 || !strings.Contains(again.text, "already") {
			t.Errorf("%d writes: %+v", n, again)
		}
	})
}
