package gosdk_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// patience is how long a case may take before it counts as stuck.
const patience = 20 * time.Second

// TestClient lists the tools, calls one, and gives a call up, in both eras of the protocol.
func TestClient(t *testing.T) {
	t.Parallel()
	file := build(t)
	for name, test := range map[string]struct {
		version string
		open    func(*testing.T, program) mcp.Transport
	}{
		"stdio, 2025-11-25": {"2025-11-25", overStdio},
		"stdio, 2026-07-28": {"2026-07-28", overStdio},
		"HTTP, 2025-11-25":  {"2025-11-25", overHTTP},
		"HTTP, 2026-07-28":  {"2026-07-28", overHTTP},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			kaneo := newKaneo(t)
			session := connect(ctx, t, test.open(t, program{file, kaneo}), test.version)
			lists(ctx, t, session)
			calls(ctx, t, session)
			givesUp(ctx, t, session, kaneo)
			calls(ctx, t, session)
		})
	}
}

func connect(ctx context.Context, t *testing.T, transport mcp.Transport, version string) *mcp.ClientSession {
	t.Helper()
	client := mcp.NewClient(&mcp.Implementation{Name: "gosdk", Version: "1"}, nil)
	session, err := client.Connect(ctx, transport, &mcp.ClientSessionOptions{ProtocolVersion: version})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := session.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	if got := session.InitializeResult().ProtocolVersion; got != version {
		t.Errorf("they agreed on %s, want %s", got, version)
	}
	return session
}

func lists(ctx context.Context, t *testing.T, session *mcp.ClientSession) {
	t.Helper()
	for tool, err := range session.Tools(ctx, nil) {
		if err != nil {
			t.Fatal(err)
		}
		if tool.Name == "get_board" {
			return
		}
	}
	t.Error("get_board is not listed")
}

func calls(ctx context.Context, t *testing.T, session *mcp.ClientSession) {
	t.Helper()
	result, err := session.CallTool(ctx, getBoard())
	if err != nil {
		t.Fatal(err)
	}
	text, ok := result.Content[0].(*mcp.TextContent)
	if !ok || result.IsError || !strings.HasPrefix(text.Text, "WEB Website") {
		t.Errorf("get_board answered %+v", result.Content[0])
	}
}

// givesUp cancels a call while Kaneo is working on it: what is asked of Kaneo has to end as well.
func givesUp(ctx context.Context, t *testing.T, session *mcp.ClientSession, kaneo *kaneo) {
	t.Helper()
	calling, cancel := context.WithCancel(ctx)
	defer cancel()
	kaneo.busy.Store(true)
	ended := make(chan error, 1)
	go func() {
		_, err := session.CallTool(calling, getBoard())
		ended <- err
	}()
	wait(ctx, t, kaneo.asked, "Kaneo was never asked")
	cancel()
	if err := wait(ctx, t, ended, "the call did not end"); !errors.Is(err, context.Canceled) {
		t.Errorf("the call ended with %v, want %v", err, context.Canceled)
	}
	wait(ctx, t, kaneo.dropped, "Kaneo was kept busy for a call that was given up")
	kaneo.busy.Store(false)
}

func getBoard() *mcp.CallToolParams {
	return &mcp.CallToolParams{Name: "get_board", Arguments: map[string]string{"project": "WEB"}}
}

func wait[T any](ctx context.Context, t *testing.T, events <-chan T, otherwise string) T {
	t.Helper()
	var got T
	select {
	case got = <-events:
	case <-ctx.Done():
		t.Fatal(otherwise)
	}
	return got
}
