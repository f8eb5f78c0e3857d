package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
	"time"

	mcpserver "github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"
)

const (
	// maxLine bounds one line of input, in bytes. mcp-go reads a line of any length and parses it several times.
	maxLine = 4 << 20

	// drainLimit is how long calls may go on after the end of input.
	drainLimit = 5 * time.Second

	// stopLimit is how long cancelled calls have to end, flushLimit how long the last answers have to be written:
	// together less than the 2 s after which hosts lose patience with a process they told to stop.
	stopLimit  = time.Second
	flushLimit = 500 * time.Millisecond
)

// stdioSession names the one session of a stdio server.
const stdioSession = "stdio"

// ServeStdio serves s to the one client at the other end of in and out: one JSON-RPC message a line, in both protocol
// eras. It returns when
//   - the input ends: what was read is answered first, for up to 5 s;
//   - ctx ends: running calls are cancelled, and it returns within 2 s even when one of them ignores that;
//   - the client no longer reads: running calls are cancelled.
//
// All of these are ordinary ends and give nil. An input or output that fails in another way gives an error.
//
// It takes in over and closes it, if it can be closed. A read that does not wake up then (a terminal, a pipe in blocking
// mode), a write that nobody takes and a call that ignores its context are left behind, until the process exits.
//
// mcp-go's own stdio server is not used: it loses the cancellation of a call that no worker has picked up yet and the last
// line without a newline, drops calls at the end of input, and keeps its session in a package variable.
func ServeStdio(ctx context.Context, s *mcpserver.MCPServer, in io.Reader, out io.Writer, log zerolog.Logger) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	open, hangUp := context.WithCancel(ctx) // ends with the input, or with ctx
	defer hangUp()

	answers := newOutlet()
	questions := newDialogue(answers, open.Done())
	session := mcpserver.NewInProcessSessionWithHandlers(stdioSession, nil, questions, nil)
	if err := s.RegisterSession(ctx, session); err != nil {
		return fmt.Errorf("serve stdio: %w", err)
	}
	defer s.UnregisterSession(context.WithoutCancel(ctx), stdioSession)

	failures := make(chan error, 2)
	go func() {
		defer stop()
		failures <- answers.write(out, session.ClientNotifications())
	}()
	c := &connection{server: s, calls: newInflight(), questions: questions, outlet: answers, log: log}
	go func() {
		defer hangUp()
		failures <- c.read(s.WithContext(ctx, session), s.WithContext(open, session), in)
	}()
	if closer, ok := in.(io.Closer); ok {
		context.AfterFunc(open, func() { _ = closer.Close() })
	}

	<-open.Done()
	c.windUp(ctx, stop)
	return firstFailure(failures)
}

// windUp lets running calls end, cancels those that do not, and writes the last answers.
func (c *connection) windUp(ctx context.Context, stop context.CancelFunc) {
	idle := c.calls.close()
	wait(ctx, drainLimit, idle)
	stop()
	ctx = context.WithoutCancel(ctx)
	if !wait(ctx, stopLimit, idle) {
		c.log.Warn().Msg("a call ignores its cancellation; leaving without it")
	}
	c.outlet.close()
	wait(ctx, flushLimit, c.outlet.done)
}

// wait reports whether done was closed before ctx ended and before the limit had passed.
func wait(ctx context.Context, limit time.Duration, done <-chan struct{}) bool {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	select {
	case <-done:
		return true
	case <-ctx.Done():
		return false
	}
}

// firstFailure returns what the reader or the writer has failed with, if anything. A client that closed its end is none.
func firstFailure(failures <-chan error) error {
	for {
		select {
		case err := <-failures:
			if err != nil && !isHangUp(err) {
				return err
			}
		default:
			return nil
		}
	}
}

func isHangUp(err error) bool {
	return errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe) || errors.Is(err, os.ErrClosed)
}
