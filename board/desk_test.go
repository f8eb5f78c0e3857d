package board_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
	"kaneo-mcp/sandbox"
)

// office is a seeded Kaneo with Ada (owner), Grace (member) and Vera (viewer) in it, on Tuesday, 24 November 2026, at ten
// in Berlin.
type office struct {
	sandbox.Residents
	kaneo *sandbox.Kaneo
	clock *clock
	wire  *wire
}

const origin = "https://kaneo.example"

func newOffice(t *testing.T, options ...sandbox.Options) *office {
	t.Helper()
	o := &office{clock: &clock{at: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}}
	var settings sandbox.Options
	for _, settings = range options {
	}
	settings.Clock = o.clock.now
	o.kaneo = sandbox.New(settings)
	o.Residents = o.kaneo.Seed()
	o.wire = &wire{far: o.kaneo.Transport()}
	return o
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// desk is where somebody of a role works.
func (o *office) desk(t *testing.T, role string, changes ...func(*board.Options)) *board.Desk {
	t.Helper()
	return o.deskOf(t, o.Who(role).APIKey, changes...)
}

func (o *office) deskOf(t *testing.T, token string, changes ...func(*board.Options)) *board.Desk {
	t.Helper()
	settings := board.Options{
		Client: newClient(token, o.wire, 0),
		Zone:   zone(t, "Europe/Berlin"),
		Now:    o.clock.now,
	}
	for _, change := range changes {
		change(&settings)
	}
	return board.New(settings)
}

func newClient(token string, by http.RoundTripper, inFlight int) *kaneo.Client {
	return kaneo.New(kaneo.Options{
		Base: &url.URL{Scheme: "https", Host: "kaneo.example", Path: "/api"}, Tokens: bearer(token),
		HTTP: &http.Client{Transport: by}, InFlight: inFlight,
	})
}

// client asks Kaneo past the wire: what it sends is not counted.
func (o *office) client(t *testing.T, role string) *kaneo.Client {
	t.Helper()
	return newClient(o.Who(role).APIKey, o.kaneo.Transport(), 0)
}

func inProject(ref string) func(*board.Options) { return func(o *board.Options) { o.Project = ref } }

func inWorkspace(ref string) func(*board.Options) {
	return func(o *board.Options) { o.Workspace = ref }
}

// bearer is a credential that has no replacement.
type bearer string

func (b bearer) Token(context.Context) (string, error) { return string(b), nil }

func (bearer) Refused(context.Context, string) (string, error) {
	return "", errors.New("nobody is signed in")
}

// row is the union of what the answers to ask are read for.
type row struct {
	ID    string `json:"id"`
	Slug  string `json:"slug"`
	Token string `json:"token"`
	User  struct {
		ID string `json:"id"`
	} `json:"user"`
}

// ask calls Kaneo without a desk, as the owner: for what has to be there before, or changes meanwhile.
func (o *office) ask(t *testing.T, method, path, body string, args ...any) row {
	t.Helper()
	return o.askAs(t, o.Who("owner").Session, method, path, body, args...)
}

func (o *office) askAs(t *testing.T, token, method, path, body string, args ...any) row {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, origin+"/api"+path, bytes.NewBufferString(fmt.Sprintf(body, args...)))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := o.kaneo.Transport().RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	var answer row
	if err := cmp.Or(err, json.Unmarshal(text, &answer)); err != nil && !strings.HasPrefix(string(text), "[") || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: status %d, %v: %s", method, path, resp.StatusCode, err, text)
	}
	return answer
}

// newProject makes a project in a workspace, which is Acme if it is "".
func (o *office) newProject(t *testing.T, workspaceID, name, slug string) string {
	t.Helper()
	return o.ask(t, "POST", "/project", `{"name":%q,"workspaceId":%q,"icon":"Layout","slug":%q}`,
		name, cmp.Or(workspaceID, o.Workspace.ID), slug).ID
}

// newTask makes a task in a project.
func (o *office) newTask(t *testing.T, projectID, title, status string) string {
	t.Helper()
	return o.ask(t, "POST", "/task/"+projectID, `{"title":%q,"description":"","priority":"no-priority","status":%q}`, title, status).ID
}

// newcomer signs up, and joins Acme if that is wanted.
func (o *office) newcomer(t *testing.T, name, email string, join bool) row {
	t.Helper()
	account := o.askAs(t, "", "POST", "/auth/sign-up/email", `{"name":%q,"email":%q,"password":"correct horse"}`, name, email)
	if join {
		invitation := o.ask(t, "POST", "/auth/organization/invite-member", `{"email":%q,"role":"member","organizationId":%q}`, email, o.Workspace.ID)
		o.askAs(t, account.Token, "POST", "/auth/organization/accept-invitation", `{"invitationId":%q}`, invitation.ID)
	}
	return account
}

// newWorkspace makes another one of Ada's.
func (o *office) newWorkspace(t *testing.T, name, slug string) string {
	t.Helper()
	return o.ask(t, "POST", "/auth/organization/create", `{"name":%q,"slug":%q}`, name, slug).ID
}

// id is the id of a task that is there.
func id(t *testing.T, d *board.Desk, ref string) string {
	t.Helper()
	card, err := d.Card(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	return card.Task.ID
}

// says checks that an error is a sentence for the reader which contains what is wanted.
func says(t *testing.T, err error, wanted ...string) {
	t.Helper()
	var mistake *board.Mistake
	if !errors.As(err, &mistake) {
		t.Errorf("%v, want a mistake about %q", err, wanted)
		return
	}
	for _, part := range wanted {
		if !strings.Contains(mistake.Error(), part) {
			t.Errorf("%q lacks %q", mistake.Error(), part)
		}
	}
}

// keys lists the keys of cards.
func keys(cards []board.Card) string {
	list := make([]string, len(cards))
	for i, card := range cards {
		list[i] = card.Key()
	}
	return strings.Join(list, " ")
}
