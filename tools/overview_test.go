package tools

import (
	"net/http"
	"strings"
	"testing"
)

func overlooking() []conversation {
	return []conversation{
		one("mine", "my_work", `{}`),
		by("viewer", "none", said{"my_work", `{}`}),
		one("unknown_workspace", "my_work", `{"workspace":"Umbrella"}`),
		one("blocked", "update_tasks", `{"tasks":["WEB-2"],"assignee":"me","due":"today"}`).then("my_work", `{}`),
		one("recent", "update_tasks", `{"tasks":["WEB-4","API-2"],"status":"done","priority":"urgent","assignee":"Grace","comment":"there"}`).
			then("update_tasks", `{"tasks":["WEB-4"],"status":"in progress","due":"friday","title":"Collect more feedback"}`).
			then("create_tasks", `{"project":"WEB","tasks":[{"title":"Fresh"}]}`).
			then("what_changed", `{"since":"1h"}`),
		one("there_and_back", "update_tasks", `{"tasks":["API-8"],"project":"WEB","status":"planned"}`).
			then("undo_last", `{}`).then("what_changed", `{"since":"1h","projects":["API"],"people":["me"]}`),
		one("alike", "update_tasks", `{"tasks":["API-1","API-3","WEB-2"],"status":"done"}`).
			then("what_changed", `{"since":"1h","people":["me"],"projects":["API"]}`).
			then("what_changed", `{"since":"1h","projects":["API"]}`),
		one("reassigned", "update_tasks", `{"each":[{"task":"WEB-3","assignee":"Ada"},{"task":"WEB-4","assignee":"Ada"}]}`).
			then("update_tasks", `{"tasks":["WEB-3","WEB-4"],"assignee":"nobody"}`).then("update_tasks", `{"tasks":["WEB-3"],"assignee":"Grace"}`).
			then("what_changed", `{"since":"1h"}`),
		one("quiet", "what_changed", `{"since":"-1h","projects":"API"}`),
		one("until", "what_changed", `{"since":"2026-11-01","until":"2026-11-08","people":["me","Grace"]}`),
		one("of_a_person", "add_comment", `{"task":"WEB-1","text":"hello"}`).then("what_changed", `{"since":"today","people":["me"]}`),
		one("future", "what_changed", `{"since":"tomorrow"}`),
		one("no_moment", "what_changed", `{"since":"whenever"}`),
		one("backwards", "what_changed", `{"since":"today","until":"-1w"}`),
		one("unknown_person", "what_changed", `{"people":"Charles"}`),
	}
}

func undoing() []conversation {
	return []conversation{
		one("undone_fields", "update_tasks", `{"tasks":["WEB-1","WEB-4"],"status":"done","priority":"low","assignee":"Grace","due":"friday","start":"today","title":"","add_labels":["chore"],"comment":"there"}`).
			then("undo_last", `{}`).then("undo_last", ``).then("get_task", `{"task":"WEB-1"}`),
		one("undone_texts", "update_tasks", `{"tasks":["WEB-1"],"title":"Other","description":"`+strings.Repeat("long ", 50)+`"}`).
			then("undo_last", `{}`).then("get_task", `{"task":"WEB-1"}`),
		one("move", "update_tasks", `{"tasks":["WEB-1"],"project":"API","status":"planned"}`).then("undo_last", `{}`),
		one("moved_back", "update_tasks", `{"tasks":["API-8"],"project":"WEB"}`).then("undo_last", `{}`).
			then("update_tasks", `{"tasks":["API-5"],"project":"WEB"}`).then("undo_last", `{}`),
		one("meanwhile", "update_tasks", `{"tasks":["WEB-1"],"status":"done","priority":"low"}`).
			then("update_tasks", `{"tasks":["WEB-1"],"status":"to do"}`).then("undo_last", `{}`).
			then("undo_last", `{"change":"00000000"}`),
		one("created", "create_tasks", `{"project":"WEB","tasks":[{"title":"Fresh"}]}`).then("undo_last", `{}`),
		one("again", "update_tasks", `{"tasks":["WEB-1"],"status":"done"}`).then("update_tasks", `{"tasks":["WEB-1","WEB-2"],"title":"","priority":"low","comment":"there"}`).
			then("undo_last", `{}`).then("undo_last", `{}`),
		one("commented", "update_tasks", `{"tasks":["WEB-1"],"status":"done"}`).then("add_comment", `{"task":"WEB-1","text":"hello"}`).then("undo_last", `{}`),
		one("undone_edit", "add_comment", `{"task":"WEB-1","text":"hello"}`).then("edit_comment", `{"task":"WEB-1","text":"good bye"}`).
			then("undo_last", `{}`).then("get_task", `{"task":"WEB-1","include":["comments"]}`),
		one("nothing", "undo_last", `{}`),
	}
}

// TestOverviewsStayReadable has a thousand tasks more than the seed, all of them new and a person's own.
func TestOverviewsStayReadable(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.kaneo.SeedTasks(o.Project("WEB").ID, 1_000)
	v := o.visitor(o.Who("owner").Session)
	for _, call := range []said{{"my_work", `{}`}, {"what_changed", `{"since":"2026-01-01"}`}} {
		if got := v.says(call.tool, call.args); len(got) > mostByDefault || strings.HasPrefix(got, "ERROR") {
			t.Errorf("%s: %d bytes\n%.300s", call.tool, len(got), got)
		}
	}
}

// TestChangesThatAreNotAllSeen are not counted as if they were.
func TestChangesThatAreNotAllSeen(t *testing.T) {
	t.Parallel()
	if got := (tally{tasks: 150, created: 149, cut: true}).String(); got != "at least 150 tasks changed, 149 created" {
		t.Error(got)
	}
	if got := (tally{tasks: 1, comments: 2}).String(); got != "1 task changed, 2 comments" {
		t.Error(got)
	}
}

// TestBlockedWork says what blocks a task until that is done.
func TestBlockedWork(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	v := o.visitor(o.Who("owner").Session)
	blocker, blocked := o.postTask("WEB", "Blocker"), o.postTask("WEB", "Blocked")
	o.post(http.MethodPost, "/task-relation", map[string]string{"sourceTaskId": blocker, "targetTaskId": blocked, "relationType": "blocks"})
	v.says("update_tasks", `{"tasks":["`+blocked+`"],"assignee":"me","due":"today"}`)
	if got := v.says("my_work", `{}`); !strings.Contains(got, "Blocked | To Do | 2026-12-01 | blocked by WEB-25") {
		t.Errorf("the blocker is missing:\n%s", got)
	}
	v.says("update_tasks", `{"tasks":["`+blocker+`"],"status":"done"}`)
	if got := v.says("my_work", `{}`); strings.Contains(got, "blocked by WEB-25") {
		t.Errorf("a blocker that is done is named:\n%s", got)
	}
}
