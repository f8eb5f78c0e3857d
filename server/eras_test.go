package server

import (
	"context"
	"encoding/json"
	"io"
	"testing"

	"github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/client/transport"
	"github.com/mark3labs/mcp-go/mcp"
	mcpserver "github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"
)

// confirm asks for a confirmation in the manner of 2026-07-28; mcp-go turns it into elicitation/create for older clients.
func confirm(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	answer := mcpserver.ElicitationResponse(request.Params.InputResponses, "sure")
	if answer == nil {
		params := mcp.ElicitationParams{Message: "Sure?", RequestedSchema: json.RawMessage(`{"type":"object","properties":{}}`)}
		return mcpserver.NewInputRequestBuilder("").Elicit("sure", params).ToolResult(), nil
	}
	return mcp.NewToolResultText(string(answer.Action)), nil
}

// yes is a person who accepts everything.
type yes struct{}

func (yes) Elicit(context.Context, mcp.ElicitationRequest) (*mcp.ElicitationResult, error) {
	return &mcp.ElicitationResult{ElicitationResponse: mcp.ElicitationResponse{Action: mcp.ElicitationResponseActionAccept}}, nil
}

// TestClientOfBothEras has mcp-go's own client talk to ServeStdio.
func TestClientOfBothEras(t *testing.T) {
	t.Parallel()
	for _, version := range []string{mcp.LATEST_LEGACY_PROTOCOL_VERSION, mcp.ProtocolVersion20260728} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			s := newTestServer(newBench(), inTurn(newQueue(1)))
			s.AddTool(mcp.Tool{Name: "confirm", InputSchema: mcp.ToolInputSchema{Type: "object"}}, confirm)
			serverIn, in := io.Pipe()
			out, serverOut := io.Pipe()
			served := make(chan error, 1)
			go func() {
				served <- ServeStdio(t.Context(), s, serverIn, serverOut, zerolog.Nop())
				_ = serverOut.Close()
			}()
			c := client.NewClient(transport.NewIO(out, in, nil), client.WithElicitationHandler(yes{}), client.WithProtocolVersion(version))
			checkClient(t, c, version)
			if err := c.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
			if err := <-served; err != nil {
				t.Errorf("ServeStdio: %v", err)
			}
		})
	}
}

func checkClient(t *testing.T, c *client.Client, version string) {
	t.Helper()
	if err := c.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	var hello mcp.InitializeRequest
	hello.Params.ProtocolVersion = version
	hello.Params.ClientInfo = mcp.Implementation{Name: "test", Version: "1"}
	if got, err := c.Initialize(t.Context(), hello); err != nil || got.ProtocolVersion != version {
		t.Fatalf("initialize: %+v, %v", got, err)
	}
	for tool, want := range map[string]string{"echo": "a secret", "confirm": "accept"} {
		result, err := c.CallTool(t.Context(), toolCall(tool))
		if err != nil || textOf(result) != want {
			t.Errorf("%s: %q, %v; want %q", tool, textOf(result), err, want)
		}
	}
}
