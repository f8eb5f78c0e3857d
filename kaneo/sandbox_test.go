package kaneo_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"

	"kaneo-mcp/kaneo"
	"kaneo-mcp/sandbox"
)

// instance is a Kaneo of our own, with one owner, one workspace and one project.
type instance struct {
	*kaneo.Client
	kaneo              *sandbox.Kaneo
	token              string
	userID             string
	workspace, project string

	mu     sync.Mutex
	sent   int                                // requests of Client
	before func(*http.Request)                // each of them, if set
	answer func(*http.Request) *http.Response // instead of Kaneo, unless nil
}

func newInstance(t *testing.T, o sandbox.Options) *instance {
	t.Helper()
	i := &instance{kaneo: sandbox.New(o)}
	account := i.ask(t, "POST", "/auth/sign-up/email", `{"name":"Ada","email":"ada@example.com","password":"correct horse"}`)
	i.token, i.userID = account.Token, account.User.ID
	i.workspace = i.ask(t, "POST", "/auth/organization/create", `{"name":"Acme","slug":"acme"}`).ID
	i.project = i.newProject(t, "WEB")
	i.Client = client(t, i, func(o *kaneo.Options) { o.Tokens = &tokens{first: i.token} })
	return i
}

func (i *instance) newProject(t *testing.T, slug string) string {
	t.Helper()
	return i.ask(t, "POST", "/project", fmt.Sprintf(`{"name":%q,"workspaceId":%q,"icon":"Layout","slug":%q}`, slug, i.workspace, slug)).ID
}

// RoundTrip carries the requests of Client.
func (i *instance) RoundTrip(r *http.Request) (*http.Response, error) {
	i.mu.Lock()
	i.sent++
	before, answer := i.before, i.answer
	i.mu.Unlock()
	if before != nil {
		before(r)
	}
	if answer != nil {
		if a := answer(r); a != nil {
			return a, nil
		}
	}
	return i.kaneo.Transport().RoundTrip(r)
}

// row is the union of what the answers to ask are read for.
type row struct {
	ID    string `json:"id"`
	Token string `json:"token"`
	User  struct {
		ID string `json:"id"`
	} `json:"user"`
}

// ask calls Kaneo without the client: for what has to be there before.
func (i *instance) ask(t *testing.T, method, path, body string) row {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, "https://kaneo.example/api"+path, bytes.NewBufferString(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if i.token != "" {
		req.Header.Set("Authorization", "Bearer "+i.token)
	}
	resp, err := i.kaneo.Transport().RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var answer row
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: status %d, %v", method, path, resp.StatusCode, err)
	}
	return answer
}

// fill imports n tasks, spread over the columns and the two buckets.
func (i *instance) fill(t *testing.T, n int) {
	t.Helper()
	type task struct {
		Title  string `json:"title"`
		Status string `json:"status"`
	}
	statuses := []string{"to-do", "done", "planned", "in-progress", "archived", "in-review"}
	tasks := make([]task, n)
	for j := range tasks {
		tasks[j] = task{fmt.Sprintf("Task %d", j+1), statuses[j%len(statuses)]}
	}
	for batch := range slices.Chunk(tasks, 50) {
		body, err := json.Marshal(map[string][]task{"tasks": batch})
		if err != nil {
			t.Fatal(err)
		}
		i.ask(t, "POST", "/task/import/"+i.project, string(body))
	}
}
