package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// household is a seeded instance and its people.
type household struct {
	*visitor
	Residents
}

func newHousehold(t *testing.T, o Options) household {
	t.Helper()
	v := newVisitor(t)
	o.Clock = v.k.clock
	v.k = New(o)
	return household{v, v.k.Seed()}
}

// read gets a path as somebody of a role and decodes the answer.
func read[T any](h household, role, path string) T {
	h.t.Helper()
	var into T
	if err := json.Unmarshal([]byte(h.must(h.visitor.get(path, h.Who(role).Session)).body), &into); err != nil {
		h.t.Fatal(err)
	}
	return into
}

// write sends JSON as somebody of a role.
func (h household) write(role, method, path, body string) said {
	h.t.Helper()
	return h.send(method, path, body, "Authorization", "Bearer "+h.Who(role).Session, "Content-Type", typeJSON)
}

func TestSeedIsTheSameEveryTime(t *testing.T) {
	t.Parallel()
	tell := func() (lines []string) {
		h := newHousehold(t, Options{})
		for _, p := range h.Projects {
			page := read[boardPage](h, "viewer", "/api/task/tasks/"+p.ID+"?sortBy=number")
			lines = append(lines, fmt.Sprintf("%s %s: %d", p.Slug, p.Name, page.Pagination.Total))
			for _, col := range page.Data.Columns {
				for _, row := range col.Tasks {
					lines = append(lines, fmt.Sprintf("%s-%d %s %s %s", p.Slug, row.Number, row.Title, row.Status, row.Priority))
				}
			}
		}
		return lines
	}
	if diff := cmp.Diff(tell(), tell()); diff != "" {
		t.Error(diff)
	}
}

func TestSeededCredentialsWork(t *testing.T) {
	t.Parallel()
	h := newHousehold(t, Options{})
	for _, p := range h.People {
		for _, token := range []string{p.Session, p.APIKey} {
			if got := h.get("/api/project?workspaceId="+h.Workspace.ID, token); got.status != http.StatusOK {
				t.Errorf("%s: %d %s", p.Name, got.status, got.body)
			}
		}
		h.must(h.post("/api/auth/sign-in/email", "", fmt.Sprintf(`{"email":%q,"password":%q}`, p.Email, p.Password)))
	}
}

func TestSeededRolesRefuse(t *testing.T) {
	t.Parallel()
	h := newHousehold(t, Options{})
	board := read[boardPage](h, "owner", "/api/task/tasks/"+h.Project("WEB").ID)
	task := "/" + board.Data.Columns[0].Tasks[0].ID
	for _, c := range []struct {
		role, method, path, body string
		status                   int
	}{
		{"member", "PUT", "/api/task/title" + task, `{"title":"t"}`, 200},
		{"member", "PUT", "/api/task/assignee" + task, `{"userId":null}`, 403},
		{"member", "DELETE", "/api/task" + task, ``, 403},
		{"viewer", "PUT", "/api/task/title" + task, `{"title":"t"}`, 403},
		{"viewer", "POST", "/api/comment" + task, `{"content":"c"}`, 403},
		{"owner", "PUT", "/api/task/assignee" + task, `{"userId":null}`, 200},
		{"owner", "DELETE", "/api/task" + task, ``, 200},
	} {
		if got := h.write(c.role, c.method, c.path, c.body); got.status != c.status {
			t.Errorf("%s %s %s: %d %s, want %d", c.role, c.method, c.path, got.status, got.body, c.status)
		}
	}
}
