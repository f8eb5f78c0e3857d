package sandbox

// integrationOperations say that nothing is connected: null, and no external links.
func integrationOperations() []operation {
	operations := []operation{{
		method: get, path: "/api/external-link/task/{taskId}", scope: ofTask("taskId"),
		run: func(*Kaneo, *call) (any, error) { return []externalLink{}, nil },
	}}
	for _, kind := range []string{"github", "gitea", "slack", "discord", "telegram", "generic-webhook"} {
		operations = append(operations, operation{
			method: get, path: "/api/" + kind + "-integration/project/{projectId}", scope: ofProject("projectId"),
			run: func(*Kaneo, *call) (any, error) { return nil, nil },
		})
	}
	return operations
}

// externalLink ties a task to an issue or a pull request; the sandbox has none.
type externalLink struct {
	ID string `json:"id"`
}
