package tokens_test

// leadJobs are what somebody asks who answers for projects.
func leadJobs() []job {
	return []job{{
		asks:  "Who has how much open work?",
		calls: once("list_tasks", `{"count_by": "assignee"}`),
		lists: []that{open},
		tally: byWho,
	}, {
		asks:  "How far are we with the website?",
		calls: once("list_tasks", `{"projects": ["Website"], "statuses": ["all"], "count_by": "status"}`),
		lists: []that{in("WEB")},
		tally: byStatus,
	}, {
		asks:  "What in WEB has nobody taken yet?",
		calls: once("list_tasks", `{"projects": ["WEB"], "assignees": ["nobody"]}`),
		lists: []that{in("WEB"), open, of("")},
		tells: dueDay,
	}, {
		asks:  "What is due this week?",
		calls: once("list_tasks", `{"due": "this week"}`),
		lists: []that{open, dueThisWeek},
		tells: whoAndDue,
	}, {
		asks:  "Is anything blocked right now?",
		calls: once("list_tasks", `{"relation": "blocked"}`),
		lists: []that{is("WEB-2", "WEB-14")},
		says:  []string{"WEB-6", "API-8", "WEB-16"},
	}, {
		asks:  "What did Grace get done this week?",
		calls: once("what_changed", `{"people": ["Grace"], "since": "this week"}`),
		lists: []that{sinceMonday(finished)},
	}, {
		asks:  "How many tasks came in this week, by project?",
		calls: once("list_tasks", `{"created": "this week", "statuses": ["all"], "count_by": "project"}`),
		lists: []that{sinceMonday(created)},
		tally: byProject,
	}, {
		asks:  "What did we all finish this week?",
		calls: once("list_tasks", `{"finished": "this week"}`),
		lists: []that{standing("done"), either(sinceMonday(created), sinceMonday(finished))},
		tells: byWho,
	}, {
		asks:  "What in API still needs a date?",
		calls: once("list_tasks", `{"projects": ["API"], "due": "none"}`),
		lists: []that{in("API"), open, undated},
		tells: byWho,
	}, {
		asks:  "What urgent or high ones does Grace have?",
		calls: once("list_tasks", `{"assignees": ["Grace"], "priorities": ["urgent", "high"]}`),
		lists: []that{open, of("Grace"), ranked("urgent", "high")},
		tells: dueDay,
	}, {
		asks:  "Which projects do we have, and how far are they?",
		calls: once("list_projects", `{}`),
		says:  []string{"WEB Website", "API Backend", "OPS Operations", "% done"},
	}, {
		asks:  "Who is in the team?",
		calls: once("list_workspace_members", `{}`),
		says:  []string{"Ada Lovelace", "owner", "Grace Hopper", "member"},
	}}
}
