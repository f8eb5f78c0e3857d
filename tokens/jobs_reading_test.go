package tokens_test

// readingJobs are what a developer asks while at work, or an agent before it begins.
func readingJobs() []job {
	return []job{{
		asks:  "What does API-4 say?",
		calls: once("get_task", `{"task": "API-4"}`),
		says:  []string{"API-4", "Steps to reproduce and expected result for item 4.", "- [ ] Write the test"},
	}, {
		asks:  "What was said about WEB-12?",
		calls: once("get_task", `{"task": "WEB-12", "include": ["comments"]}`),
		says:  []string{"WEB-12", "reproduced", "Grace"},
	}, {
		asks:  "Do we have anything about the rate limiter?",
		calls: once("search", `{"query": "rate limiter"}`),
		lists: []that{about("rate limiter")},
		tells: byStatus,
	}, {
		asks:  "What bugs are open in API?",
		calls: once("list_tasks", `{"projects": ["API"], "labels": ["bug"]}`),
		lists: []that{in("API"), open, labelled("bug")},
		tells: statusAndDue,
	}, {
		asks:  "What waits for my review?",
		calls: once("list_tasks", `{"assignees": ["me"], "statuses": ["in review"]}`),
		lists: []that{of("Ada"), standing("in-review")},
		tells: dueDay,
	}, {
		asks:  "What are we still to do for WEB-20?",
		calls: once("get_task", `{"task": "WEB-20", "include": ["relations"]}`),
		says:  []string{"WEB-22", "WEB-23"},
	}, {
		asks:  "Who is on what in API right now?",
		calls: once("get_board", `{"project": "API", "statuses": ["in progress"]}`),
		lists: []that{in("API"), standing("in-progress")},
		tells: byWho,
	}, {
		asks:  "What can I set in API?",
		calls: once("get_project", `{"project": "API"}`),
		says:  []string{"To Do", "In Progress", "In Review", "Done", "bug", "feature", "chore", "Ada Lovelace", "Grace Hopper"},
	}, {
		asks:  "Nightly check: how pressing is what is overdue?",
		calls: once("list_tasks", `{"overdue": true, "count_by": "priority"}`),
		lists: []that{overdue},
		tally: byPriority,
	}, {
		asks:  "Which tasks in OPS carry no label?",
		calls: once("list_tasks", `{"projects": ["OPS"], "labels": ["none"]}`),
		lists: []that{in("OPS"), open, unlabelled},
	}}
}
