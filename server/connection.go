package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"unicode/utf8"

	"github.com/mark3labs/mcp-go/mcp"
	mcpserver "github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"
)

// What a line that cannot be served is answered with.
var (
	tooLong = fault{mcp.INVALID_REQUEST, fmt.Sprintf(
		"Invalid request: the line is longer than %d bytes and was not read. Send less at once: shorten the text or split the call.", maxLine)}
	notJSON    = fault{mcp.PARSE_ERROR, "Parse error: the line is not JSON. Send one JSON-RPC message a line."}
	notUTF8    = fault{mcp.PARSE_ERROR, "Parse error: the line is not valid UTF-8, so its text could be damaged. Send UTF-8."}
	notMessage = fault{mcp.INVALID_REQUEST,
		"Invalid request: the line is not a JSON-RPC request, notification or answer. Batches are not supported: send one message a line."}
	broken = fault{mcp.INTERNAL_ERROR, "Internal error: the request could not be served. The server's log says more."}
)

// fault is a JSON-RPC error.
type fault struct {
	code int
	text string
}

// message is as much of a JSON-RPC message as the transport has to know.
type message struct {
	ID     mcp.RequestId            `json:"id"`
	Method mcp.MCPMethod            `json:"method"`
	Result json.RawMessage          `json:"result"`
	Error  *mcp.JSONRPCErrorDetails `json:"error"`
}

func (m message) isAnswer() bool { return m.Method == "" && (m.Result != nil || m.Error != nil) }

// runsAlone tells the requests that may take their time.
func (m message) runsAlone() bool {
	return m.Method != "" && m.Method != mcp.MethodInitialize && m.Method != mcp.MethodNotificationCancelled && !m.ID.IsNil()
}

// connection takes the client's lines apart and has them served.
type connection struct {
	server    *mcpserver.MCPServer
	calls     *inflight
	questions *dialogue
	outlet    *outlet
	log       zerolog.Logger
}

// read serves in line by line until it ends or open does; open ends before ctx, with the input. The error is that
// of the input, never io.EOF.
func (c *connection) read(ctx, open context.Context, in io.Reader) error {
	lines := newLineReader(in, maxLine)
	for {
		line, err := lines.next()
		switch {
		case open.Err() != nil, errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, errLineTooLong):
			c.refuse(mcp.RequestId{}, tooLong)
		case err != nil:
			return fmt.Errorf("read from the client: %w", err)
		case len(line) > 0:
			c.receive(ctx, open, line, func() {})
		}
	}
}

// receive serves one line, and calls done when that has been done. Requests run on their own, so that none holds up the
// next line, with one exception: what follows initialize relies on it.
func (c *connection) receive(ctx, open context.Context, line []byte, done func()) {
	var m message
	err := json.Unmarshal(line, &m)
	if err == nil && utf8.Valid(line) && m.runsAlone() {
		if m.Method == mcp.MethodSubscriptionsListen {
			ctx = open // a stream without an end of its own: it ends with the input
		}
		c.start(ctx, m, line, done)
		return
	}
	defer done()
	switch {
	case err != nil:
		c.refuse(mcp.RequestId{}, unreadable(err))
	case !utf8.Valid(line):
		c.refuse(m.ID, notUTF8)
	case m.isAnswer():
		c.questions.answered(m)
	case m.Method == "":
		c.refuse(m.ID, notMessage)
	case m.Method == mcp.MethodNotificationCancelled:
		c.cancel(line)
	default:
		c.serve(ctx, m, line)
	}
}

// unreadable tells text that is not JSON from JSON that is no message.
func unreadable(err error) fault {
	if syntax := new(json.SyntaxError); errors.As(err, &syntax) {
		return notJSON
	}
	return notMessage
}

func (c *connection) cancel(line []byte) {
	var n struct {
		Params mcp.CancelledNotificationParams `json:"params"`
	}
	if json.Unmarshal(line, &n) == nil {
		c.calls.cancel(n.Params.RequestId)
	}
}

// start serves a request on a goroutine of its own, which windUp waits for.
func (c *connection) start(ctx context.Context, m message, line []byte, done func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	if !c.calls.begin(m.ID, cancel) {
		cancel(nil)
		done()
		return
	}
	go func() {
		defer done()
		defer c.calls.end(m.ID)
		defer cancel(nil)
		c.serve(ctx, m, line)
	}()
}

// serve has a message handled and answers it. A call that its client has taken back gets no answer (MCP 2025-11-25,
// basic/utilities/cancellation).
func (c *connection) serve(ctx context.Context, m message, line []byte) {
	answer := c.handle(ctx, m, line)
	if answer == nil || errors.Is(context.Cause(ctx), errCancelled) {
		return
	}
	if err := c.outlet.send(answer); err != nil {
		c.log.Error().Err(err).Str("method", string(m.Method)).Msg("an answer could not be sent")
		c.refuse(m.ID, broken)
	}
}

// handle gives a message to mcp-go. The tools' panics are caught nearer to them; this is for all other handlers, whose
// panic would end the process.
func (c *connection) handle(ctx context.Context, m message, line []byte) (answer mcp.JSONRPCMessage) {
	defer func() {
		v := recover()
		if v == nil {
			return
		}
		c.log.Error().Str("method", string(m.Method)).Str("panic", panicKind(v)).Bytes("stack", debug.Stack()).Msg("a handler panicked")
		if !m.ID.IsNil() {
			answer = broken.of(m.ID)
		}
	}()
	return c.server.HandleMessage(ctx, line)
}

// refuse answers a message with an error.
func (c *connection) refuse(id mcp.RequestId, f fault) { _ = c.outlet.send(f.of(id)) }

func (f fault) of(id mcp.RequestId) mcp.JSONRPCError {
	return mcp.NewJSONRPCError(id, f.code, f.text, nil)
}
