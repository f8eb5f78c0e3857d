package server

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	mcpserver "github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"
)

// bench is what the test tools report to, and wait for.
type bench struct {
	started chan string   // a tool has begun, with the text it was called with
	release chan struct{} // closed: the stuck tool may end
}

func newBench() *bench {
	return &bench{started: make(chan string, 1000), release: make(chan struct{})}
}

// newTestServer has tools that take a text: echo returns it, wait lasts as long as its context, stuck ignores its context,
// panic does what it says, ask elicits, tell sends a notification.
func newTestServer(b *bench, middlewares ...mcpserver.ToolHandlerMiddleware) *mcpserver.MCPServer {
	s := mcpserver.NewMCPServer("test", "1", mcpserver.WithToolCapabilities(true)) // with something to listen to
	s.Use(middlewares...)
	for name, run := range map[string]func(context.Context, string) (string, error){
		"echo": func(_ context.Context, text string) (string, error) { return text, nil },
		"wait": func(ctx context.Context, text string) (string, error) {
			b.started <- text
			<-ctx.Done()
			return "", ctx.Err()
		},
		"stuck": func(_ context.Context, text string) (string, error) {
			b.started <- text
			<-b.release
			return text, nil
		},
		"panic": func(_ context.Context, text string) (string, error) { panic(text) },
		"ask": func(ctx context.Context, _ string) (string, error) {
			answer, err := s.RequestElicitation(ctx, mcp.ElicitationRequest{Params: mcp.ElicitationParams{
				Message: "Sure?", RequestedSchema: json.RawMessage(`{"type":"object","properties":{}}`),
			}})
			if err != nil {
				return "", err
			}
			return string(answer.Action), nil
		},
		"tell": func(ctx context.Context, text string) (string, error) {
			return text, s.SendNotificationToClient(ctx, "notifications/progress", map[string]any{"message": text})
		},
	} {
		s.AddTool(mcp.Tool{Name: name, InputSchema: mcp.ToolInputSchema{Type: "object"}}, textTool(run))
	}
	return s
}

func textTool(run func(context.Context, string) (string, error)) mcpserver.ToolHandlerFunc {
	return func(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		text, err := run(ctx, request.GetString("text", ""))
		if err != nil {
			return nil, err
		}
		return mcp.NewToolResultText(text), nil
	}
}

// inTurn has tools wait for their turn.
func inTurn(q queue) mcpserver.ToolHandlerMiddleware {
	return func(next mcpserver.ToolHandlerFunc) mcpserver.ToolHandlerFunc {
		return func(ctx context.Context, request mcp.CallToolRequest) (result *mcp.CallToolResult, err error) {
			if late := q.do(ctx, func() { result, err = next(ctx, request) }); late != nil {
				return nil, late
			}
			return result, err
		}
	}
}

// Lines of a client of 2025-11-25.
const (
	initialize = `{"jsonrpc":"2.0","id":"init","method":"initialize","params":{"protocolVersion":"2025-11-25",` +
		`"capabilities":{"elicitation":{}},"clientInfo":{"name":"test","version":"1"}}}`
	initialized = `{"jsonrpc":"2.0","method":"notifications/initialized"}`
)

// modernMeta makes a request one of 2026-07-28, such as discover.
const (
	modernMeta = `"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",` +
		`"io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"}}`
	discover = `{"jsonrpc":"2.0","id":0,"method":"server/discover","params":{` + modernMeta + `}}`
)

func call(id int, tool, text string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":%q,"arguments":{"text":%q}}}`, id, tool, text)
}

func modernCall(id int, tool, text string) string {
	return strings.Replace(call(id, tool, text), `"params":{`, `"params":{`+modernMeta+`,`, 1)
}

func cancelled(id int) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":%d}}`, id)
}

// received is one line from the server.
type received struct {
	ID     json.RawMessage
	Method string
	Params json.RawMessage
	Result *struct {
		Content         []struct{ Text string }
		IsError         bool
		ProtocolVersion string
		ServedVersions  []string `json:"supportedVersions"`
		Tools           json.RawMessage

		ResultType    string
		RequestState  string
		InputRequests map[string]struct{ Params question }
	}
	Error *struct {
		Code    int
		Message string
	}
}

// brief puts the line's gist in a few words: "1: text", "1 failed: text", "1 error -32600", "method".
func (r received) brief() string {
	switch {
	case r.Method != "":
		return r.Method
	case r.Error != nil:
		return fmt.Sprintf("%s error %d", r.ID, r.Error.Code)
	case r.Result == nil:
		return fmt.Sprintf("%s without result", r.ID)
	case len(r.Result.Content) == 0:
		return fmt.Sprintf("%s: %s%s", r.ID, r.Result.ProtocolVersion, strings.Join(r.Result.ServedVersions, " "))
	case r.Result.IsError:
		return fmt.Sprintf("%s failed: %s", r.ID, r.Result.Content[0].Text)
	default:
		return fmt.Sprintf("%s: %s", r.ID, r.Result.Content[0].Text)
	}
}

// wire is a client at the other end of a server.
type wire struct {
	t      testing.TB
	in     *io.PipeWriter
	out    *io.PipeReader
	lines  *json.Decoder
	served chan error
}

func dial(ctx context.Context, t testing.TB, s *mcpserver.MCPServer) *wire {
	t.Helper()
	serverIn, in := io.Pipe()
	out, serverOut := io.Pipe()
	w := &wire{t: t, in: in, out: out, lines: json.NewDecoder(out), served: make(chan error, 1)}
	go func() {
		w.served <- ServeStdio(ctx, s, serverIn, serverOut, zerolog.Nop())
		_ = serverOut.Close()
	}()
	return w
}

func (w *wire) send(lines ...string) {
	w.t.Helper()
	for _, line := range lines {
		if _, err := io.WriteString(w.in, line+"\n"); err != nil {
			w.t.Fatalf("send: %v", err)
		}
	}
}

func (w *wire) receive() received {
	w.t.Helper()
	var r received
	if err := w.lines.Decode(&r); err != nil {
		w.t.Fatalf("receive: %v", err)
	}
	return r
}

// hangUp ends the input and returns what the server still had to say, and what ServeStdio returned.
func (w *wire) hangUp() (rest []string, err error) {
	_ = w.in.Close()
	return readAll(w.t, w.lines), <-w.served
}

func readAll(t testing.TB, lines *json.Decoder) (all []string) {
	t.Helper()
	for {
		var r received
		switch err := lines.Decode(&r); err {
		case nil:
			all = append(all, r.brief())
		case io.EOF:
			return all
		default:
			t.Fatalf("the server wrote no JSON: %v", err)
		}
	}
}
