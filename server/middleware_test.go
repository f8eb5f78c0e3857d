package server

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mark3labs/mcp-go/mcp"
	mcpserver "github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"
)

var errTool = errors.New("no such task: a secret")

func toolCall(name string) mcp.CallToolRequest {
	return mcp.CallToolRequest{Params: mcp.CallToolParams{Name: name, Arguments: map[string]any{"text": "a secret"}}}
}

func TestRecoverPanics(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		run     mcpserver.ToolHandlerFunc
		logged  string
		isError bool
		err     error
	}{
		"no panic": {tool(mcp.NewToolResultText("ok"), nil), "", false, nil},
		"an error": {tool(nil, errTool), "", false, errTool},
		"a text": {func(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			panic("a secret")
		}, "a value of type string", true, nil},
		"a nil map": {func(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			var board map[string]int
			board["a secret"] = 1
			return nil, nil
		}, "assignment to entry in nil map", true, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			result, err := recoverPanics(zerolog.New(&log))(test.run)(t.Context(), toolCall("move"))
			if !errors.Is(err, test.err) {
				t.Errorf("error %v, want %v", err, test.err)
			}
			if test.isError && (result == nil || !result.IsError || !strings.HasPrefix(textOf(result), "internal error")) {
				t.Errorf("result %+v", result)
			}
			if line := log.String(); !strings.Contains(line, test.logged) || (test.logged != "") != strings.Contains(line, "middleware_test.go") {
				t.Errorf("log: %s", line)
			}
			if strings.Contains(log.String()+textOf(result), "secret") {
				t.Errorf("the panic's text is told: log %s, result %q", log.String(), textOf(result))
			}
		})
	}
}

func tool(result *mcp.CallToolResult, err error) mcpserver.ToolHandlerFunc {
	return func(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) { return result, err }
}

func textOf(result *mcp.CallToolResult) string {
	if result == nil {
		return ""
	}
	return mcp.GetTextFromContent(result.Content[0])
}

func TestLogCalls(t *testing.T) {
	t.Parallel()
	ask := mcpserver.NewInputRequestBuilder("").Elicit("sure", mcp.ElicitationParams{Message: "Sure?"}).ToolResult()
	for name, test := range map[string]struct {
		run  mcpserver.ToolHandlerFunc
		want string
	}{
		"ok":             {tool(mcp.NewToolResultText("a secret"), nil), `{"level":"debug","tool":"move","took":1000,"outcome":"ok","message":"call"}`},
		"error result":   {tool(mcp.NewToolResultError("a secret"), nil), `{"level":"info","tool":"move","took":1000,"outcome":"error result","message":"call"}`},
		"failed":         {tool(nil, errTool), `{"level":"info","tool":"move","took":1000,"outcome":"failed","message":"call"}`},
		"input required": {tool(ask, nil), `{"level":"debug","tool":"move","took":1000,"outcome":"input required","message":"call"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var log bytes.Buffer
				wantResult, wantErr := test.run(t.Context(), toolCall("move"))
				result, err := logCalls(zerolog.New(&log))(slow(test.run))(t.Context(), toolCall("move"))
				if result != wantResult || !errors.Is(err, wantErr) {
					t.Errorf("the outcome is not passed on: %v, %v", result, err)
				}
				if diff := cmp.Diff(test.want, strings.TrimSpace(log.String())); diff != "" {
					t.Errorf("log (-want +got):\n%s", diff)
				}
			})
		})
	}
}

// slow makes a tool take one second.
func slow(run mcpserver.ToolHandlerFunc) mcpserver.ToolHandlerFunc {
	return func(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		time.Sleep(time.Second)
		return run(ctx, request)
	}
}

func TestLogCallsTellsPanicsAndCancellations(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	logged := logCalls(zerolog.New(&log))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, _ = logged(tool(nil, ctx.Err()))(ctx, toolCall("move"))
	_, _ = recoverPanics(zerolog.Nop())(logged(func(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) { panic("!") }))(t.Context(), toolCall("move"))
	for _, outcome := range []string{"cancelled", "panic"} {
		if !strings.Contains(log.String(), `"outcome":"`+outcome+`"`) {
			t.Errorf("%q is missing in the log: %s", outcome, log.String())
		}
	}
}

func TestWithDeadline(t *testing.T) {
	t.Parallel()
	const limit = 50 * time.Second
	own := mcp.NewToolResultError("Kaneo did not answer in time")
	for name, test := range map[string]struct {
		run  mcpserver.ToolHandlerFunc
		want string
		err  error
		took time.Duration
	}{
		"in time":        {slow(tool(mcp.NewToolResultText("done"), nil)), "done", nil, time.Second},
		"fails in time":  {slow(tool(nil, errTool)), "", errTool, time.Second},
		"too late":       {untilEnd(nil), "ended after 50s", nil, limit},
		"with own words": {untilEnd(own), "Kaneo did not answer", nil, limit},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				result, err := withDeadline(limit)(test.run)(t.Context(), toolCall("move"))
				if !errors.Is(err, test.err) || !strings.Contains(textOf(result), test.want) {
					t.Errorf("got %q, %v; want %q, %v", textOf(result), err, test.want, test.err)
				}
				if took := time.Since(start); took != test.took {
					t.Errorf("took %v, want %v", took, test.took)
				}
			})
		})
	}
}

// untilEnd is a tool that lasts as long as its context. It fails with the context's error unless it has a result.
func untilEnd(result *mcp.CallToolResult) mcpserver.ToolHandlerFunc {
	return func(ctx context.Context, _ mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		<-ctx.Done()
		if result != nil {
			return result, nil
		}
		return nil, ctx.Err()
	}
}

func TestWithDeadlineLeavesCancellationsAlone(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if result, err := withDeadline(time.Minute)(untilEnd(nil))(ctx, toolCall("move")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, %v", result, err)
	}
}

func TestQueue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const slots, calls = 3, 10
		running, most, ran := 0, 0, make(chan struct{}, calls)
		gate := make(chan struct{}, 1) // guards the counters
		count := func(by int) {
			gate <- struct{}{}
			running += by
			most = max(most, running)
			<-gate
		}
		limited := inTurn(newQueue(slots))(func(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			count(1)
			defer count(-1)
			ran <- struct{}{}
			return slow(tool(mcp.NewToolResultText("ok"), nil))(ctx, request)
		})
		ctx, cancel := context.WithCancel(t.Context())
		errs := make(chan error, calls)
		for i := range calls {
			go func(ctx context.Context) {
				_, err := limited(ctx, toolCall("move"))
				errs <- err
			}([]context.Context{t.Context(), ctx}[i/(calls-1)]) // the last one can be cancelled
			synctest.Wait()
		}
		cancel()
		if err := <-errs; !errors.Is(err, context.Canceled) {
			t.Errorf("the cancelled call in the queue: %v", err)
		}
		for range calls - 1 {
			if err := <-errs; err != nil {
				t.Errorf("a call in the queue: %v", err)
			}
		}
		if most != slots || len(ran) != calls-1 {
			t.Errorf("%d at a time, %d in all; want %d and %d", most, len(ran), slots, calls-1)
		}
	})
}
