package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	mcpserver "github.com/mark3labs/mcp-go/server"
)

// questionLimit is how long a person may take over an answer. A tool's deadline does not count here: mcp-go asks outside of
// the middlewares.
const questionLimit = 10 * time.Minute

// errClientGone answers a question to a client whose input has ended.
var errClientGone = errors.New("the client has closed the connection")

// dialogue asks the client: requests that the server sends, whose answers arrive among the client's own lines. Only
// protocol versions before 2026-07-28 have them.
type dialogue struct {
	outlet *outlet
	gone   <-chan struct{} // the input has ended: no answer can come

	mu      sync.Mutex
	last    int64
	waiting map[mcp.RequestId]chan message
}

func newDialogue(o *outlet, gone <-chan struct{}) *dialogue {
	return &dialogue{outlet: o, gone: gone, waiting: make(map[mcp.RequestId]chan message)}
}

// Elicit puts a question to the person at the client and waits for the answer, at most questionLimit. It makes dialogue
// a mcpserver.ElicitationHandler. The refusal in a request of 2026-07-28 is mcp-go's own, which it skips for sessions of
// the kind that carries this handler.
func (d *dialogue) Elicit(ctx context.Context, request mcp.ElicitationRequest) (*mcp.ElicitationResult, error) {
	if mcpserver.IsModernRequest(ctx) {
		return nil, fmt.Errorf("elicitation: %w", mcpserver.ErrServerInitiatedRequestUnsupported)
	}
	answer, err := d.ask(ctx, mcp.MethodElicitationCreate, request.Params)
	if err != nil {
		return nil, fmt.Errorf("elicitation: %w", err)
	}
	var result mcp.ElicitationResult
	if err := json.Unmarshal(answer, &result); err != nil {
		return nil, errors.New("elicitation: the client's answer has an unknown shape")
	}
	return &result, nil
}

// ask sends a request and returns the result in its answer. When ctx ends first, the client is told to forget it.
func (d *dialogue) ask(ctx context.Context, method mcp.MCPMethod, params any) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, questionLimit)
	defer cancel()
	id, answers := d.expect()
	defer d.forget(id)
	question := mcp.JSONRPCRequest{JSONRPC: mcp.JSONRPC_VERSION, ID: id, Params: params, Request: mcp.Request{Method: string(method)}}
	if err := d.outlet.send(question); err != nil {
		return nil, err
	}
	select {
	case answer := <-answers:
		if answer.Error != nil {
			return nil, fmt.Errorf("the client answered with error %d", answer.Error.Code)
		}
		return answer.Result, nil
	case <-d.gone:
		return nil, errClientGone
	case <-ctx.Done():
		return nil, errors.Join(ctx.Err(), d.outlet.send(takenBack(id)))
	}
}

func (d *dialogue) expect() (mcp.RequestId, <-chan message) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.last++
	id := mcp.NewRequestId(d.last)
	answers := make(chan message, 1)
	d.waiting[id] = answers
	return id, answers
}

func (d *dialogue) forget(id mcp.RequestId) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.waiting, id)
}

// answered hands an answer to whom waits for it. One that nobody waits for came too late, or twice.
func (d *dialogue) answered(m message) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if answers, ok := d.waiting[m.ID]; ok {
		delete(d.waiting, m.ID)
		answers <- m
	}
}

func takenBack(id mcp.RequestId) mcp.JSONRPCNotification {
	return mcp.JSONRPCNotification{JSONRPC: mcp.JSONRPC_VERSION, Notification: mcp.Notification{
		Method: string(mcp.MethodNotificationCancelled),
		Params: mcp.NotificationParams{AdditionalFields: map[string]any{"requestId": id}},
	}}
}
