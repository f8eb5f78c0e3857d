package server

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/mark3labs/mcp-go/mcp"
)

// outlet is the one place from which lines go to the client: a single goroutine writes them, whole, one after the other.
type outlet struct {
	lines  chan []byte
	closed chan struct{} // no more lines will be taken
	done   chan struct{} // the writer has ended
}

func newOutlet() *outlet {
	return &outlet{lines: make(chan []byte), closed: make(chan struct{}), done: make(chan struct{})}
}

// send hands a JSON-RPC message to the writer and waits until it has taken it. After the outlet's end the message is
// dropped. The error is that of the encoding.
func (o *outlet) send(message mcp.JSONRPCMessage) error {
	line, err := json.Marshal(message)
	if err != nil {
		return fmt.Errorf("encode a message for the client: %w", err)
	}
	select {
	case o.lines <- append(line, '\n'):
	case <-o.closed:
	case <-o.done:
	}
	return nil
}

// close lets the writer end when it has written what it was given. Call it once.
func (o *outlet) close() { close(o.closed) }

// write writes lines and notifications to out until the outlet is closed or a write fails, whose error it returns.
//
// A call queues its notifications before its answer; they are written before it too, so that no progress arrives for a
// call that the client believes finished.
func (o *outlet) write(out io.Writer, notifications <-chan mcp.JSONRPCNotification) error {
	defer close(o.done)
	for {
		var err error
		select {
		case n := <-notifications:
			err = writeNotification(out, n)
		case line := <-o.lines:
			err = flush(out, notifications)
			if err == nil {
				_, err = out.Write(line)
			}
		case <-o.closed:
			return flush(out, notifications)
		}
		if err != nil {
			return fmt.Errorf("write to the client: %w", err)
		}
	}
}

// flush writes the notifications that are waiting.
func flush(out io.Writer, notifications <-chan mcp.JSONRPCNotification) error {
	for {
		select {
		case n := <-notifications:
			if err := writeNotification(out, n); err != nil {
				return err
			}
		default:
			return nil
		}
	}
}

// writeNotification writes a notification, or drops one that cannot be encoded: nothing essential is in a notification.
func writeNotification(out io.Writer, n mcp.JSONRPCNotification) error {
	line, err := json.Marshal(n)
	if err != nil {
		return nil
	}
	_, err = out.Write(append(line, '\n'))
	return err
}
