package e2e

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

func TestEveryTool(t *testing.T) {
	t.Parallel()
	eachKaneo(t, func(t *testing.T, w *world) {
		eachEra(t, func(t *testing.T, era string) {
			h := hostOf(t, w, era, w.ada)
			t.Run("people", func(t *testing.T) { people(t, h) })
			t.Run("projects", func(t *testing.T) { projects(t, h) })
			t.Run("a task's life", func(t *testing.T) { lifeOfATask(t, h, w) })
			t.Run("comments", func(t *testing.T) { comments(t, h) })
			t.Run("errors", func(t *testing.T) { mistakes(t, h) })
		})
	})
}

func people(t *testing.T, h host) {
	h.want(t, "whoami", `{}`, "Ada Lovelace <ada-", "(owner)")
	h.want(t, "list_workspaces", `{}`, "1 workspace.", "WEB Website, API Backend")
	h.want(t, "list_workspace_members", `{}`, "Grace Hopper | member")
	h.want(t, "kaneo_auth", `{"action":"status"}`, "KANEO_API_KEY")
}

func projects(t *testing.T, h host) {
	h.want(t, "list_projects", `{}`, "2 projects.", "WEB Website")
	h.want(t, "get_project", `{"project":"website"}`, "Statuses: To Do, In Progress, In Review, Done (final), planned, archived",
		"Labels: bug, feature", "Grace Hopper (member)")
	h.want(t, "get_board", `{"project":"WEB"}`, "## To Do (", "WEB-1 Website task 1 | Ada", "## Done (")
	h.want(t, "list_tasks", `{"assignees":["me"]}`, "WEB-1 ", "WEB-3 ")
	h.want(t, "list_tasks", `{"overdue":true}`, "API-1 Backend task", "2026-01-31")
}

var (
	madeKey = regexp.MustCompile(`Created (WEB-\d+) `)
	movedTo = regexp.MustCompile(`, now (API-\d+):`)
)

// lifeOfATask makes a task, changes everything about it, and deletes it.
func lifeOfATask(t *testing.T, h host, w *world) {
	made := h.want(t, "create_tasks", `{"project":"WEB","tasks":[{"title":"Fix the login redirect","assignee":"grace","due":"2026-12-24",
		"labels":["bug"],"priority":"high","parent":"WEB-1"},{"title":"Nobody's","assignee":"zoe"}]}`,
		"| To Do | high | Grace | due 2026-12-24", "label bug added", "parent WEB-1", `No person "zoe"`)
	key := madeKey.FindStringSubmatch(made)[1]

	h.want(t, "search", `{"query":"login redirect"}`, key+" Fix the login redirect")
	h.want(t, "search", `{"query":"`+strings.ToLower(key)+`"}`, key+" Fix the login redirect")
	h.want(t, "update_tasks", `{"tasks":["`+key+`"],"title":"Mend the login","priority":"urgent","assignee":"me","status":"in review","due":"2026-12-31"}`,
		key+": status To Do → In Review; title Fix the login redirect → Mend the login; priority high → urgent; "+
			"assignee Grace Hopper → Ada Lovelace; due 2026-12-24 → 2026-12-31")
	h.want(t, "update_tasks", `{"tasks":["`+key+`"],"status":"In Review","assignee":"ada"}`, "nothing to do", "already In Review")
	if n := w.history(t, key); n != 6 {
		t.Errorf("five changes and the creation should leave 6 entries in the history, there are %d", n)
	}
	h.want(t, "update_tasks", `{"tasks":["`+key+`"],"start":"2026-12-01","add_labels":["feature"],"remove_labels":["bug"]}`,
		"start none → 2026-12-01", "label feature added", "label bug removed")
	h.want(t, "get_task", `{"task":"`+key+`","include":["activity","relations","time","links"]}`,
		key+" Mend the login", "In Review | urgent | Ada Lovelace | due 2026-12-31 | #feature | start 2026-12-01",
		"parent WEB-1", "title Fix the login redirect → Mend the login")

	moved := h.want(t, "update_tasks", `{"tasks":["`+key+`"],"project":"API","status":"done"}`, "project WEB Website → API Backend", "status In Review → Done")
	key = movedTo.FindStringSubmatch(moved)[1]
	code := confirmation(t, h.want(t, "delete_tasks", `{"tasks":["`+key+`"]}`, "Would delete "+key+" Mend the login"))
	h.want(t, "delete_tasks", `{"tasks":["`+key+`"],"confirm":"`+code+`"}`, "Deleted "+key)
	h.refused(t, "get_task", `{"task":"`+key+`"}`, "There is no task "+key)
}

// history counts the entries that Kaneo keeps for a task.
func (w *world) history(t *testing.T, key string) int {
	t.Helper()
	var hits struct{ Results []struct{ ID string } }
	w.decode(t, "/search?type=tasks&q="+key+"&workspaceId="+w.workspace+"&projectId="+w.web, &hits)
	if len(hits.Results) == 0 {
		t.Fatalf("Kaneo does not find %s", key)
	}
	return len(w.list(t, w.ada, "/activity/"+hits.Results[0].ID))
}

var code = regexp.MustCompile(`confirm=([0-9a-f]+)`)

func confirmation(t *testing.T, text string) string {
	t.Helper()
	m := code.FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("no confirmation in:\n%s", text)
	}
	return m[1]
}

func comments(t *testing.T, h host) {
	h.want(t, "update_tasks", `{"tasks":["WEB-2"],"status":"in progress","comment":"Nearly done"}`, "status already In Progress", "comment added")
	h.want(t, "add_comment", `{"task":"WEB-2","text":"Ready for **review**"}`, "WEB-2: comment added.")
	h.want(t, "edit_comment", `{"task":"WEB-2","text":"Ready"}`, "comment changed")
	h.want(t, "get_task", `{"task":"WEB-2","include":["comments"]}`, "> Nearly done", "> Ready")
	code := confirmation(t, h.want(t, "delete_comment", `{"task":"WEB-2"}`, "> Ready"))
	h.want(t, "delete_comment", `{"task":"WEB-2","confirm":"`+code+`"}`, "comment deleted")
}

func mistakes(t *testing.T, h host) {
	for _, bad := range []struct{ tool, arguments, says string }{
		{"get_board", `{"project":"nope"}`, `No project "nope". There is: WEB Website, API Backend.`},
		{"get_task", `{"task":"WEB-99999"}`, "There is no task WEB-99999"},
		{"get_task", `{"task":"../../auth/get-session"}`, "does not name a task"},
		{"get_task", `{"task":"abcdefghijklmnopqrstuvwx"}`, "There is no task with that id"},
		{"update_tasks", `{"tasks":["WEB-1"],"status":"doing"}`, `No status "doing" in WEB. There is: To Do, In Progress, In Review, Done, planned, archived.`},
		{"update_tasks", `{"tasks":["WEB-1"],"due":"someday"}`, `No date in "someday".`},
		{"update_tasks", `{"tasks":["WEB-1"],"assignee":"stranger@example.com"}`, `No person "stranger@example.com" in this workspace.`},
		{"update_tasks", `{"tasks":["WEB-1"]}`, "Nothing to change"},
		{"list_tasks", `{"colour":"red"}`, `has no parameter "colour"`},
	} {
		h.refused(t, bad.tool, bad.arguments, bad.says)
	}
}

func TestMemberMayNot(t *testing.T) {
	t.Parallel()
	eachKaneo(t, func(t *testing.T, w *world) {
		h := hostOf(t, w, eras()[0], w.grace)
		h.refused(t, "update_tasks", `{"tasks":["WEB-1"],"assignee":"me"}`, "Your role here (member) may not change assignee; an owner or admin may.")
		h.refused(t, "delete_tasks", `{"tasks":["WEB-1"]}`, "Your role here (member) may not delete a task")
		h.want(t, "create_tasks", `{"project":"API","tasks":[{"title":"Mine","assignee":"me"}]}`, "Created API-2 Mine | To Do | Grace")
	})
}

func TestWholeBoard(t *testing.T) {
	t.Parallel()
	eachKaneo(t, func(t *testing.T, w *world) {
		for i := range 116 {
			w.task(t, w.web, fields{"title": fmt.Sprintf("Further task %d", i)})
		}
		h := hostOf(t, w, eras()[1], w.ada)
		text := h.want(t, "get_board", `{"project":"WEB"}`, "WEB Website: 120 tasks")
		for n := 1; n <= 120; n++ {
			if strings.Count(text, fmt.Sprintf("\nWEB-%d ", n)) != 1 {
				t.Errorf("WEB-%d should be on the board once", n)
			}
		}
	})
}
