package board_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"kaneo-mcp/board"
)

func TestTaskReferences(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "viewer", inProject("WEB"))
	task, project := id(t, desk, "WEB-12"), o.Project("WEB").ID
	address := fmt.Sprintf("https://web.kaneo.example/dashboard/workspace/%s/project/%s/task/%s", o.Workspace.ID, project, task)
	for _, ref := range []string{
		"WEB-12", "web-12", " Web-12 ", "WEB-012", task, address, address + "?tab=comments#x", address + "/", "12", "#12",
	} {
		t.Run(ref, func(t *testing.T) {
			t.Parallel()
			card, err := desk.Card(t.Context(), ref)
			if err != nil || card.Task.ID != task || card.Key() != "WEB-12" || card.Status.Name != "To Do" || card.Project.Name != "Website" {
				t.Errorf("%q is %s %+v, %v", ref, card.Key(), card.Status, err)
			}
		})
	}
}

func TestTaskReferencesToNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "viewer")
	tests := map[string]string{
		"WEB-99":                        "There is no task WEB-99",
		"WEB-0":                         "There is no task WEB-0",
		"WEB-2147483647":                "There is no task",
		"WEB-2147483648":                "There is no task WEB-2147483648",
		"WEB-99999999999":               "does not name a task",
		"NOPE-1":                        `No project with the key "NOPE". There is: WEB Website, API Backend.`,
		"Website-1":                     "No project with the key",
		"12":                            "does not name a task",
		"":                              "does not name a task",
		"tea making":                    "does not name a task. Use its key",
		"fix login":                     "does not name a task. Search finds: WEB-1 Fix login redirect loop (To Do). Use a key.",
		"-12":                           "does not name a task",
		"aaaaaaaaaaaaaaaaaaaaaaaa":      "no task with that id",
		"https://web.example/task/":     "does not name a task",
		"https://web.example/tasks/x":   "does not name a task",
		strings.Repeat("WEB", 50) + "!": "…",
	}
	for ref, want := range tests {
		t.Run(ref, func(t *testing.T) {
			t.Parallel()
			_, err := desk.Card(t.Context(), ref)
			says(t, err, want)
		})
	}
}

// TestTitles name a task where no other is called so.
func TestTitles(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.newTask(t, o.Project("WEB").ID, "Twice there", "to-do")
	o.newTask(t, o.Project("API").ID, "twice there", "done")
	desk := o.desk(t, "owner")
	for _, ref := range []string{"Fix login redirect loop", " fix  Login redirect loop\n"} {
		if card, err := desk.Card(t.Context(), ref); err != nil || card.Key() != "WEB-1" || card.Task.DueDate.IsZero() {
			t.Errorf("%q is %s, %v", ref, card.Key(), err)
		}
	}
	_, err := desk.Card(t.Context(), "twice there")
	says(t, err, "names more than one task", "WEB-25 Twice there (To Do)", "API-9 twice there (Done)")
	_, err = o.desk(t, "owner", func(o *board.Options) { o.AllowProjects = []string{"API"} }).Card(t.Context(), "Fix login redirect loop")
	says(t, err, "does not name a task. Use its key")
}

func TestTaskThatWentAway(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	deleted, moved := id(t, desk, "WEB-2"), id(t, desk, "WEB-3")
	o.ask(t, "DELETE", "/task/"+deleted, "")
	o.ask(t, "PUT", "/task/move/"+moved, `{"destinationProjectId":%q}`, o.Project("API").ID)
	for _, ref := range []string{"WEB-2", "WEB-3", "WEB-2", deleted} { // twice: what was remembered is dropped
		_, err := desk.Card(t.Context(), ref)
		says(t, err, "no task")
	}
	for _, ref := range []string{"API-9", moved} {
		if card, err := desk.Card(t.Context(), ref); err != nil || card.Task.ID != moved || card.Key() != "API-9" {
			t.Errorf("%s is %s, %v", ref, card.Key(), err)
		}
	}
}

func TestTaskIsRememberedByNumber(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	id(t, desk, "WEB-12")
	o.wire.take()
	id(t, desk, "WEB-12")
	if sent := o.wire.take(); len(sent) != 1 || !strings.HasPrefix(sent[0], "GET /task/") {
		t.Errorf("sent %q, want the task alone", sent)
	}
}

func TestSharedKey(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	other := o.newProject(t, "", "Weberei", "web")
	desk := o.desk(t, "owner")
	_, err := desk.Card(t.Context(), "Web-1") // neither "WEB" nor "web" exactly
	says(t, err, "more than one", "WEB Website", "web Weberei")
	if card, err := desk.Card(t.Context(), "WEB-1"); err != nil || card.Project.ID == other {
		t.Errorf("the exact key: %s, %v", card.Project.Name, err)
	}
	many, err := desk.Cards(t.Context(), []string{"WEB-1", "WEB-2", "WEB-3", "WEB-4"}) // enough to read a board for
	if err != nil || len(many) != 4 || many[0].Err != nil || many[0].Card.Project.Name != "Website" {
		t.Errorf("many: %+v, %v", many, err)
	}
	o.ask(t, "PUT", "/project/"+other+"/archive", "")
	desk.Forget()
	if card, err := desk.Card(t.Context(), "Web-1"); err != nil || card.Project.Name != "Website" {
		t.Errorf("beside an archived one: %s, %v", card.Project.Name, err)
	}
}

func TestTaskOfAProjectWithoutKey(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	project := o.newProject(t, "", "Nameless", "")
	task := o.newTask(t, project, "only by id", "to-do")
	desk := o.desk(t, "owner", inProject("Nameless"))
	for _, ref := range []string{task, "1"} {
		if card, err := desk.Card(t.Context(), ref); err != nil || card.Task.ID != task {
			t.Errorf("%s: %v", ref, err)
		}
	}
	_, err := desk.Card(t.Context(), "-1")
	says(t, err, "does not name a task")
	_, err = o.desk(t, "owner").Project(t.Context(), "", " ") // blank names nothing, not even what has no key
	says(t, err, "Which project?", "WEB Website", "Nameless")
}

// TestPathsAreNoReferences sends what would be another route if it were not an id.
func TestPathsAreNoReferences(t *testing.T) {
	t.Parallel()
	for _, ref := range []string{
		"../x", "a/b", "..", ".", "%2e%2e%2fx", "https://web.example/task/..%2f..%2fproject", "https://web.example/task/a%2Fb",
		"https://web.example/task/%2e%2e", "https://web.example/task/a%00b", "WEB-1/../../project", "x?y=1", "x#y",
	} {
		t.Run(ref, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			desk := o.desk(t, "owner")
			calls := map[string]func() error{
				"card":    func() error { _, err := desk.Card(t.Context(), ref); return err },
				"project": func() error { _, err := desk.Project(t.Context(), "", ref); return err },
				"person":  func() error { _, err := desk.Person(t.Context(), o.Workspace.ID, ref); return err },
				"move": func() error {
					out, err := desk.Update(t.Context(), []string{"WEB-1"}, board.Change{Project: ref})
					if err == nil {
						err = out[0].Err
					}
					return err
				},
				"edit": func() error { _, _, err := desk.EditComment(t.Context(), "WEB-1", ref, "x"); return err },
			}
			for name, call := range calls {
				if err := call(); err == nil {
					t.Errorf("%s took it", name)
				}
			}
			for _, request := range o.wire.take() {
				method, path, _ := strings.Cut(request, " ")
				parts := strings.Split(path, "/")
				if method != http.MethodGet || strings.Contains(path, "..") || strings.Contains(path, "%") || len(parts) > 4 {
					t.Errorf("sent %q", request)
				}
			}
		})
	}
}
