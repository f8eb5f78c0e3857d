package tokens_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"testing"
	"time"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
	"kaneo-mcp/sandbox"
	"kaneo-mcp/tools"
)

// office is an instance in which people have worked for a while: the seed, and the project SHOP.
type office struct {
	kaneo     *sandbox.Kaneo
	residents sandbox.Residents
	project   string
	catalogue *tools.Catalogue
}

// newOffice fills SHOP with so many tasks of all columns; three in five are assigned, half have a due date, and two in
// five a label. It is the same each time.
func newOffice(t *testing.T, tasks int) *office {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC) }
	o := &office{kaneo: sandbox.New(sandbox.Options{Clock: now})}
	o.residents = o.kaneo.Seed()
	o.project = o.post(t, "/project", fields{"name": "Shop", "slug": "SHOP", "icon": "Layout", "workspaceId": o.residents.Workspace.ID}).ID
	o.fill(t, tasks)
	client := kaneo.New(kaneo.Options{
		Base:   &url.URL{Scheme: "https", Host: "kaneo.example", Path: "/api"},
		Tokens: key(o.owner().APIKey),
		HTTP:   &http.Client{Transport: o.kaneo.Transport()},
	})
	o.catalogue = tools.New(board.New(board.Options{Client: client, Zone: time.UTC, Now: now}), everything())
	return o
}

func (o *office) owner() sandbox.Person { return o.residents.Who("owner") }

func (o *office) fill(t *testing.T, tasks int) {
	t.Helper()
	chance := rand.New(rand.NewPCG(7, 7))
	for n := range tasks {
		made := o.post(t, "/task/"+o.project, o.task(chance, n+1))
		if label := pick(chance, "", "", "", "bug", "feature"); label != "" {
			o.post(t, "/label", fields{"name": label, "color": "#64748b", "workspaceId": o.residents.Workspace.ID, "taskId": made.ID})
		}
	}
}

// task is the sort of task that teams have.
func (o *office) task(chance *rand.Rand, number int) fields {
	verb := pick(chance, "Fix", "Add", "Remove", "Investigate", "Document", "Refactor", "Ship", "Design", "Test", "Migrate")
	thing := pick(chance, "login redirect", "billing webhook", "dark mode", "CSV export", "search index", "retry policy",
		"landing page", "rate limiter", "session cache", "onboarding email", "mobile layout", "audit log")
	task := fields{
		"title":       fmt.Sprintf("%s %s #%d", verb, thing, number),
		"description": fmt.Sprintf("Steps to reproduce and expected result for item %d.", number),
		"priority":    pick(chance, "no-priority", "low", "medium", "high", "urgent"),
		"status":      pick(chance, "to-do", "in-progress", "in-review", "done"),
	}
	if chance.Float64() < .6 {
		task["userId"] = pick(chance, o.residents.People...).UserID
	}
	if chance.Float64() < .5 {
		task["dueDate"] = fmt.Sprintf("2026-%02d-%02dT12:00:00.000Z", 11+chance.IntN(2), 1+chance.IntN(28))
	}
	return task
}

func pick[T any](chance *rand.Rand, from ...T) T { return from[chance.IntN(len(from))] }

// fields are those of a request to Kaneo.
type fields map[string]string

// made is what there is to know of something new.
type made struct {
	ID string `json:"id"`
}

func (o *office) post(t *testing.T, path string, body fields) made {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://kaneo.example/api"+path, bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+o.owner().Session)
	answer, err := o.kaneo.Transport().RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var row made
	if err := json.NewDecoder(answer.Body).Decode(&row); err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("POST %s: status %d, %v", path, answer.StatusCode, err)
	}
	return row
}

// call is what a model reads when it calls a tool.
func (o *office) call(t *testing.T, name, args string) string {
	t.Helper()
	for _, tool := range o.catalogue.Tools() {
		if tool.Name != name {
			continue
		}
		view, err := o.catalogue.Call(t.Context(), tool, []byte(args))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return view.Text(error.Error)
	}
	t.Fatalf("there is no tool %s", name)
	return ""
}

// key is the credential of somebody who has an API key.
type key string

func (k key) Token(context.Context) (string, error) { return string(k), nil }

func (k key) Refused(context.Context, string) (string, error) {
	return "", errors.New("the key was refused")
}
