package kaneo_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"kaneo-mcp/kaneo"
)

// everyCall makes each request that the client can make, with everything that can be given.
func everyCall(ctx context.Context, c *kaneo.Client) map[string]func() {
	day := time.Date(2026, 12, 24, 18, 0, 0, 0, time.FixedZone("", 7200))
	full := kaneo.FullTask{ProjectID: "p", Title: "t", Status: "to-do", Priority: kaneo.Low, AssigneeID: "u", StartDate: day, DueDate: day, Position: 3}
	return map[string]func(){
		"GET /config":                          func() { _, _ = c.Config(ctx) },
		"GET /auth/get-session":                func() { _, _ = c.Me(ctx) },
		"GET /auth/organization/list":          func() { _, _ = c.Workspaces(ctx) },
		"GET /workspace/{workspaceId}/members": func() { _, _ = c.Members(ctx, "w") },
		"GET /project":                         func() { _, _ = c.Projects(ctx, "w", true) },
		"GET /column/{projectId}":              func() { _, _ = c.Columns(ctx, "p") },
		"GET /task/tasks/{projectId}": func() {
			_, _ = c.Board(ctx, "p", kaneo.BoardFilter{Status: "a", Priority: kaneo.Low, AssigneeID: "u", DueAfter: day, DueBefore: day})
		},
		"GET /task/{id}":                     func() { _, _ = c.Task(ctx, "t") },
		"GET /comment/{taskId}":              func() { _, _ = c.Comments(ctx, "t") },
		"GET /activity/{taskId}":             func() { _, _ = c.Activity(ctx, "t") },
		"GET /task-relation/{taskId}":        func() { _, _ = c.Relations(ctx, "t") },
		"GET /label/workspace/{workspaceId}": func() { _, _ = c.WorkspaceLabels(ctx, "w") },
		"GET /label/task/{taskId}":           func() { _, _ = c.TaskLabels(ctx, "t") },
		"GET /time-entry/task/{taskId}":      func() { _, _ = c.TimeEntries(ctx, "t") },
		"GET /external-link/task/{taskId}":   func() { _, _ = c.Links(ctx, "t") },
		"GET /search": func() {
			_, _ = c.Search(ctx, kaneo.SearchQuery{Text: "x", WorkspaceID: "w", ProjectID: "p", Type: kaneo.SearchTasks, Limit: 3})
		},
		"POST /task/{projectId}": func() { _, _ = c.CreateTask(ctx, "p", kaneo.NewTask{}) },
		"POST /task/{projectId} with everything": func() {
			_, _ = c.CreateTask(ctx, "p", kaneo.NewTask{"t", "d", "to-do", kaneo.High, "u", day, day, nil})
		},
		"PUT /task/title/{id}":                        func() { _, _ = c.SetTitle(ctx, "t", "x") },
		"PUT /task/description/{id}":                  func() { _, _ = c.SetDescription(ctx, "t", "") },
		"PUT /task/status/{id}":                       func() { _, _ = c.SetStatus(ctx, "t", "x") },
		"PUT /task/priority/{id}":                     func() { _, _ = c.SetPriority(ctx, "t", kaneo.Urgent) },
		"PUT /task/assignee/{id}":                     func() { _, _ = c.SetAssignee(ctx, "t", "u") },
		"PUT /task/assignee/{id} to nobody":           func() { _, _ = c.SetAssignee(ctx, "t", "") },
		"PUT /task/due-date/{id}":                     func() { _, _ = c.SetDueDate(ctx, "t", day) },
		"PUT /task/due-date/{id} to never":            func() { _, _ = c.SetDueDate(ctx, "t", time.Time{}) },
		"PUT /task/{id}":                              func() { _, _ = c.ReplaceTask(ctx, "t", full) },
		"PUT /task/{id} with little":                  func() { _, _ = c.ReplaceTask(ctx, "t", kaneo.FullTask{Priority: kaneo.Low}) },
		"PUT /task/move/{id}":                         func() { _, _ = c.MoveTask(ctx, "t", "p", "") },
		"DELETE /task/{id}":                           func() { _ = c.DeleteTask(ctx, "t") },
		"POST /comment/{taskId}":                      func() { _, _ = c.AddComment(ctx, "t", "x") },
		"PUT /comment/{id}":                           func() { _, _ = c.EditComment(ctx, "c", "x") },
		"DELETE /comment/{id}":                        func() { _ = c.DeleteComment(ctx, "c") },
		"POST /label":                                 func() { _, _ = c.CreateLabel(ctx, "w", "bug", "#f00") },
		"PUT /label/{id}/task":                        func() { _, _ = c.AttachLabel(ctx, "l", "t") },
		"PATCH /task/bulk":                            func() { _, _ = c.AttachLabels(ctx, "l", []string{"t"}) },
		"DELETE /label/{id}/task":                     func() { _ = c.DetachLabel(ctx, "l") },
		"POST /task-relation":                         func() { _, _ = c.AddRelation(ctx, "a", "b", kaneo.Blocks) },
		"DELETE /task-relation/{id}":                  func() { _ = c.DeleteRelation(ctx, "r") },
		"POST /time-entry":                            func() { _, _ = c.AddTimeEntry(ctx, "t", day, day, "x") },
		"PUT /time-entry/{id}":                        func() { _, _ = c.UpdateTimeEntry(ctx, "e", day, day, "x") },
		"PUT /label/{id}":                             func() { _, _ = c.UpdateLabel(ctx, "l", "bug", "#f00") },
		"DELETE /label/{id}":                          func() { _, _ = c.DeleteLabel(ctx, "l") },
		"GET /notification":                           func() { _, _ = c.Notifications(ctx) },
		"PATCH /notification/{id}/read":               func() { _ = c.MarkRead(ctx, "n") },
		"PATCH /notification/read-all":                func() { _ = c.MarkAllRead(ctx) },
		"POST /project":                               func() { _, _ = c.CreateProject(ctx, kaneo.NewProject{"w", "n", "S", "Layout"}) },
		"PUT /project/{id}":                           func() { _, _ = c.UpdateProject(ctx, "p", kaneo.ProjectFields{IsPublic: true}) },
		"PUT /project/{id}/archive":                   func() { _, _ = c.ArchiveProject(ctx, "p") },
		"PUT /project/{id}/unarchive":                 func() { _, _ = c.UnarchiveProject(ctx, "p") },
		"DELETE /project/{id}":                        func() { _ = c.DeleteProject(ctx, "p") },
		"POST /column/{projectId}":                    func() { _, _ = c.CreateColumn(ctx, "p", "n", "#f00", true) },
		"PUT /column/{id}":                            func() { _, _ = c.UpdateColumn(ctx, "c", "n", "#f00", true) },
		"PUT /column/reorder/{projectId}":             func() { _ = c.ReorderColumns(ctx, "p", []string{"a", "b"}) },
		"DELETE /column/{id}":                         func() { _ = c.DeleteColumn(ctx, "c") },
		"GET /workflow-rule/{projectId}":              func() { _, _ = c.WorkflowRules(ctx, "p") },
		"PUT /workflow-rule/{projectId}":              func() { _, _ = c.SetWorkflowRule(ctx, "p", "github", "pr_merged", "c") },
		"DELETE /workflow-rule/{id}":                  func() { _ = c.DeleteWorkflowRule(ctx, "r") },
		"POST /auth/organization/invite-member":       func() { _, _ = c.Invite(ctx, "w", "a@b.c", "member") },
		"POST /auth/organization/cancel-invitation":   func() { _ = c.CancelInvitation(ctx, "i") },
		"GET /github-integration/project/{projectId}": func() { _, _ = c.BranchPattern(ctx, "p") },
		"GET /asset/{id}":                             func() { _, _ = c.Download(ctx, "a", 1) },
		"PUT /task/image-upload/{id}":                 func() { _, _ = c.Upload(ctx, "t", kaneo.File{"n", "text/plain", []byte("x")}, kaneo.InComment) },
	}
}

// schema is as much of a JSON Schema as Kaneo's document uses for input.
type schema struct {
	Type       string            `json:"type"`
	Nullable   bool              `json:"nullable"`
	Enum       []string          `json:"enum"`
	Properties map[string]schema `json:"properties"`
	Required   []string          `json:"required"`
}

type operation struct {
	Parameters []struct {
		Name     string `json:"name"`
		In       string `json:"in"`
		Required bool   `json:"required"`
		Schema   schema `json:"schema"`
	} `json:"parameters"`
	RequestBody struct {
		Content map[string]struct {
			Schema schema `json:"schema"`
		} `json:"content"`
	} `json:"requestBody"`
}

type document struct {
	Paths map[string]map[string]json.RawMessage `json:"paths"`
}

func readDocument(t *testing.T) document {
	t.Helper()
	raw, err := os.ReadFile("../../shared/kaneo-openapi.json")
	if err != nil {
		t.Skip("Kaneo's OpenAPI document is missing: ../shared/kaneo-openapi.json")
	}
	var d document
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestRequestsFitKaneosDocument(t *testing.T) {
	t.Parallel()
	d := readDocument(t)
	type sent struct {
		*http.Request
		body []byte
	}
	var last sent
	c := client(t, wire(func(r *http.Request) (*http.Response, error) {
		last = sent{Request: r}
		if r.Body != nil {
			last.body, _ = io.ReadAll(r.Body)
		}
		return jsonReply(400, `{}`), nil
	}))
	for name, call := range everyCall(t.Context(), c) {
		last = sent{}
		call()
		method, rest, _ := strings.Cut(name, " ")
		path, _, _ := strings.Cut(rest, " ")
		var op operation
		if err := json.Unmarshal(d.Paths[path][strings.ToLower(method)], &op); err != nil {
			t.Errorf("%s is not in the document: %v", name, err)
			continue
		}
		if last.Request == nil || last.Method != method || !fits(path, last.URL.Path) {
			t.Errorf("%s: sent %v", name, last.Request)
			continue
		}
		for _, misfit := range slices.Concat(op.queryMisfits(last.URL.Query()), op.bodyMisfits(last.body)) {
			t.Errorf("%s: %s", name, misfit)
		}
	}
}

// fits says whether path is template with its parameters filled in.
func fits(template, path string) bool {
	want, got := strings.Split("/api"+template, "/"), strings.Split(path, "/")
	return slices.EqualFunc(want, got, func(w, g string) bool { return w == g || strings.HasPrefix(w, "{") && g != "" })
}

func (op operation) queryMisfits(query url.Values) []string {
	var misfits []string
	known := map[string]bool{}
	for _, p := range op.Parameters {
		if p.In != "query" {
			continue
		}
		known[p.Name] = true
		if p.Required && !query.Has(p.Name) {
			misfits = append(misfits, p.Name+" is required")
		}
		if query.Has(p.Name) && len(p.Schema.Enum) > 0 && !slices.Contains(p.Schema.Enum, query.Get(p.Name)) {
			misfits = append(misfits, p.Name+" is none of the values")
		}
	}
	for name := range query {
		if !known[name] {
			misfits = append(misfits, name+" is not a parameter")
		}
	}
	return misfits
}

func (op operation) bodyMisfits(body []byte) []string {
	want := op.RequestBody.Content["application/json"].Schema
	if len(body) == 0 {
		return slices.Clone(want.Required)
	}
	var members map[string]any
	if err := json.Unmarshal(body, &members); err != nil {
		return []string{err.Error()}
	}
	var misfits []string
	for _, name := range want.Required {
		if _, sent := members[name]; !sent {
			misfits = append(misfits, name+" is required")
		}
	}
	for name, value := range members {
		property, known := want.Properties[name]
		if !known || !property.admits(value) {
			misfits = append(misfits, name+" does not fit")
		}
	}
	return misfits
}

func (s schema) admits(value any) bool {
	switch v := value.(type) {
	case nil:
		return s.Nullable
	case string:
		return (s.Type == "string" || s.Type == "") && (len(s.Enum) == 0 || slices.Contains(s.Enum, v))
	case float64:
		return s.Type == "number" || s.Type == "integer"
	case bool:
		return s.Type == "boolean"
	case []any:
		return s.Type == "array"
	}
	return false
}
