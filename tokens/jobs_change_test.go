package tokens_test

// changeJobs change tasks that are named.
func changeJobs() []job {
	return []job{{
		asks:  "I take API-5",
		calls: once("update_tasks", `{"tasks": ["API-5"], "assignee": "me", "status": "in progress"}`),
		sets:  one("API-5", givenTo("Ada"), moved("in-progress")),
	}, {
		asks:  "I start on WEB-17: which branch?",
		calls: once("start_work", `{"task": "WEB-17"}`),
		says:  []string{"web-17"},
		sets:  one("WEB-17", moved("in-progress")),
	}, {
		asks:  "API-6 is done, fixed in 4f2a91c",
		calls: once("update_tasks", `{"tasks": ["API-6"], "status": "done", "comment": "Fixed in 4f2a91c"}`),
		sets:  one("API-6", moved("done"), said("Fixed in 4f2a91c")),
	}, {
		asks:  "API-9 and API-12 are bugs, and urgent",
		calls: once("update_tasks", `{"tasks": ["API-9", "API-12"], "add_labels": ["bug"], "priority": "urgent"}`),
		sets:  []change{{[]that{is("API-9", "API-12")}, []edit{rated("urgent"), tagged("bug")}}},
	}, {
		asks: "API-9 goes to me, API-12 is urgent and due on Friday",
		calls: once("update_tasks", `{"each": [
			{"task": "API-9", "assignee": "me"}, {"task": "API-12", "priority": "urgent", "due": "friday"}]}`),
		sets: append(one("API-9", givenTo("Ada")), one("API-12", rated("urgent"), onFriday)...),
	}, {
		asks:  "WEB-16 needs no date any more",
		calls: once("update_tasks", `{"tasks": ["WEB-16"], "clear": ["due"]}`),
		sets:  one("WEB-16", dateless),
	}, {
		asks:  "Call API-13 'Cache sessions for an hour'",
		calls: once("update_tasks", `{"tasks": ["API-13"], "title": "Cache sessions for an hour"}`),
		sets:  one("API-13", called("Cache sessions for an hour")),
	}, {
		asks:  "Tick 'Write the test' on API-8",
		calls: once("edit_description", `{"task": "API-8", "tick": ["Write the test"]}`),
		sets:  one("API-8", described("Steps to reproduce and expected result for item 8.\n\n- [x] Write the test\n- [ ] Fix it")),
	}, {
		asks:  "Tell them on API-14 that it is live",
		calls: once("add_comment", `{"task": "API-14", "text": "It is live."}`),
		sets:  one("API-14", said("It is live.")),
	}, {
		asks:  "API-10 has to wait for API-11",
		calls: once("link_tasks", `{"task": "API-10", "as": "blocked by", "to": ["API-11"]}`),
		sets:  append(one("API-10", tiedBy("blocked by API-11")), one("API-11", tiedBy("blocks API-10"))...),
	}, {
		asks: "Make WEB-6 urgent. No, take that back",
		calls: []toolCall{
			{"update_tasks", `{"tasks": ["WEB-6"], "priority": "urgent"}`},
			{"undo_last", `{}`},
		},
	}, {
		asks:  "Move WEB-40 over to the backend",
		calls: once("update_tasks", `{"tasks": ["WEB-40"], "project": "Backend"}`),
		sets:  one("WEB-40", carriedTo("API")),
	}, {
		asks:  "Delete WEB-30",
		calls: confirmed("delete_tasks", `{"tasks": ["WEB-30"]}`),
		sets:  one("WEB-30", gone),
	}}
}
