package sandbox

import (
	"strconv"
	"strings"
	"time"
)

// Residents are who and what Seed brings in. Names, titles and numbers are the
// same every time; ids, secrets and times are not.
type Residents struct {
	Workspace Place
	People    []Person
	Projects  []Place
}

// Place is a workspace or a project.
type Place struct{ ID, Name, Slug string }

// Person is a member of the workspace, with everything to sign in.
type Person struct {
	Name, Email, Password string
	Role                  string // owner, member, viewer
	UserID                string
	APIKey                string // 64 letters; never expires
	Session               string // a bearer token, seven days from the seeding on
}

// Who is the person of a role; empty when there is none.
func (r Residents) Who(role string) Person {
	for _, p := range r.People {
		if p.Role == role {
			return p
		}
	}
	return Person{}
}

// Project is the one of a slug ("WEB"); empty when there is none.
func (r Residents) Project(slug string) Place {
	for _, p := range r.Projects {
		if p.Slug == slug {
			return p
		}
	}
	return Place{}
}

// Seed brings in Ada Lovelace (owner), Grace Hopper (member) and Vera Rubin
// (viewer), their workspace Acme with the labels bug, feature and chore, and the
// projects Website (WEB, 24 tasks in all columns and buckets) and Backend (API, 8
// tasks), with comments and relations. None of them administers the instance.
func (k *Kaneo) Seed() Residents {
	k.mu.Lock()
	defer k.mu.Unlock()
	s := seeding{Kaneo: k, people: map[string]string{}, tasks: map[string]*task{}}
	k.addUser("Root", "root@example.com", seedPassword)
	s.workspace = k.addWorkspace("Acme", "acme")
	k.addTeam(s.workspace)
	var r Residents
	r.Workspace = Place{s.workspace.ID, s.workspace.Name, s.workspace.Slug}
	r.People = []Person{
		s.person("Ada Lovelace", "owner"), s.person("Grace Hopper", "member"), s.person("Vera Rubin", "viewer"),
	}
	for _, l := range []exportedLabel{{"bug", "#e11d48"}, {"feature", "#2563eb"}, {"chore", "#64748b"}} {
		k.newLabel(s.workspace.ID, "", l.Name, l.Color)
	}
	r.Projects = []Place{
		s.project("Website", "WEB", "Layout", websiteTasks()), s.project("Backend", "API", "Server", backendTasks()),
	}
	s.talk()
	return r
}

const seedPassword = "correct horse battery"

// seeding is a Seed under way.
type seeding struct {
	*Kaneo
	workspace *workspace
	people    map[string]string // user ids by first name
	tasks     map[string]*task  // by title
}

func (s seeding) person(name, role string) Person {
	first, last, _ := strings.Cut(name, " ")
	email := strings.ToLower(first + "." + last + "@example.com")
	u := s.addUser(name, email, seedPassword)
	u.EmailVerified = true
	s.people[first] = u.ID
	s.addMember(s.workspace.ID, u.ID, role)
	return Person{
		Name: name, Email: email, Password: seedPassword, Role: role, UserID: u.ID,
		APIKey: s.addKey(u.ID, told("seed"), nil).secret, Session: s.openSession(u.ID, "seed").Token,
	}
}

func (s seeding) project(name, slug, icon string, tasks []seedTask) Place {
	p := s.newProject(s.workspace.ID, name, slug, icon)
	for i, row := range tasks {
		s.tasks[row.title] = s.task(p.ID, row, time.Duration(len(tasks)-i)*7*time.Hour)
	}
	return Place{p.ID, p.Name, p.Slug}
}

// task makes one, made by Ada that long ago.
func (s seeding) task(projectID string, row seedTask, ago time.Duration) *task {
	t := s.newTask(projectID, task{
		Title: row.title, Description: told(row.description), Status: row.status, Priority: row.priority,
		UserID: ref(s.people[row.who]), DueDate: s.dueIn(row.due),
	})
	made := s.now().plus(-ago)
	t.CreatedAt, t.UpdatedAt = made, made
	for name := range strings.FieldsSeq(row.labels) {
		s.newLabel(s.workspace.ID, t.ID, name, s.original(s.workspace.ID, name).Color)
	}
	s.announce(t, "created", s.people["Ada"])
	return t
}

// dueIn is midnight UTC so many days from today; "" is no date.
func (s seeding) dueIn(days string) stamp {
	n, err := strconv.Atoi(days)
	if err != nil {
		return stamp{}
	}
	const day = 24 * time.Hour
	return stamp{s.now().Truncate(day)}.plus(time.Duration(n) * day)
}

// talk adds comments and relations.
func (s seeding) talk() {
	ada, grace := s.users.get(s.people["Ada"]), s.users.get(s.people["Grace"])
	login, callback := s.tasks["Fix login redirect loop"], s.tasks["Validate OAuth callback origin"]
	s.comment(login, grace, "Happens only with a trailing slash in the origin.")
	s.comment(login, ada, "Then let us normalise it **before** comparing.")
	s.comment(s.tasks["Export invoices as CSV"], ada, "Semicolons for the German locale, please.")
	s.relate(callback.ID, login.ID, "blocks")
	s.relate(s.tasks["Redesign the pricing page"].ID, s.tasks["Collect pricing feedback"].ID, "subtask")
}

// SeedTasks adds n tasks to a project, spread over its columns, all priorities
// and no assignee, and returns their ids in the order of their numbers. An
// unknown project gets none.
func (k *Kaneo) SeedTasks(projectID string, n int) []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	columns := k.columnsOf(projectID)
	if len(columns) == 0 {
		return nil
	}
	ids := make([]string, n)
	for i := range ids {
		ids[i] = k.newTask(projectID, task{
			Title: seedTitle(i), Description: told(""),
			Status: columns[i%len(columns)].Slug, Priority: priorities()[i%len(priorities())],
		}).ID
	}
	return ids
}

// seedTitle is different for every i.
func seedTitle(i int) string {
	verbs := strings.Fields("Fix Add Remove Investigate Document Refactor Ship Design Test Migrate")
	things := []string{
		"login redirect", "billing webhook", "dark mode", "CSV export", "search index", "retry policy",
		"landing page", "rate limiter", "session cache", "onboarding email", "mobile layout", "audit log",
	}
	return verbs[i%len(verbs)] + " " + things[i/len(verbs)%len(things)] + " " + strconv.Itoa(i+1)
}
