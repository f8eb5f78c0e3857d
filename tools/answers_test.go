package tools

import (
	"strings"
	"testing"
)

// said is one call.
type said struct{ tool, args string }

// conversation is some calls by one person; the last one gives its golden file the name.
type conversation struct {
	name  string // of the case
	as    string // owner, member, viewer
	calls []said
}

// TestAnswers is what models read: the main answers and errors of every tool, each in an office of its own.
func TestAnswers(t *testing.T) {
	t.Parallel()
	covered, files := map[string]bool{}, []string{}
	for _, c := range conversations() {
		tool := c.calls[len(c.calls)-1].tool
		covered[tool], files = true, append(files, tool+"."+c.name+".txt")
		t.Run(tool+"."+c.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			v := o.visitor(o.Who(c.as).Session)
			var transcript []string
			for _, call := range c.calls {
				transcript = append(transcript, call.tool+" "+call.args+"\n\n"+v.says(call.tool, call.args))
			}
			golden(t, "answers/"+tool+"."+c.name+".txt", steady(strings.Join(transcript, "\n\n")))
		})
	}
	for _, tool := range New(nil, Selection{Toolsets: []string{AllToolsets}}).Tools() {
		if !covered[tool.Name] {
			t.Errorf("no golden answer of %s: say in conversations() what a model would call", tool.Name)
		}
	}
	nothingElse(t, "answers", files)
}

func conversations() []conversation {
	var all []conversation
	for _, some := range [][]conversation{
		reading(), listing(), finding(), creating(), updating(), editing(), deleting(), talking(), meeting(), overlooking(), undoing(),
		linking(), timing(), labelling(), notifying(), attaching(), branching(), administering(), filling(),
	} {
		all = append(all, some...)
	}
	return all
}

// one is a conversation of a single call by the owner.
func one(name, tool, args string) conversation { return by("owner", name, said{tool, args}) }

func by(as, name string, calls ...said) conversation { return conversation{name, as, calls} }

func reading() []conversation {
	return []conversation{
		one("all", "list_projects", `{}`),
		one("unknown_workspace", "list_projects", `{"workspace":"Umbrella"}`),
		one("web", "get_project", `{"project":"website"}`),
		one("unknown", "get_project", `{"project":"Moon"}`),
		one("which", "get_project", ``),
		one("web", "get_board", `{"project":"WEB"}`),
		one("digest", "get_board", `{"project":"WEB","statuses":["open"],"digest":true}`),
		one("column", "get_board", `{"project":"WEB","statuses":"in review"}`),
		one("archived", "get_board", `{"project":"WEB","statuses":["archived"]}`),
		one("unknown_status", "get_board", `{"project":"WEB","statuses":["doing"]}`),
		one("unknown_project", "get_board", `{"project":"Moon"}`),
		one("plain", "get_task", `{"task":"WEB-1"}`),
		one("with_all", "get_task", `{"task":"web-1","include":"description, comments, activity, relations, time, links"}`),
		one("with_description", "get_task", `{"task":"WEB-3","include":["relations","description"]}`),
		one("parent", "get_task", `{"task":"WEB-3","include":["relations"]}`),
		one("history", "update_tasks", `{"tasks":["WEB-4"],"status":"done","priority":"urgent","assignee":"me","due":"+1w","title":"Collect feedback"}`).
			then("update_tasks", `{"tasks":["WEB-4"],"assignee":"nobody","clear":["due"]}`).then("get_task", `{"task":"WEB-4","include":["activity"]}`),
		one("unknown", "get_task", `{"task":"WEB-999"}`),
		one("no_key", "get_task", `{"task":"the login thing"}`),
		one("no_such_part", "get_task", `{"task":"WEB-1","include":["everything"]}`),
		one("missing", "get_task", `{}`),
	}
}

func listing() []conversation {
	return []conversation{
		one("default", "list_tasks", `{}`),
		one("mine", "list_tasks", `{"assignees":["me"]}`),
		one("nobodys", "list_tasks", `{"projects":["API"],"assignees":"nobody","statuses":["all"]}`),
		one("overdue", "list_tasks", `{"overdue":"true"}`),
		one("window", "list_tasks", `{"due":"next 7 days","sort":"priority"}`),
		one("bugs", "list_tasks", `{"labels":["bug"],"priorities":["urgent","high"],"statuses":["open","done"]}`),
		one("two_windows", "list_tasks", `{"due":"next 7 days","created":"this week"}`),
		one("text", "list_tasks", `{"text":"pricing"}`),
		one("first_page", "list_tasks", `{"limit":3}`),
		one("last_page", "list_tasks", `{"projects":["API"],"limit":"4","page":"2"}`),
		one("past_the_end", "list_tasks", `{"projects":["API"],"page":9}`),
		one("none", "list_tasks", `{"text":"unicorn"}`),
		one("unknown_person", "list_tasks", `{"assignees":["Charles"]}`),
		one("unknown_priority", "list_tasks", `{"priorities":["huge"]}`),
		one("bad_date", "list_tasks", `{"due":"whenever"}`),
		one("blocked", "list_tasks", `{"projects":["WEB"],"relation":"blocked"}`),
		one("subtasks", "list_tasks", `{"projects":["WEB"],"relation":"has_open_subtasks"}`).
			then("update_tasks", `{"where":{"relation":"subtask of WEB-3"},"assignee":"Grace"}`).then("list_tasks", `{"relation":"child of WEB-3"}`),
		one("created", "list_tasks", `{"created":"yesterday..today","sort":"newest"}`),
		one("unmoved", "list_tasks", `{"projects":["API"],"sort":"unchanged","limit":3}`).then("list_tasks", `{"sort":"oldest","limit":1}`),
		one("no_date", "list_tasks", `{"projects":["WEB"],"due":"none","count_by":"status"}`),
		one("finished", "update_tasks", `{"tasks":["WEB-4","API-2"],"status":"done"}`).then("list_tasks", `{"finished":"today"}`).
			then("update_tasks", `{"where":{"finished":"today"},"status":"archived"}`).then("list_tasks", `{"finished":"this week","count_by":"status"}`).
			then("list_tasks", `{"finished":"last week"}`).then("list_tasks", `{"finished":"last week","sort":"due"}`).then("list_tasks", `{"changed":"-1d","projects":["API"],"statuses":["all"]}`),
		one("by_status", "list_tasks", `{"count_by":"status"}`),
		one("by_two", "list_tasks", `{"count_by":["assignee","priority"]}`).then("list_tasks", `{"count_by":"status, label","projects":["API"]}`).
			then("list_tasks", `{"count_by":["status","label","project"]}`),
		one("by_label", "list_tasks", `{"projects":["WEB"],"count_by":"label","limit":2}`),
		one("limit", "list_tasks", `{"limit":500}`),
		one("unknown_parameter", "list_tasks", `{"owner":"me"}`),
		one("singular", "list_tasks", `{"project":"API","status":"In Review","priority":"high"}`).then("list_tasks", `{"status":"done","statuses":["open"]}`),
	}
}

func finding() []conversation {
	return []conversation{
		one("words", "search", `{"query":"login redirect"}`),
		one("apart", "search", `{"query":"loop redirect"}`),
		one("key", "search", `{"query":"API-4"}`),
		one("comment", "search", `{"query":"semicolons"}`),
		one("full", "search", `{"query":"the","limit":2}`),
		one("none", "search", `{"query":"unicorn"}`),
		one("empty", "search", `{"query":" "}`),
		one("limit", "search", `{"query":"login","limit":51}`),
	}
}

func creating() []conversation {
	return []conversation{
		one("one", "create_tasks", `{"project":"WEB","tasks":[{"title":"Add a favicon"}]}`),
		one("many", "create_tasks", `{"project":"API","tasks":[`+
			`{"title":"Plan the migration","status":"in progress","priority":"high","assignee":"Grace","due":"friday","labels":["chore","feature"]},`+
			`{"title":"Try it on staging","parent":"API-3","start":"tomorrow","due":"+2w"}]}`),
		one("dry_run", "create_tasks", `{"project":"WEB","dry_run":true,"tasks":[{"title":"Add a favicon","assignee":"me","due":"tomorrow"},{"title":"Lost","assignee":"Charles"}]}`),
		one("partly", "create_tasks", `{"project":"WEB","tasks":[{"title":"Good"},{"title":"Bad","status":"doing"}]}`),
		one("wrong", "create_tasks", `{"project":"WEB","tasks":[{"title":"Bad","labels":["nonsense"],"assignee":"Gracie","priority":"p1"}]}`),
		one("dates", "create_tasks", `{"project":"WEB","tasks":[{"title":"Bad","start":"+2w","due":"+1w"}]}`),
		one("none", "create_tasks", `{"project":"WEB","tasks":[]}`),
		one("copies", "create_tasks", `{"project":"API","tasks":[{"copy_of":"WEB-1"},{"copy_of":"WEB-1","title":"For Ada","assignee":"Ada","due":"none"},{"copy_of":"WEB-999"}]}`).
			then("get_task", `{"task":"API-9"}`),
		one("no_title", "create_tasks", `{"project":"WEB","tasks":[{"title":"One"},{"description":"Two"}]}`),
		one("tied", "create_tasks", `{"project":"WEB","tasks":[{"title":"Plan","ref":"a","blocks":["WEB-1"]},{"title":"Build","blocked_by":["a"],"parent":"a","description":"One.\\n\\n- two"}]}`),
		one("again", "create_tasks", `{"project":"WEB","request_id":"r1","tasks":[{"title":"Add a favicon"}]}`).
			then("create_tasks", `{"project":"WEB","request_id":"r1","tasks":[{"title":"Add a favicon"}]}`),
		by("viewer", "viewer", said{"create_tasks", `{"project":"WEB","tasks":[{"title":"Add a favicon"}]}`}),
	}
}

func updating() []conversation {
	return []conversation{
		one("status", "update_tasks", `{"tasks":"WEB-1","status":"In Review"}`),
		one("same", "update_tasks", `{"tasks":["WEB-1"],"status":"to do","priority":"urgent","due":"2026-11-29"}`),
		one("fields", "update_tasks", `{"tasks":["WEB-1"],"assignee":"me","priority":"low","due":"+1w","start":"today","title":"Fix the login loop",`+
			`"description":"New.","add_labels":["chore"],"remove_labels":["bug"],"comment":"Done with it."}`),
		one("batch", "update_tasks", `{"tasks":["WEB-1","WEB-2","WEB-14","WEB-999"],"status":"done"}`),
		one("each", "update_tasks", `{"each":[{"task":"WEB-1","assignee":"Ada","due":"monday"},{"task":"WEB-4","assignee":"Grace","due":"tuesday"}],"status":"in progress"}`).
			then("undo_last", `{}`).
			then("update_tasks", `{"each":[{"task":"WEB-1","title":"One"},{"task":"WEB-1","priority":"low"}]}`).
			then("update_tasks", `{"each":[{"task":"WEB-1"},{"task":"WEB-2"}],"title":"Same"}`).
			then("update_tasks", `{"each":[{"task":"WEB-1"}],"where":{"labels":["bug"]},"status":"done"}`),
		one("clear", "update_tasks", `{"tasks":["WEB-2"],"assignee":"nobody","clear":["due"]}`),
		one("move", "update_tasks", `{"tasks":["WEB-2"],"project":"API","status":"in review"}`),
		one("nothing", "update_tasks", `{"tasks":["WEB-2"]}`),
		one("no_tasks", "update_tasks", `{"tasks":[],"status":"done"}`),
		one("one_title", "update_tasks", `{"tasks":["WEB-1","WEB-2"],"title":"Same"}`),
		one("unknown", "update_tasks", `{"tasks":["WEB-999"],"status":"done"}`),
		one("unknown_status", "update_tasks", `{"tasks":["WEB-1","WEB-2"],"status":"doing"}`),
		one("where", "update_tasks", `{"where":{"projects":["WEB"],"labels":["bug"]},"status":"in review","due":"+1w"}`).
			then("update_tasks", `{"where":{"projects":["WEB"],"labels":["bug"]},"status":"in review","due":"+1w","confirm":"{confirm}"}`),
		one("where_few", "update_tasks", `{"where":{"assignees":["me"],"overdue":true},"due":"+3d","comment":"Moved."}`),
		one("where_limit", "update_tasks", `{"where":"{\"labels\":\"bug\"}","limit":2,"priority":"high"}`),
		one("where_nothing", "update_tasks", `{"where":{"text":"unicorn"},"status":"done"}`),
		one("where_empty", "update_tasks", `{"where":{},"status":"done"}`),
		one("where_and_tasks", "update_tasks", `{"tasks":["WEB-1"],"where":{"overdue":true},"status":"done"}`),
		one("moved_dates", "update_tasks", `{"tasks":["WEB-1","WEB-2","WEB-8"],"due":"+1w"}`),
		by("member", "may_not_assign", said{"update_tasks", `{"tasks":["WEB-1","WEB-2"],"priority":"low","assignee":"Ada"}`}),
		one("bad_field", "update_tasks", `{"tasks":["WEB-1"],"clear":["title"]}`),
		by("member", "half_done", said{"update_tasks", `{"tasks":["WEB-1"],"priority":"low","assignee":"Ada","comment":"Yours."}`}),
		by("viewer", "viewer", said{"update_tasks", `{"tasks":["WEB-1"],"status":"done"}`}),
	}
}

func editing() []conversation {
	return []conversation{
		one("appended", "edit_description", `{"task":"WEB-2","append":"## Plan\n\n- [ ] Write a test\n- [ ] Fix it"}`).
			then("edit_description", `{"task":"WEB-2","tick":["test"],"add_items":["Ship it"]}`).
			then("edit_description", `{"task":"WEB-2","section":"plan","text":"None."}`).then("get_task", `{"task":"WEB-2"}`).
			then("edit_description", `{"task":"WEB-2","find":"None.","text":"Soon."}`),
		one("same", "edit_description", `{"task":"WEB-2","find":"prefix","text":"prefix"}`),
		one("no_passage", "edit_description", `{"task":"WEB-2","find":"suffix","text":"x"}`),
		one("nothing", "edit_description", `{"task":"WEB-2"}`),
		by("viewer", "viewer", said{"edit_description", `{"task":"WEB-2","append":"x"}`}),
	}
}

func deleting() []conversation {
	return []conversation{
		one("two_steps", "delete_tasks", `{"tasks":["WEB-1","WEB-3"]}`).then("delete_tasks", `{"tasks":["WEB-1","WEB-3"],"confirm":"{confirm}"}`),
		one("other_tasks", "delete_tasks", `{"tasks":["WEB-1"]}`).then("delete_tasks", `{"tasks":["WEB-2"],"confirm":"{confirm}"}`),
		one("unknown", "delete_tasks", `{"tasks":["WEB-999"]}`),
		one("partly", "delete_tasks", `{"tasks":["WEB-1","WEB-999"]}`),
		by("member", "member", said{"delete_tasks", `{"tasks":["WEB-1"]}`}).then("delete_tasks", `{"tasks":["WEB-1"],"confirm":"{confirm}"}`),
	}
}

func (c conversation) then(tool, args string) conversation {
	c.calls = append(c.calls, said{tool, args})
	return c
}

func talking() []conversation {
	return []conversation{
		one("added", "add_comment", `{"task":"WEB-1","text":"I can reproduce this."}`),
		one("empty", "add_comment", `{"task":"WEB-1","text":" "}`),
		by("viewer", "viewer", said{"add_comment", `{"task":"WEB-1","text":"Me too."}`}),
		one("latest", "edit_comment", `{"task":"WEB-1","text":"Then normalise it."}`),
		one("same", "edit_comment", `{"task":"WEB-5","text":"Semicolons for the German locale, please."}`),
		one("by_short_id", "get_task", `{"task":"WEB-1","include":["comments"]}`).
			then("edit_comment", `{"task":"WEB-1","comment":"{notice}","text":"Then normalise it."}`),
		one("none_of_yours", "edit_comment", `{"task":"WEB-2","text":"Hello."}`),
		one("two_steps", "delete_comment", `{"task":"WEB-1"}`).then("delete_comment", `{"task":"WEB-1","comment":"{comment}","confirm":"{confirm}"}`),
		one("unknown", "delete_comment", `{"task":"WEB-1","comment":"abc"}`),
		by("member", "of_another", said{"edit_comment", `{"task":"WEB-1","text":"Mine."}`}).then("delete_comment", `{"task":"WEB-5"}`),
	}
}

func meeting() []conversation {
	return []conversation{
		one("owner", "whoami", ``),
		by("viewer", "viewer", said{"whoami", `{}`}),
		one("all", "list_workspaces", `{}`),
		one("all", "list_workspace_members", `{}`),
		one("emails", "list_workspace_members", `{"workspace":"acme","emails":true}`),
		one("unknown", "list_workspace_members", `{"workspace":"Umbrella"}`),
	}
}
