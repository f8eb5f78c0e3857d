// Package server puts the catalogue behind MCP: it knows transports, sessions and how a person is told to sign in, and
// it words every error for a reader who has to decide what to do next.
package server

import (
	"context"
	"encoding/base64"
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
	Metrics   *Metrics // nil: calls are not counted

	// SignInWait is how long a call waits for a person to approve. Zero: 20 s for a repeated call, 40 s after a dialog.
	SignInWait time.Duration

	// Shared is a secret that all replicas serve this caller with, so that one takes an answer to what another has asked. Empty:
	// there are none.
	Shared string
}

// callsAtOnce bounds the calls that work at the same time; the others wait their turn.
const callsAtOnce = 16

// spare is what a call needs beside a wait for a person.
const spare = 10 * time.Second

// listsFresh is how long clients may keep the list of tools: it never changes while the program runs.
const listsFresh = time.Hour

// New makes an MCP server. It starts nothing and asks nobody: hosts start a server twice just to look at it.
func New(o Options) *mcpserver.MCPServer {
	s := mcpserver.NewMCPServer("kaneo", o.Version,
		mcpserver.WithTitle("Kaneo"),
		mcpserver.WithInstructions(instructions),
		mcpserver.WithToolCapabilities(false),
		mcpserver.WithResourceCapabilities(false, false),
		mcpserver.WithPromptCapabilities(false),
		mcpserver.WithMethodCacheHints(mcp.MethodToolsList, listsFresh.Milliseconds(), mcp.CacheScopePublic),
	)
	if o.Metrics != nil {
		s.Use(o.Metrics.countCalls)
	}
	s.Use(recoverPanics(o.Log), logCalls(o.Log), withDeadline(max(callDeadline, o.SignInWait+spare)))
	desk := &frontDesk{
		catalogue: o.Catalogue,
		auth:      o.Auth,
		signIn:    newLadder(o.Auth, s, patienceOf(o.SignInWait)),
		consent:   consent{mcp: s, seal: newSeal(o.Shared)},
		queue:     newQueue(callsAtOnce),
		log:       o.Log,
	}
	desk.addTools(s)
	s.AddTool(authTool(), desk.authHandler)
	desk.addCompanions(s)
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
	consent   consent
	queue     queue
	log       zerolog.Logger
}

func (d *frontDesk) addTools(s *mcpserver.MCPServer) {
	instance := d.auth.Status(context.Background()).Instance
	for _, t := range d.catalogue.Tools() {
		s.AddTool(t.MCP(), d.handler(t, instance))
	}
}

func (d *frontDesk) handler(t tools.Tool, instance string) mcpserver.ToolHandlerFunc {
	words := wording{instance: instance, writes: t.Effect != tools.Reads, log: d.log}
	return func(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		view, result, err := d.agreed(reporting(ctx, request), t, request, words)
		switch {
		case err != nil:
			return failure(ctx, words, err)
		case result != nil:
			return result, nil
		}
		return d.answer(ctx, view, words), nil
	}
}

// signedIn has a tool do its work, once somebody is signed in. A result says how to sign in, instead of the view.
func (d *frontDesk) signedIn(ctx context.Context, t tools.Tool, turn turn, args []byte) (tools.View, *mcp.CallToolResult, error) {
	view, err := d.call(ctx, t, args)
	if !nothingDone(view, err) {
		return view, nil, err
	}
	d.catalogue.Forget()
	if result, err := d.signIn.climb(ctx, turn); result != nil || err != nil {
		return view, result, err
	}
	view, err = d.call(ctx, t, args)
	return view, nil, err
}

// call has a tool do its work when it is its turn.
func (d *frontDesk) call(ctx context.Context, t tools.Tool, args []byte) (view tools.View, err error) {
	late := d.queue.do(ctx, func() { view, err = d.catalogue.Call(ctx, t, args) })
	if late != nil {
		return view, late
	}
	return view, err
}

// nothingDone tells a call that found nobody signed in before it did anything, so that it can be made again.
func nothingDone(view tools.View, err error) bool {
	if err != nil || !view.Failed() {
		return errors.Is(err, auth.ErrSignedOut)
	}
	for _, failed := range view.Errors() {
		if !errors.Is(failed, auth.ErrSignedOut) {
			return false
		}
	}
	return true
}

func (d *frontDesk) answer(ctx context.Context, view tools.View, words wording) *mcp.CallToolResult {
	text := unmarked(view.Text(words.explain))
	if view.Failed() {
		return mcp.NewToolResultError(text)
	}
	result := mcp.NewToolResultText(d.signIn.greeting(ctx, d.catalogue) + text)
	for _, picture := range view.Images() {
		result.Content = append(result.Content, mcp.NewImageContent(base64.StdEncoding.EncodeToString(picture.Data), picture.MIME))
	}
	return result
}

// failure turns an error into a result that a model can read. Only the end of the call itself stays an error.
func failure(ctx context.Context, words wording, err error) (*mcp.CallToolResult, error) {
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return mcp.NewToolResultError(unmarked(words.explain(err))), nil
}
