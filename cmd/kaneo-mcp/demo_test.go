package main

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kaneo-mcp/demo"
	"kaneo-mcp/sandbox"
)

// sessions are the tokens of somebody's sessions, as Kaneo tells them.
func sessions(t *testing.T, place town, role string) []string {
	t.Helper()
	return sessionsAt(t, place.url, place.Who(role))
}

func sessionsAt(t *testing.T, url string, p sandbox.Person) (tokens []string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/api/auth/list-sessions", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+p.Session)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer http.DefaultClient.CloseIdleConnections()
	defer answer.Body.Close()
	var rows []struct{ Token string }
	if err := json.NewDecoder(answer.Body).Decode(&rows); err != nil || len(rows) < 2 {
		t.Fatalf("%d sessions, status %d: %v", len(rows), answer.StatusCode, err)
	}
	for _, row := range rows {
		tokens = append(tokens, row.Token)
	}
	return tokens
}

// tellsTheStory checks what the demo prints, in order.
func tellsTheStory(t *testing.T, text string) {
	t.Helper()
	at := 0
	for _, step := range []string{
		"tools/list", "get_board, ", `→ tools/call get_board {"project":"Backend"}`, "AUTH REQUIRED", "/device?user_code=",
		`→ tools/call get_board {"project":"Backend"}`, "Signed in as Ada Lovelace", "API Backend: 7 tasks", "→ tools/call create_tasks", "Created API-9",
		`→ tools/call update_tasks {"tasks":["API-9"]`, "To Do → In Progress; comment added", "→ tools/call search", "API-9 Try kaneo-mcp",
		"To work a real Kaneo", "mcpServers",
	} {
		next := strings.Index(text[at:], step)
		if next < 0 {
			t.Fatalf("%q is missing after:\n%s\nin:\n%s", step, text[:at], text)
		}
		at += next + len(step)
	}
}

func TestDemoWithoutATerminal(t *testing.T) {
	t.Parallel()
	s := newShell(t, "https://kaneo.example").with("KANEO_API_KEY", "key-of-a-real-kaneo", "KANEO_TZ", "${TZ}")
	end := startProcess(t, s, "demo").hangUp()
	end.check(t, exitDone)
	tellsTheStory(t, end.out)
	if secret := regexp.MustCompile(`[A-Za-z0-9]{24,}`).FindString(end.out); secret != "" || end.err != "" {
		t.Errorf("%q looks like a secret; stderr: %q", secret, end.err)
	}
}

// TestDemoTellsNoSecret compares all that is printed with all that this Kaneo keeps secret.
func TestDemoTellsNoSecret(t *testing.T) {
	t.Parallel()
	place, err := demo.Open(t.Context(), anyPort)
	if err != nil {
		t.Fatal(err)
	}
	defer place.Close()
	out, complaints := newScreen(), newScreen()
	if err := demo.Run(t.Context(), place, demo.Options{Program: binary, Out: out, Err: complaints, Approve: true}); err != nil {
		t.Fatal(err)
	}
	tellsTheStory(t, out.String())
	owner := place.Residents.Who("owner")
	for _, secret := range slices.Concat(sessionsAt(t, place.URL, owner), []string{owner.APIKey, owner.Password}) {
		if strings.Contains(out.String()+complaints.String(), secret) {
			t.Error("the demo shows a secret")
		}
	}
}

// TestDemoWaitsForAPerson has somebody at the terminal, who goes away.
func TestDemoWaitsForAPerson(t *testing.T) {
	t.Parallel()
	place, err := demo.Open(t.Context(), anyPort)
	if err != nil {
		t.Fatal(err)
	}
	defer place.Close()
	out := newScreen()
	done := make(chan error, 1)
	go func() {
		done <- demo.Run(t.Context(), place, demo.Options{Program: binary, Out: out, Err: newScreen()})
	}()
	code := out.await(t, `user_code=([A-Z0-9]{8})`)
	out.await(t, "Now you are that person")
	if err := place.Approve(code); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	tellsTheStory(t, out.String())
}
