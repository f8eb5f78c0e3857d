package main

import (
	"net/http"
	"strings"
	"testing"

	"kaneo-mcp/server"
)

// TestCallersTakeBackTheirOwn: what a caller of a server for a team changed is on record for that caller, and for nobody else.
func TestCallersTakeBackTheirOwn(t *testing.T) {
	t.Parallel()
	place := newTown(t)
	at := place.listening(t, "--per-caller")
	for i, step := range []struct{ who, tool, arguments, want string }{
		{"owner", "update_tasks", `{"tasks":["WEB-1"],"status":"done"}`, "To Do → Done"},
		{"member", "undo_last", `{}`, "Nothing to undo"},
		{"owner", "undo_last", `{}`, "Done → To Do"},
	} {
		header := http.Header{server.KeyHeader: {place.Who(step.who).APIKey}}
		status, text, err := (wayIn{plainClient(), at, header}).call(t, step.tool, step.arguments)
		if status != http.StatusOK || err != nil || !strings.Contains(text, step.want) {
			t.Errorf("step %d: status %d, %q, %v", i, status, text, err)
		}
	}
}

// TestReplicasHaveNothingToTakeBack: another replica may have made the last change.
func TestReplicasHaveNothingToTakeBack(t *testing.T) {
	t.Parallel()
	place := newTown(t)
	in := wayIn{plainClient(), place.listening(t, "--per-caller", "--stateless"), http.Header{server.KeyHeader: {place.Who("owner").APIKey}}}
	if status, text, err := in.call(t, "undo_last", "{}"); err != nil || !strings.Contains(text, "not found") {
		t.Errorf("status %d, %q, %v", status, text, err)
	}
}
