package board_test

import (
	"cmp"
	"testing"

	"kaneo-mcp/board"
)

func TestProjectReferences(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "viewer")
	web := o.Project("WEB")
	address := "https://web.kaneo.example/dashboard/workspace/" + o.Workspace.ID + "/project/" + web.ID
	for _, ref := range []string{"WEB", "web", "Website", " website ", web.ID, address, address + "/board", address + "/task/x"} {
		if got, err := desk.Project(t.Context(), "", ref); err != nil || got.ID != web.ID {
			t.Errorf("%q is %s, %v", ref, got.Name, err)
		}
	}
	for ref, want := range map[string]string{
		"":       "Which project? There is: WEB Website, API Backend.",
		"Webs":   `No project "Webs". There is: WEB Website, API Backend.`,
		"WEB-12": "No project",
	} {
		_, err := desk.Project(t.Context(), "", ref)
		says(t, err, want)
	}
	if got, err := o.desk(t, "viewer", inProject("backend")).Project(t.Context(), "", " "); err != nil || got.Slug != "API" {
		t.Errorf("the default is %s, %v", got.Slug, err)
	}
}

func TestArchivedProjects(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	old := o.newProject(t, "", "Website", "OLD")
	gone := o.newProject(t, "", "Gone", "GONE")
	for _, archived := range []string{old, gone} {
		o.ask(t, "PUT", "/project/"+archived+"/archive", "")
	}
	desk := o.desk(t, "owner")
	for ref, want := range map[string]string{"Website": "WEB", "OLD": "OLD", old: "OLD", "gone": "GONE"} {
		if got, err := desk.Project(t.Context(), "", ref); err != nil || got.Slug != want {
			t.Errorf("%q is %s, %v, want %s", ref, got.Slug, err, want)
		}
	}
	for archived, want := range map[bool]int{false: 2, true: 4} {
		if all, err := desk.Projects(t.Context(), "", archived); err != nil || len(all) != want {
			t.Errorf("archived %v: %d projects, %v, want %d", archived, len(all), err, want)
		}
	}
}

func TestStatusReferences(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	columns := o.columns(t, "WEB")
	o.ask(t, "PUT", "/column/"+columns["in-review"], `{"name":"QA"}`)
	desk := o.desk(t, "member")
	for ref, want := range map[string]string{
		"In Progress": "in-progress", "in progress": "in-progress", "in-progress": "in-progress", "in_progress": "in-progress",
		" IN  PROGRESS ": "in-progress", "progress": "in-progress", "todo": "to-do", "qa": "in-review", "in-review": "in-review", "planned": "planned", "Archived": "archived",
	} {
		out, err := desk.Update(t.Context(), []string{"WEB-6"}, board.Change{Status: ref})
		if err = cmp.Or(err, out[0].Err); err != nil || out[0].Card.Task.Status != want {
			t.Errorf("%q is %s, %v, want %s", ref, out[0].Card.Task.Status, err, want)
		}
	}
	for ref, want := range map[string]string{
		"doing": `No status "doing" in WEB. There is: To Do, In Progress, QA, Done, planned, archived.`, " ": "No status",
	} {
		out, err := desk.Update(t.Context(), []string{"WEB-6"}, board.Change{Status: ref})
		says(t, cmp.Or(err, out[0].Err), want)
	}
}

// TestColumnsInOneWord are not guessed: a word that may mean another column, or a set of them, is no name.
func TestColumnsInOneWord(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	columns := o.columns(t, "WEB")
	for slug, name := range map[string]string{"to-do": "Not done yet", "in-progress": "In Review", "in-review": "To Review", "done": "To Open"} {
		o.ask(t, "PUT", "/column/"+columns[slug], `{"name":%q}`, name)
	}
	for ref, want := range map[string]string{
		"review": `"review" names more than one status: In Review, To Review. Say which one.`,
		"yet":    `No status "yet"`, "open": `No status "open"`, "not": `No status "not"`,
	} {
		out, err := o.desk(t, "member").Update(t.Context(), []string{"WEB-6"}, board.Change{Status: ref})
		says(t, cmp.Or(err, out[0].Err), want)
	}
}

// columns gives the ids of a project's columns by slug.
func (o *office) columns(t *testing.T, key string) map[string]string {
	t.Helper()
	columns, err := o.client(t, "owner").Columns(t.Context(), o.Project(key).ID)
	if err != nil {
		t.Fatal(err)
	}
	ids := make(map[string]string)
	for _, column := range columns {
		ids[column.Slug] = column.ID
	}
	return ids
}

func TestPersonReferences(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk, grace := o.desk(t, "viewer"), o.Who("member")
	for ref, want := range map[string]string{
		"me": o.Who("viewer").UserID, " Me ": o.Who("viewer").UserID, "Grace Hopper": grace.UserID, "grace": grace.UserID, "HOPPER": grace.UserID,
		"@grace": grace.UserID, "@Grace Hopper": grace.UserID, "grace.hopper@example.com": grace.UserID, "Grace.Hopper@Example.com": grace.UserID,
		grace.UserID: grace.UserID,
	} {
		if got, err := desk.Person(t.Context(), o.Workspace.ID, ref); err != nil || got.ID != want {
			t.Errorf("%q is %s, %v", ref, got.Name, err)
		}
	}
	for _, ref := range []string{"", "@", " ", "Gra", "Grace Kelly", "everybody"} {
		_, err := desk.Person(t.Context(), o.Workspace.ID, ref)
		says(t, err, "No person", "in this workspace. There is: Ada Lovelace, Grace Hopper, Vera Rubin.")
	}
}

func TestPeopleOfOneName(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.newcomer(t, "Grace Slick", "slick@example.com", true)
	desk := o.desk(t, "owner")
	_, err := desk.Person(t.Context(), o.Workspace.ID, "grace")
	says(t, err, "more than one person: Grace Hopper, Grace Slick. Say which one.")
	if got, err := desk.Person(t.Context(), o.Workspace.ID, "slick"); err != nil || got.Name != "Grace Slick" {
		t.Errorf("%s, %v", got.Name, err)
	}
	o.newcomer(t, "Grace Hopper", "other@example.com", true)
	desk.Forget()
	_, err = desk.Person(t.Context(), o.Workspace.ID, "Grace Hopper")
	says(t, err, "Grace Hopper (grace.hopper@example.com), Grace Hopper (other@example.com)")
}

// TestPeopleAreNamedOnAnyKeyboard: by a name without its marks, or with the two letters that stand for one.
func TestPeopleAreNamedOnAnyKeyboard(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.newcomer(t, "Jürgen Groß", "jg@example.com", true)
	o.newcomer(t, "Zoë Nuñez", "zn@example.com", true)
	desk := o.desk(t, "owner")
	for ref, want := range map[string]string{
		"jürgen": "Jürgen Groß", "Jurgen": "Jürgen Groß", "juergen": "Jürgen Groß", "GROSS": "Jürgen Groß", "Juergen Gross": "Jürgen Groß", "Jürgen Gross": "Jürgen Groß",
		"zoe": "Zoë Nuñez", "Zoe Nunez": "Zoë Nuñez",
	} {
		if got, err := desk.Person(t.Context(), o.Workspace.ID, ref); err != nil || got.Name != want {
			t.Errorf("%q is %s, %v", ref, got.Name, err)
		}
	}
}

func TestStrangerIsNotAssigned(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	stranger := o.newcomer(t, "Mallory", "mallory@example.com", false)
	desk := o.desk(t, "owner")
	for _, ref := range []string{stranger.User.ID, "Mallory", "mallory@example.com"} {
		out, err := desk.Update(t.Context(), []string{"WEB-1"}, board.Change{Assignee: ref, Priority: "low"})
		says(t, cmp.Or(err, out[0].Err), "No person")
		made, err := desk.Create(t.Context(), "", "WEB", []board.Draft{{Title: "x", Assignee: ref}}, false)
		says(t, cmp.Or(err, made[0].Err), "No person")
	}
	if writes := o.wire.takeWrites(); writes != nil {
		t.Errorf("sent %q", writes)
	}
}

func TestWorkspaceReferences(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	lone := o.newcomer(t, "Lone", "lone@example.com", false)
	_, err := o.deskOf(t, lone.Token).Workspace(t.Context(), "")
	says(t, err, "no workspace yet")

	if got, err := o.desk(t, "owner").Workspace(t.Context(), ""); err != nil || got.ID != o.Workspace.ID {
		t.Errorf("the only one: %s, %v", got.Name, err)
	}
	second := o.newWorkspace(t, "Second House", "second")
	desk := o.desk(t, "owner")
	for ref, want := range map[string]string{"acme": o.Workspace.ID, "Second House": second, "second-house": second, "second": second, second: second} {
		if got, err := desk.Workspace(t.Context(), ref); err != nil || got.ID != want {
			t.Errorf("%q is %s, %v", ref, got.Name, err)
		}
	}
	_, err = desk.Workspace(t.Context(), "")
	says(t, err, "Acme", "Second House", "KANEO_WORKSPACE")
	_, err = desk.Workspace(t.Context(), "third")
	says(t, err, `No workspace "third". There is: Acme, Second House.`)
	if got, err := o.desk(t, "owner", inWorkspace("second")).Workspace(t.Context(), ""); err != nil || got.ID != second {
		t.Errorf("the default is %s, %v", got.Name, err)
	}
}

func TestSeveralWorkspaces(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	second := o.newWorkspace(t, "Second House", "second")
	o.newTask(t, o.newProject(t, second, "Garden", "GAR"), "Mow the lawn", "to-do")
	desk := o.desk(t, "owner")
	if card, err := desk.Card(t.Context(), "GAR-1"); err != nil || card.Project.WorkspaceID != second {
		t.Errorf("%s, %v", card.Project.Name, err)
	}
	if all, err := desk.Projects(t.Context(), "", false); err != nil || len(all) != 3 {
		t.Errorf("%d projects, %v", len(all), err)
	}
	out, err := desk.Update(t.Context(), []string{"GAR-1"}, board.Change{Project: "WEB"})
	says(t, cmp.Or(err, out[0].Err), "another workspace")
	made, err := desk.Create(t.Context(), "", "WEB", []board.Draft{{Title: "x", Parent: "GAR-1"}}, false)
	says(t, cmp.Or(err, made[0].Err), "another workspace")
	found, err := desk.Search(t.Context(), "", "", "lawn", 10)
	if err != nil || keys(found.Tasks) != "GAR-1" {
		t.Errorf("found %q, %v", keys(found.Tasks), err)
	}

	narrow := o.desk(t, "owner", inWorkspace("acme"))
	_, err = narrow.Card(t.Context(), "GAR-1")
	says(t, err, "No project with the key")
	if found, err = narrow.Search(t.Context(), "", "", "lawn", 10); err != nil || len(found.Tasks) != 0 {
		t.Errorf("found %q, %v", keys(found.Tasks), err)
	}
}

func TestIdentity(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	got, err := o.desk(t, "viewer").Identity(t.Context())
	if err != nil || got.Session.User.Name != "Vera Rubin" || len(got.Workspaces) != 1 || got.Workspaces[0].Role != "viewer" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestProfile(t *testing.T) {
	t.Parallel()
	got, err := newOffice(t).desk(t, "viewer").Profile(t.Context(), "", "WEB")
	if err != nil || len(got.Statuses) != 6 || !got.Statuses[3].Done || len(got.Labels) != 3 || len(got.Members) != 3 {
		t.Errorf("%+v, %v", got, err)
	}
}
