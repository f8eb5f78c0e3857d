package server

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	mcpserver "github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"
)

// The middlewares around every tool, in the order in which they are meant to be added, the outermost first:
// recoverPanics, logCalls, withDeadline. So a call's deadline counts its time in the queue, and its log line comes
// whatever happens.

// callDeadline is the default for withDeadline: less than the 60 s after which hosts give a call up without telling.
const callDeadline = 50 * time.Second

// errDeadline is the cause of a call's end when withDeadline ended it.
var errDeadline = errors.New("the call's deadline has passed")

// recoverPanics turns a panic in a tool into an error result that says nothing of it; the log gets the stack.
func recoverPanics(log zerolog.Logger) mcpserver.ToolHandlerMiddleware {
	return func(next mcpserver.ToolHandlerFunc) mcpserver.ToolHandlerFunc {
		return func(ctx context.Context, request mcp.CallToolRequest) (result *mcp.CallToolResult, err error) {
			defer func() {
				if v := recover(); v != nil {
					log.Error().Str("tool", request.Params.Name).Str("panic", panicKind(v)).Bytes("stack", debug.Stack()).Msg("a tool panicked")
					result, err = mcp.NewToolResultError("internal error: the tool broke off; the server's log says where. "+
						"If it was to change something, check whether it did before you repeat it."), nil
				}
			}()
			return next(ctx, request)
		}
	}
}

// panicKind describes a panic for the log. Only the runtime's own texts are known to carry no argument's value.
func panicKind(v any) string {
	if err, ok := v.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("a value of type %T", v)
}

// logCalls writes one line for every call: tool, duration, outcome. Never an argument, nor an error's text, which may
// quote one. What went well is written at debug level.
func logCalls(log zerolog.Logger) mcpserver.ToolHandlerMiddleware {
	return func(next mcpserver.ToolHandlerFunc) mcpserver.ToolHandlerFunc {
		return func(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			start, level, outcome := time.Now(), zerolog.InfoLevel, "panic"
			defer func() {
				log.WithLevel(level).Str("tool", request.Params.Name).Dur("took", time.Since(start)).Str("outcome", outcome).Msg("call")
			}()
			result, err := next(ctx, request)
			level, outcome = outcomeOf(ctx, result, err)
			return result, err
		}
	}
}

func outcomeOf(ctx context.Context, result *mcp.CallToolResult, err error) (zerolog.Level, string) {
	switch {
	case ctx.Err() != nil:
		return zerolog.InfoLevel, "cancelled"
	case err != nil, result == nil:
		return zerolog.InfoLevel, "failed"
	case result.IsError:
		return zerolog.InfoLevel, "error result"
	case result.NeedsInput():
		return zerolog.DebugLevel, "input required"
	default:
		return zerolog.DebugLevel, "ok"
	}
}

// withDeadline ends a call's context after limit. A tool that then fails is answered with an error result that says so;
// a result of its own is let through.
func withDeadline(limit time.Duration) mcpserver.ToolHandlerMiddleware {
	return func(next mcpserver.ToolHandlerFunc) mcpserver.ToolHandlerFunc {
		return func(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			ctx, cancel := context.WithTimeoutCause(ctx, limit, errDeadline)
			defer cancel()
			result, err := next(ctx, request)
			if err != nil && errors.Is(context.Cause(ctx), errDeadline) {
				return mcp.NewToolResultErrorf("The call was ended after %s without an answer. "+
					"If it was to change something, check whether it did before you repeat it.", limit), nil
			}
			return result, err
		}
	}
}
