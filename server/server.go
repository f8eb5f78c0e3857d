// Package server puts the catalogue behind MCP: it knows transports, sessions and how a person is told to sign in, and
// it words every error for a reader who has to decide what to do next.
package server

import (
	"context"
	"errors"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	mcpserver "github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"

	"kaneo-mcp/auth"
	"kaneo-mcp/tools"
)

// Options says what a server serves.
type Options struct {
	Catalogue *tools.Catalogue
	Auth      *auth.Source
	Version   string
	Log       zerolog.Logger
}

// callsAtOnce bounds the calls that run at the same time; the others wait their turn.
const callsAtOnce = 16

// listsFresh is how long clients may keep the list of tools: it never changes while the program runs.
const listsFresh = time.Hour

// New makes an MCP server. It starts nothing and asks nobody: hosts start a server twice just to look at it.
func New(o Options) *mcpserver.MCPServer {
	s := mcpserver.NewMCPServer("kaneo", o.Version,
		mcpserver.WithTitle("Kaneo"),
		mcpserver.WithInstructions(instructions),
		mcpserver.WithToolCapabilities(false),
		mcpserver.WithMethodCacheHints(mcp.MethodToolsList, listsFresh.Milliseconds(), mcp.CacheScopePublic),
	)
	s.Use(recoverPanics(o.Log), logCalls(o.Log), withDeadline(callDeadline), limitCalls(callsAtOnce))
	desk := &frontDesk{
		catalogue: o.Catalogue,
		auth:      o.Auth,
		signIn:    newLadder(o.Auth),
		log:       o.Log,
	}
	for _, t := range o.Catalogue.Tools() {
		s.AddTool(t.MCP(), desk.handler(t))
	}
	s.AddTool(authTool(), desk.authHandler)
	return s
}

// Listing is every tool as it is listed, in the order of the catalogue.
func Listing(c *tools.Catalogue) []mcp.Tool {
	var all []mcp.Tool
	for _, t := range c.Tools() {
		all = append(all, t.MCP())
	}
	return append(all, authTool())
}

// frontDesk is where calls come in and answers go out.
type frontDesk struct {
	catalogue *tools.Catalogue
	auth      *auth.Source
	signIn    *ladder
	log       zerolog.Logger
}

func (d *frontDesk) handler(t tools.Tool) mcpserver.ToolHandlerFunc {
	words := wording{instance: d.auth.Status(context.Background()).Instance, writes: t.Effect != tools.Reads, log: d.log}
	return func(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		view, err := d.signedIn(ctx, func() (tools.View, error) {
			return d.catalogue.Call(ctx, t, request.Params.RawArguments)
		})
		if err != nil {
			return failure(ctx, words, err)
		}
		text := view.Text(words.explain)
		if view.Failed() {
			return mcp.NewToolResultError(text), nil
		}
		return mcp.NewToolResultText(d.signIn.greeting(ctx, d.catalogue) + text), nil
	}
}

// signedIn makes a call, and once more when somebody had to sign in first and did. A call that finds nobody signed in
// has done nothing: it fails before its first request.
func (d *frontDesk) signedIn(ctx context.Context, call func() (tools.View, error)) (tools.View, error) {
	view, err := call()
	if !errors.Is(err, auth.ErrSignedOut) {
		return view, err
	}
	d.catalogue.Forget()
	if err := d.signIn.climb(ctx); err != nil {
		return tools.View{}, err
	}
	return call()
}

// failure turns an error into a result that a model can read. Only the end of the call itself stays an error.
func failure(ctx context.Context, words wording, err error) (*mcp.CallToolResult, error) {
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return mcp.NewToolResultError(words.explain(err)), nil
}
