package tokens_test

// commonJobs are those that are asked most.
func commonJobs() []job {
	return []job{{
		asks:  "What is on my plate?",
		calls: once("my_work", `{}`),
		lists: []that{open, of("Ada")},
		tells: dueDay,
	}, {
		asks:  "Show me the board of WEB",
		calls: once("get_board", `{"project": "WEB"}`),
		lists: []that{in("WEB")},
		tells: ordinary,
	}, {
		asks:  "What's overdue?",
		calls: once("list_tasks", `{"overdue": true}`),
		lists: []that{overdue},
		tells: whoAndDue,
	}, {
		asks:  "Move WEB-12 to in review and comment 'Ready for review'",
		calls: once("update_tasks", `{"tasks": ["WEB-12"], "status": "in review", "comment": "Ready for review"}`),
		sets:  one("WEB-12", moved("in-review"), said("Ready for review")),
	}, {
		asks: "Create these five for Grace with labels: renew the certificate (chore), alert on full disks (feature), " +
			"backup restore fails (bug), rotate the keys (chore), dashboards for the queue (feature)",
		calls: once("create_tasks", `{"project": "OPS", "tasks": [
			{"title": "Renew the certificate", "assignee": "Grace", "labels": ["chore"]},
			{"title": "Alert on full disks", "assignee": "Grace", "labels": ["feature"]},
			{"title": "Backup restore fails", "assignee": "Grace", "labels": ["bug"]},
			{"title": "Rotate the keys", "assignee": "Grace", "labels": ["chore"]},
			{"title": "Dashboards for the queue", "assignee": "Grace", "labels": ["feature"]}]}`),
		adds: []card{
			fresh("OPS", "Renew the certificate", "Grace", "chore"), fresh("OPS", "Alert on full disks", "Grace", "feature"),
			fresh("OPS", "Backup restore fails", "Grace", "bug"), fresh("OPS", "Rotate the keys", "Grace", "chore"),
			fresh("OPS", "Dashboards for the queue", "Grace", "feature"),
		},
	}, {
		asks:  "Reassign all of Grace's open urgent tasks to Ada",
		calls: confirmed("update_tasks", `{"where": {"assignees": ["Grace"], "priorities": ["urgent"]}, "assignee": "Ada"}`),
		sets:  []change{{[]that{of("Grace"), open, ranked("urgent")}, []edit{givenTo("Ada")}}},
	}, {
		asks:  "Set the due date of everything in progress to Friday",
		calls: confirmed("update_tasks", `{"where": {"statuses": ["in progress"]}, "due": "friday"}`),
		sets:  []change{{[]that{standing("in-progress")}, []edit{onFriday}}},
	}, {
		asks:  "Close the sprint: archive what is done",
		calls: confirmed("update_tasks", `{"where": {"statuses": ["done"]}, "status": "archived"}`),
		sets:  []change{{[]that{standing("done")}, []edit{moved("archived")}}},
	}, {
		asks:  "Which tasks block WEB-2?",
		calls: once("get_task", `{"task": "WEB-2", "include": ["relations"]}`),
		says:  []string{"WEB-6", "API-8"},
	}, {
		asks:  "Weekly report for WEB",
		calls: once("what_changed", `{"projects": ["WEB"], "since": "this week"}`),
		lists: []that{in("WEB"), either(sinceMonday(created), sinceMonday(finished))},
		tells: byStatus,
	}}
}
