package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"kaneo-mcp/sandbox"
)

// liveVariable names the running Kaneo that the cases are also to run against.
const liveVariable = "KANEO_LIVE_URL"

// eachKaneo runs a case against every Kaneo at hand, each with people and projects of its own.
func eachKaneo(t *testing.T, run func(t *testing.T, w *world)) {
	t.Helper()
	for name, options := range map[string]sandbox.Options{"sandbox": {}, "sandbox paging": {AlwaysPaged: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(sandbox.New(options))
			t.Cleanup(server.Close)
			run(t, newWorld(t, server.URL))
		})
	}
	t.Run("live", func(t *testing.T) {
		t.Parallel()
		address := os.Getenv(liveVariable)
		if address == "" {
			t.Skip(liveVariable + " is not set: no running Kaneo to test against")
		}
		run(t, newWorld(t, address))
	})
}

// world is what a case finds on a Kaneo: Acme with its owner Ada and its member Grace, and the projects Website and Backend.
type world struct {
	address    string
	client     *http.Client // of the people, whose connections end with the case
	ada, grace person
	workspace  string
	web, api   string // project ids
}

type person struct {
	id, name, email, session string
}

const password = "correct horse battery"

// newWorld fills a Kaneo through its public API, and takes the workspace away again at the end.
func newWorld(t *testing.T, address string) *world {
	t.Helper()
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	w := &world{address: address, client: &http.Client{Transport: transport}}
	tag := fmt.Sprintf("%x", time.Now().UnixNano())
	w.ada = w.signUp(t, "Ada Lovelace", "ada-"+tag+"@example.com")
	w.grace = w.signUp(t, "Grace Hopper", "grace-"+tag+"@example.com")

	w.workspace = id(w.must(t, w.ada, "POST", "/auth/organization/create", fields{"name": "Acme " + tag[:8], "slug": "acme-" + tag}))
	t.Cleanup(func() {
		w.must(t, w.ada, "POST", "/auth/organization/delete", fields{"organizationId": w.workspace})
	})
	invitation := id(w.must(t, w.ada, "POST", "/auth/organization/invite-member",
		fields{"email": w.grace.email, "role": "member", "organizationId": w.workspace}))
	w.must(t, w.grace, "POST", "/auth/organization/accept-invitation", fields{"invitationId": invitation})

	w.web = w.project(t, "Website", "WEB")
	w.api = w.project(t, "Backend", "API")
	for _, label := range []string{"bug", "feature"} {
		w.must(t, w.ada, "POST", "/label", fields{"name": label, "color": "#e11d48", "workspaceId": w.workspace})
	}
	w.seed(t)
	return w
}

// seed makes WEB-1 to WEB-4, one in each column, and API-1.
func (w *world) seed(t *testing.T) {
	t.Helper()
	for i, status := range []string{"to-do", "in-progress", "in-review", "done"} {
		w.task(t, w.web, fields{"title": fmt.Sprintf("Website task %d", i+1), "status": status, "userId": w.ada.id})
	}
	w.task(t, w.api, fields{"title": "Backend task", "status": "to-do", "dueDate": "2026-01-31T12:00:00.000Z"})
}

func (w *world) signUp(t *testing.T, name, email string) person {
	t.Helper()
	p := person{name: name, email: email}
	signedUp := w.must(t, p, "POST", "/auth/sign-up/email", fields{"name": name, "email": email, "password": password})
	p.session, _ = signedUp["token"].(string)
	user, _ := signedUp["user"].(map[string]any)
	p.id = id(user)
	return p
}

func (w *world) project(t *testing.T, name, slug string) string {
	t.Helper()
	return id(w.must(t, w.ada, "POST", "/project", fields{"name": name, "slug": slug, "icon": "Layout", "workspaceId": w.workspace}))
}

func (w *world) task(t *testing.T, project string, task fields) string {
	t.Helper()
	for field, value := range map[string]string{"description": "", "priority": "no-priority", "status": "to-do"} {
		if _, given := task[field]; !given {
			task[field] = value
		}
	}
	return id(w.must(t, w.ada, "POST", "/task/"+project, task))
}

// approve does what a person does on Kaneo's page: look the code up, which claims it, and press Approve.
func (w *world) approve(t *testing.T, by person, userCode string) {
	t.Helper()
	w.must(t, by, "GET", "/auth/device?user_code="+userCode, nil)
	w.must(t, by, "POST", "/auth/device/approve", fields{"userCode": userCode})
}

type fields map[string]any

func id(object map[string]any) string {
	text, _ := object["id"].(string)
	return text
}

// must sends one request as a person and wants it to succeed.
func (w *world) must(t *testing.T, as person, method, path string, body fields) map[string]any {
	t.Helper()
	raw := w.send(t, as, method, path, body)
	var object map[string]any
	if err := json.Unmarshal(raw, &object); err != nil {
		t.Fatalf("%s %s: not an object", method, path)
	}
	return object
}

// list is must for answers that are lists.
func (w *world) list(t *testing.T, as person, path string) []map[string]any {
	t.Helper()
	var all []map[string]any
	if err := json.Unmarshal(w.send(t, as, "GET", path, nil), &all); err != nil {
		t.Fatalf("GET %s: not a list", path)
	}
	return all
}

func (w *world) send(t *testing.T, as person, method, path string, body fields) []byte {
	t.Helper()
	var payload io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		payload = bytes.NewReader(raw)
	}
	request, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), method, w.address+"/api"+path, payload)
	if err != nil {
		t.Fatal(err)
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if as.session != "" {
		request.Header.Set("Authorization", "Bearer "+as.session)
	}
	response, err := w.client.Do(request)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	defer func() { _ = response.Body.Close() }()
	raw, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: status %d, %v", method, path, response.StatusCode, err)
	}
	return raw
}

func (w *world) decode(t *testing.T, path string, into any) {
	t.Helper()
	if err := json.Unmarshal(w.send(t, w.ada, "GET", path, nil), into); err != nil {
		t.Fatalf("GET %s: %v", path, err)
	}
}
