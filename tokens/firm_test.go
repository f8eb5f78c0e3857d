package tokens_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"testing"
	"time"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
	"kaneo-mcp/tools"
)

// site is a Kaneo in which a firm can settle: a sandbox, whose time is ours, or a real one.
type site struct {
	address   string // without /api
	transport http.RoundTripper
	now       func() time.Time
	pass      func(time.Duration) // lets time pass, where it is ours
}

// firm is what the jobs are about: Ada, who owns the workspace and whose agent it is, and Grace have worked for six days
// on 150 tasks in the projects WEB, API and OPS.
type firm struct {
	site
	ada, grace person
	workspace  string
	projects   []kaneo.Project
	tasks      map[string]kaneo.Task // by key, as they were made
	catalogue  *tools.Catalogue
}

type person struct {
	*kaneo.Client

	id, session string
}

const webTasks, apiTasks, opsTasks = 90, 40, 20

// newFirm is the same each time, but for its ids.
func newFirm(t *testing.T, s site) *firm {
	t.Helper()
	f := &firm{site: s, tasks: map[string]kaneo.Task{}}
	f.settle(t)
	chance := rand.New(rand.NewPCG(7, 7))
	for _, p := range []struct {
		key, name string
		tasks     int
	}{{"WEB", "Website", webTasks}, {"API", "Backend", apiTasks}, {"OPS", "Operations", opsTasks}} {
		f.project(t, chance, p.name, p.key, p.tasks)
	}
	f.work(t)
	f.catalogue = tools.New(board.New(board.Options{
		Client: f.ada.Client, Zone: time.UTC, Now: s.now,
		Journal: board.NewJournalFile(t.TempDir(), "kaneo.example", func(err error) { t.Error(err) }),
	}), everything())
	return f
}

// settle signs both people up and makes their workspace.
func (f *firm) settle(t *testing.T) {
	t.Helper()
	tag := fmt.Sprintf("%x", rand.Uint64())
	f.ada, f.grace = f.signUp(t, "Ada Lovelace", "ada-"+tag), f.signUp(t, "Grace Hopper", "grace-"+tag)
	f.workspace = f.auth(t, f.ada, "organization/create", fields{"name": "Acme", "slug": "acme-" + tag}).ID
	t.Cleanup(func() { f.auth(t, f.ada, "organization/delete", fields{"organizationId": f.workspace}) })
	invitation := f.auth(t, f.ada, "organization/invite-member",
		fields{"email": "grace-" + tag + "@example.com", "role": "member", "organizationId": f.workspace})
	f.auth(t, f.grace, "organization/accept-invitation", fields{"invitationId": invitation.ID})
}

func (f *firm) signUp(t *testing.T, name, mailbox string) person {
	t.Helper()
	row := f.auth(t, person{}, "sign-up/email", fields{"name": name, "email": mailbox + "@example.com", "password": "correct horse battery"})
	address, err := url.Parse(f.address + "/api")
	if err != nil {
		t.Fatal(err)
	}
	client := kaneo.New(kaneo.Options{Base: address, Tokens: key(row.Token), HTTP: &http.Client{Transport: f.transport}})
	return person{client, row.User.ID, row.Token}
}

// account is what Kaneo's routes for accounts tell of what they made.
type account struct {
	ID    string `json:"id"`
	Token string `json:"token"`
	User  made   `json:"user"`
}

func (f *firm) auth(t *testing.T, by person, path string, body fields) (row account) {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.WithoutCancel(t.Context()) // it also cleans up
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, f.address+"/api/auth/"+path, bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if by.session != "" {
		request.Header.Set("Authorization", "Bearer "+by.session)
	}
	answer, err := f.transport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(&row); err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("POST %s: status %d, %v", path, answer.StatusCode, err)
	}
	return row
}

func (f *firm) project(t *testing.T, chance *rand.Rand, name, key string, tasks int) {
	t.Helper()
	p := done(f.ada.CreateProject(t.Context(), kaneo.NewProject{WorkspaceID: f.workspace, Name: name, Slug: key, Icon: "Layout"}))(t)
	f.projects = append(f.projects, p)
	labels := map[string]string{}
	for _, label := range []string{"bug", "feature", "chore"} {
		labels[label] = done(f.ada.CreateLabel(t.Context(), f.workspace, label, "#64748b"))(t).ID
	}
	for n := range tasks {
		task := done(f.ada.CreateTask(t.Context(), p.ID, f.draft(chance, n+1)))(t)
		f.tasks[fmt.Sprintf("%s-%d", key, task.Number)] = task
		if label := pick(chance, "", "", "", "bug", "feature", "chore"); label != "" {
			done(f.ada.AttachLabel(t.Context(), labels[label], task.ID))(t)
		}
		f.pass(40 * time.Minute)
	}
}

// draft is the sort of task that teams have.
func (f *firm) draft(chance *rand.Rand, number int) kaneo.NewTask {
	verb := pick(chance, "Fix", "Add", "Remove", "Investigate", "Document", "Refactor", "Ship", "Design", "Test", "Migrate")
	thing := pick(chance, "login redirect", "billing webhook", "dark mode", "CSV export", "search index", "retry policy",
		"landing page", "rate limiter", "session cache", "onboarding email", "mobile layout", "audit log")
	task := kaneo.NewTask{
		Title:       fmt.Sprintf("%s %s #%d", verb, thing, number),
		Description: fmt.Sprintf("Steps to reproduce and expected result for item %d.\n\n- [ ] Write the test\n- [ ] Fix it", number),
		Priority:    pick(chance, kaneo.NoPriority, kaneo.Low, kaneo.Medium, kaneo.High, kaneo.Urgent),
		Status:      pick(chance, "to-do", "to-do", "in-progress", "in-review", "done"),
	}
	if chance.Float64() < .6 {
		task.AssigneeID = pick(chance, f.ada.id, f.grace.id)
	}
	if chance.Float64() < .5 {
		task.DueDate = midnight(f.now()).AddDate(0, 0, chance.IntN(40)-8)
	}
	return task
}

func midnight(at time.Time) time.Time { return at.UTC().Truncate(24 * time.Hour) }

// work is what happened since the tasks were made: Grace finished some and commented, and some stand in others' way.
func (f *firm) work(t *testing.T) {
	t.Helper()
	for n := 3; n <= webTasks; n += 9 {
		task := f.tasks[fmt.Sprintf("WEB-%d", n)]
		if task.Status == "done" {
			continue
		}
		done(f.grace.SetStatus(t.Context(), task.ID, "done"))(t)
		done(f.grace.AddComment(t.Context(), task.ID, "Looked at this, **reproduced** on staging."))(t)
		f.pass(time.Hour)
	}
	for _, tie := range []struct {
		from, to string
		as       kaneo.RelationType
	}{
		{"WEB-6", "WEB-2", kaneo.Blocks}, {"API-8", "WEB-2", kaneo.Blocks}, {"WEB-16", "WEB-14", kaneo.Blocks},
		{"WEB-8", "WEB-15", kaneo.Blocks}, // done, so that it does not
		{"WEB-20", "WEB-22", kaneo.Subtask}, {"WEB-20", "WEB-23", kaneo.Subtask}, {"API-3", "API-4", kaneo.Related},
	} {
		done(f.ada.AddRelation(t.Context(), f.tasks[tie.from].ID, f.tasks[tie.to].ID, tie.as))(t)
	}
}

// done is what a call returned that has to succeed.
func done[T any](result T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
}

// call is what a model reads when it calls a tool.
func (f *firm) call(t *testing.T, name, args string) string {
	t.Helper()
	return (&office{catalogue: f.catalogue}).call(t, name, args)
}
