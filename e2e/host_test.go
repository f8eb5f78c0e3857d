package e2e

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/rs/zerolog"

	"kaneo-mcp/auth"
	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
	"kaneo-mcp/server"
	"kaneo-mcp/tools"
)

// eachEra runs a case in both eras of the protocol.
func eachEra(t *testing.T, run func(t *testing.T, era string)) {
	t.Helper()
	for _, era := range eras() {
		t.Run(era, func(t *testing.T) { run(t, era) })
	}
}

// host is an agent's host with one server of ours.
type host struct {
	client *client.Client
	log    *strings.Builder
}

// signedOut starts a server that finds nobody signed in, unless the folder holds a session already.
func signedOut(t *testing.T, w *world, era, folder string) host {
	t.Helper()
	return newHost(t, w, era, auth.Settings{Store: auth.NewStore(folder)})
}

// hostOf starts a server that works with a person's API key.
func hostOf(t *testing.T, w *world, era string, p person) host {
	t.Helper()
	made := w.must(t, p, "POST", "/auth/api-key/create", fields{"name": "end to end"})
	key, _ := made["key"].(string)
	t.Cleanup(func() { w.must(t, p, "POST", "/auth/api-key/delete", fields{"keyId": id(made)}) })
	return newHost(t, w, era, auth.Settings{Key: key})
}

func newHost(t *testing.T, w *world, era string, settings auth.Settings) host {
	t.Helper()
	base, err := kaneo.ParseBase(w.address)
	if err != nil {
		t.Fatal(err)
	}
	requests, err := kaneo.NewHTTPClient("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(requests.CloseIdleConnections)
	log := new(strings.Builder)
	settings.Base, settings.HTTP, settings.Log = base, requests, zerolog.New(zerolog.SyncWriter(log))
	source, err := auth.New(settings)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(source.Close)
	kaneoClient := kaneo.New(kaneo.Options{Base: base, Tokens: source, HTTP: requests, Timeout: 15 * time.Second, InFlight: 8})
	desk := board.New(board.Options{Client: kaneoClient, Zone: time.UTC})
	mcpServer := server.New(server.Options{Catalogue: tools.New(desk, tools.Selection{}), Auth: source, Version: "test", Log: settings.Log})
	return host{connect(t, client.NewInProcessClient, mcpServer, era), log}
}

func connect[S any](t *testing.T, dial func(S) (*client.Client, error), to S, era string) *client.Client {
	t.Helper()
	c, err := dial(to)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	var hello mcp.InitializeRequest
	hello.Params.ProtocolVersion = era
	hello.Params.ClientInfo = mcp.Implementation{Name: "end to end", Version: "1"}
	if _, err := c.Initialize(t.Context(), hello); err != nil {
		t.Fatal(err)
	}
	return c
}

// call makes one call and returns what a model reads.
func (h host) call(t *testing.T, tool, arguments string) (text string, isError bool) {
	t.Helper()
	var request mcp.CallToolRequest
	request.Params.Name = tool
	request.Params.Arguments = json.RawMessage(arguments)
	result, err := h.client.CallTool(t.Context(), request)
	if err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	if len(result.Content) != 1 || result.StructuredContent != nil {
		t.Fatalf("%s: want one text and no structured content, got %d contents", tool, len(result.Content))
	}
	content, ok := result.Content[0].(mcp.TextContent)
	if !ok {
		t.Fatalf("%s: not a text", tool)
	}
	return content.Text, result.IsError
}

// want makes a call that has to succeed and to say these things.
func (h host) want(t *testing.T, tool, arguments string, says ...string) string {
	t.Helper()
	text, isError := h.call(t, tool, arguments)
	if isError {
		t.Errorf("%s %s failed:\n%s", tool, arguments, text)
	}
	contains(t, text, says...)
	return text
}

// refused makes a call that has to fail and to say these things.
func (h host) refused(t *testing.T, tool, arguments string, says ...string) string {
	t.Helper()
	text, isError := h.call(t, tool, arguments)
	if !isError {
		t.Errorf("%s %s should have failed:\n%s", tool, arguments, text)
	}
	contains(t, text, says...)
	return text
}

func contains(t *testing.T, text string, says ...string) {
	t.Helper()
	for _, part := range says {
		if !strings.Contains(text, part) {
			t.Errorf("%q is missing in:\n%s", part, text)
		}
	}
}

func eras() []string {
	return []string{mcp.LATEST_LEGACY_PROTOCOL_VERSION, mcp.LATEST_PROTOCOL_VERSION}
}

// pause lets a person's approval come through, where the Kaneo at hand keeps real time.
func pause(t *testing.T) {
	t.Helper()
	select {
	case <-time.After(500 * time.Millisecond):
	case <-t.Context().Done():
	}
}
