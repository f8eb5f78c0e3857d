package board_test

import (
	"strings"
	"testing"

	"kaneo-mcp/board"
)

func within(workspaces, projects string) func(*board.Options) {
	return func(o *board.Options) {
		o.AllowWorkspaces, o.AllowProjects = nonEmpty(workspaces), nonEmpty(projects)
	}
}

func nonEmpty(name string) []string {
	if name == "" {
		return nil
	}
	return strings.Split(name, ",")
}

// routes are all ways to a task; each returns whatever it brought up. secret is the id of a task that is not allowed.
func routes(t *testing.T, desk *board.Desk, secret string) map[string]func() (string, error) {
	t.Helper()
	ctx := t.Context()
	card := func(ref string) func() (string, error) {
		return func() (string, error) {
			card, err := desk.Card(ctx, ref)
			return card.Task.Title, err
		}
	}
	update := func(change board.Change, refs ...string) func() (string, error) {
		return func() (string, error) {
			outcomes, err := desk.Update(ctx, refs, change)
			if err == nil {
				err = outcomes[len(outcomes)-1].Err
			}
			return "", err
		}
	}
	return map[string]func() (string, error){
		"short id":        card("API-1"),
		"id":              card(secret),
		"web address":     card("https://kaneo.example/dashboard/workspace/w/project/p/task/" + secret),
		"batch":           update(board.Change{Priority: "low"}, "API-1", "API-2", "API-3", "API-4"),
		"move there":      update(board.Change{Project: "API"}, "WEB-1"),
		"move there (id)": update(board.Change{Project: "API Backend"}, "WEB-1"),
		"board": func() (string, error) {
			_, err := desk.Sheet(ctx, "API", nil)
			return "", err
		},
		"listing": func() (string, error) {
			_, err := desk.List(ctx, "", []string{"API"}, board.Filter{})
			return "", err
		},
		"parent": func() (string, error) {
			outcomes, err := desk.Create(ctx, "", "WEB", []board.Draft{{Title: "x", Parent: "API-1"}}, false)
			if err == nil {
				err = outcomes[0].Err
			}
			return "", err
		},
		"creation": func() (string, error) {
			_, err := desk.Create(ctx, "", "API", []board.Draft{{Title: "x"}}, false)
			return "", err
		},
		"deletion": func() (string, error) {
			deletion, err := desk.Delete(ctx, []string{secret}, "")
			if err == nil {
				err = deletion.Losses[0].Err
			}
			return "", err
		},
		"comment": func() (string, error) {
			_, err := desk.Comment(ctx, "API-1", "x")
			return "", err
		},
		"changes": func() (string, error) {
			_, err := desk.Changes(ctx, []string{"API"}, board.Period{}, nil)
			return "", err
		},
	}
}

// TestOnlyAllowedProjects: nothing leads to a task outside, and nothing tells its title.
func TestOnlyAllowedProjects(t *testing.T) {
	t.Parallel()
	for _, allowed := range []string{"WEB", "website", "Website,WEB"} {
		t.Run(allowed, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			secret := id(t, o.desk(t, "owner"), "API-1")
			desk := o.desk(t, "owner", within("", allowed))
			o.wire.take()
			for name, route := range routes(t, desk, secret) {
				told, err := route()
				if err == nil || !strings.Contains(err.Error(), "not in the allowed projects") || strings.Contains(told+err.Error(), "API Backend") {
					t.Errorf("%s: %q, %v", name, told, err)
				}
			}
			if writes := o.wire.takeWrites(); len(writes) > 0 {
				t.Errorf("written: %q", writes)
			}
			if card, err := desk.Card(t.Context(), "WEB-1"); err != nil || card.Key() != "WEB-1" {
				t.Errorf("allowed: %v", err)
			}
		})
	}
}

// TestListsEndAtTheFence is about what is found without being named.
func TestListsEndAtTheFence(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	open, desk := o.desk(t, "owner"), o.desk(t, "owner", within("", "WEB"))
	if _, err := open.Update(t.Context(), []string{"API-2"}, board.Change{Comment: "the secret of zanzibar", Assignee: "me"}); err != nil {
		t.Fatal(err)
	}
	ids := []string{id(t, open, "API-2"), id(t, open, "WEB-8")}
	o.ask(t, "POST", "/task-relation", `{"sourceTaskId":%q,"targetTaskId":%q,"relationType":"blocks"}`, ids[0], ids[1])
	listing, err := desk.List(t.Context(), "", nil, board.Filter{Statuses: []string{"all"}})
	for _, card := range listing.Cards {
		if card.Project.Slug != "WEB" {
			t.Errorf("listed: %s", card.Key())
		}
	}
	if err != nil || len(listing.Cards) == 0 {
		t.Error(err)
	}
	for _, text := range []string{"zanzibar", "API-2", "the", "Rate limit"} {
		found, err := desk.Search(t.Context(), "", "", text, 50)
		if err != nil {
			t.Error(err)
		}
		for _, card := range found.Tasks {
			if card.Project.Slug != "WEB" {
				t.Errorf("found by %q: %s", text, card.Key())
			}
		}
		for _, comment := range found.Comments {
			if !strings.HasPrefix(comment.Key, "WEB-") {
				t.Errorf("found by %q: a comment on %s", text, comment.Key)
			}
		}
	}
	detail, err := desk.Detail(t.Context(), "WEB-8", []board.Part{board.Relations})
	if err != nil || len(detail.Relations) != 1 || !detail.Relations[0].Outside || detail.Relations[0].Card.Task.Title != "" {
		t.Errorf("relations: %+v, %v", detail.Relations, err)
	}
	work, err := desk.MyWork(t.Context(), "")
	for _, item := range work.All() {
		if item.Project.Slug != "WEB" {
			t.Errorf("my work: %s", item.Key())
		}
	}
	if err != nil || len(work.All()) == 0 {
		t.Error(err)
	}
}

func TestFenceOfNamesThatFitNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.newProject(t, "", "Second website", "WEB2")
	o.newProject(t, "", "WEB2", "SEC")
	for name, test := range map[string]struct{ workspaces, projects, want string }{
		"project":   {"", "WEB,MOON", `KANEO_ALLOW_PROJECTS names "MOON", which is no project of this account.`},
		"ambiguous": {"", "WEB2", `KANEO_ALLOW_PROJECTS names "WEB2", which fits more than one project.`},
		"workspace": {"Umbrella", "", `KANEO_ALLOW_WORKSPACES names "Umbrella", which is no workspace of this account.`},
	} {
		_, err := o.desk(t, "owner", within(test.workspaces, test.projects)).Card(t.Context(), "WEB-1")
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOnlyAllowedWorkspaces(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	other := o.ask(t, "POST", "/auth/organization/create", `{"name":"Side Business","slug":"side"}`).ID
	hidden := o.newTask(t, o.newProject(t, other, "Hush", "HSH"), "a secret", "to-do")
	desk := o.desk(t, "owner", within("Acme", ""))
	for _, ref := range []string{"HSH-1", hidden} {
		if _, err := desk.Card(t.Context(), ref); err == nil || !strings.Contains(err.Error(), "not in the allowed projects") {
			t.Errorf("%s: %v", ref, err)
		}
	}
	workspaces, err := desk.Workspaces(t.Context())
	if err != nil || len(workspaces) != 1 {
		t.Errorf("workspaces: %+v, %v", workspaces, err)
	}
}
