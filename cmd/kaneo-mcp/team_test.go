package main

import (
	"encoding/json"
	"fmt"
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
	for name, in := range map[string]wayIn{
		"a team":     {plainClient(), place.listening(t, "--stateless", "--per-caller"), http.Header{server.KeyHeader: {place.Who("owner").APIKey}}},
		"one person": {plainClient(), place.listening(t, "--stateless"), nil},
	} {
		if status, text, err := in.call(t, "undo_last", "{}"); err != nil || !strings.Contains(text, "not found") {
			t.Errorf("%s: status %d, %q, %v", name, status, text, err)
		}
	}
}

// TestReplicasTakeEachOthersAnswers: one asks whether to delete, and another is told yes.
func TestReplicasTakeEachOthersAnswers(t *testing.T) {
	t.Parallel()
	place := newTown(t)
	in := [2]wayIn{}
	for i := range in {
		at := place.listening(t, "--per-caller", "--stateless")
		in[i] = wayIn{plainClient(), at, http.Header{server.KeyHeader: {place.Who("owner").APIKey}}}
	}
	_, text, err := in[0].post(t, "delete_tasks", deletion(""))
	var asked struct{ Result struct{ RequestState string } }
	if err != nil || json.Unmarshal([]byte(text), &asked) != nil || asked.Result.RequestState == "" {
		t.Fatalf("no question: %s, %v", text, err)
	}
	yes := fmt.Sprintf(`,"requestState":%q,"inputResponses":{"delete":{"action":"accept","content":{"sure":true}}}`, asked.Result.RequestState)
	if _, text, err := in[1].post(t, "delete_tasks", deletion(yes)); err != nil || !strings.Contains(text, "Deleted WEB-1") {
		t.Errorf("%s, %v", text, err)
	}
}

// deletion is a call of a client that has dialogs.
func deletion(answer string) string {
	return `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"delete_tasks","arguments":{"tasks":["WEB-1"]},"_meta":{` +
		`"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"},` +
		`"io.modelcontextprotocol/clientCapabilities":{"elicitation":{"form":{}}}}` + answer + `}}`
}
