package sandbox

import (
	"net/http"
	"slices"
)

// boardOperations is REST: projects, columns, tasks and what hangs on them.
func boardOperations() []operation {
	return slices.Concat(
		instanceOperations(), integrationOperations(), uploadOperations(), openAPIOperations(),
		projectOperations(), columnOperations(), workflowOperations(),
		taskReadOperations(), taskWriteOperations(), taskFieldOperations(), transferOperations(),
		commentOperations(), activityOperations(), labelOperations(), relationOperations(),
		timeEntryOperations(), searchOperations(), notificationOperations(), preferenceOperations(),
	)
}

const (
	get    = http.MethodGet
	post   = http.MethodPost
	put    = http.MethodPut
	patch  = http.MethodPatch
	remove = http.MethodDelete
)

// missing is a true 404, reached by way of ?workspaceId= (kaneo-api.md §2).
func missing(what string) error { return refuse(http.StatusNotFound, what+" not found") }

// bad is a 400 with a text.
func bad(message string) error { return refuse(http.StatusBadRequest, message) }
