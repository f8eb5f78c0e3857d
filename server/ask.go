package server

import (
	"context"
	"sync"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	mcpserver "github.com/mark3labs/mcp-go/server"

	"kaneo-mcp/auth"
)

// reply is how a client answered a dialog, if it did.
type reply struct {
	result *mcp.ElicitationResult
	err    error
}

// ask puts a dialog before the person, for clients that take requests from the server. Whichever comes first decides: the
// approval in the browser, the answer to the dialog, or the end of patience. mcp-go would ask by itself for such clients,
// but lose the code when the client answers with an error.
func (l *ladder) ask(ctx context.Context, t turn, p auth.Prompt) (*mcp.CallToolResult, error) {
	asking, cancel := context.WithTimeout(ctx, l.wait.asked)
	var both sync.WaitGroup
	defer both.Wait()
	defer cancel()

	since := time.Now()
	replies, approvals := make(chan reply, 1), make(chan error, 1)
	both.Go(func() {
		result, err := l.mcp.RequestElicitation(asking, mcp.ElicitationRequest{Params: dialog(t.can, p)})
		replies <- reply{result, err}
	})
	both.Go(func() { approvals <- l.auth.Wait(asking) })

	for {
		select {
		case err := <-approvals:
			if asking.Err() != nil {
				return l.gaveUp(ctx)
			}
			l.complete(ctx, t, p)
			return nil, err
		case r := <-replies:
			switch {
			case asking.Err() != nil:
				return l.gaveUp(ctx)
			case r.err == nil && r.result.Action == mcp.ElicitationResponseActionAccept:
				replies = nil // now for the approval
			case r.err == nil && personSaidNo(r.result, since):
				return l.declined(ctx)
			default:
				return l.textOf(ctx)
			}
		}
	}
}

// gaveUp leaves the sign-in running and shows its code as text, unless it is the call that has ended.
func (l *ladder) gaveUp(ctx context.Context) (*mcp.CallToolResult, error) {
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return l.textOf(ctx)
}

// complete lets the client close a dialog that opened a page.
func (l *ladder) complete(ctx context.Context, t turn, p auth.Prompt) {
	if t.can != asPage {
		return
	}
	// A client that cannot be told will close the dialog when the call is answered.
	_ = l.mcp.SendElicitationComplete(ctx, mcpserver.ClientSessionFromContext(ctx), p.Flow)
}
