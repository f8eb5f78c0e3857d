package tokens_test

// newTaskJobs are those after which there are more tasks.
func newTaskJobs() []job {
	return []job{{
		asks:  "Note for me in API: upgrade the driver",
		calls: once("create_tasks", `{"project": "API", "tasks": [{"title": "Upgrade the driver", "assignee": "me"}]}`),
		adds:  []card{fresh("API", "Upgrade the driver", "Ada")},
	}, {
		asks: "Split WEB-50 into design, build and test",
		calls: once("create_tasks", `{"project": "WEB", "tasks": [
			{"title": "Design", "parent": "WEB-50"}, {"title": "Build", "parent": "WEB-50"}, {"title": "Test", "parent": "WEB-50"}]}`),
		adds: []card{child("Design"), child("Build"), child("Test")},
		sets: one("WEB-50", tiedBy("parent of WEB", "parent of WEB", "parent of WEB")),
	}, {
		asks: "The search index is corrupt on production: file it in API, unless somebody has",
		calls: []toolCall{
			{"search", `{"query": "search index corrupt"}`},
			{"create_tasks", `{"project": "API", "tasks": [{"title": "Search index corrupt on production", "labels": ["bug"]}]}`},
		},
		adds: []card{fresh("API", "Search index corrupt on production", "", "bug")},
	}}
}

// fresh is a new task with nothing said of it but this.
func fresh(project, title, who string, labels ...string) card {
	return card{key: project, title: title, who: who, status: "to-do", priority: "no-priority", labels: labels}
}

func child(title string) card {
	c := fresh("WEB", title, "")
	c.ties = []string{"subtask of WEB-50"}
	return c
}
