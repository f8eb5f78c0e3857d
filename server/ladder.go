package server

import (
	"context"
	"errors"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	mcpserver "github.com/mark3labs/mcp-go/server"

	"kaneo-mcp/auth"
	"kaneo-mcp/tools"
)

// patience is how long calls wait for a person. All of it stays under 60 s, the smallest common tool timeout.
type patience struct {
	again time.Duration // a repeated call, for somebody who is about to press Approve
	asked time.Duration // a call whose question is on the screen
}

// patienceOf is the default, or what an operator set for both.
func patienceOf(override time.Duration) patience {
	if override > 0 {
		return patience{override, override}
	}
	return patience{again: signInWait, asked: dialogWait}
}

const (
	signInWait = 20 * time.Second
	dialogWait = 40 * time.Second

	// sameTurn is how close calls of one turn follow each other: a code that was shown less than this ago is being read.
	sameTurn = 5 * time.Second

	// fastest is how quickly a person can answer a dialog. Headless hosts decline within 16 ms.
	fastest = time.Second
)

// ladder is how a call gets somebody to sign in: by a dialog where the client declares that it has one, else by text in
// the result, which every host shows. A code is never waited for before it has been shown.
type ladder struct {
	auth *auth.Source
	mcp  *mcpserver.MCPServer
	seal seal
	wait patience

	shown showings
}

func newLadder(source *auth.Source, s *mcpserver.MCPServer, wait patience) *ladder {
	return &ladder{auth: source, mcp: s, seal: newSeal(""), wait: wait}
}

// climb gets somebody to sign in. Without a result or an error, somebody is: go on. A result is for the client: a text
// for the person, or a question.
func (l *ladder) climb(ctx context.Context, t turn) (*mcp.CallToolResult, error) {
	earlier, ours := l.seal.open(t, time.Now())
	if ours && personSaidNo(t.answer, earlier.At) {
		return l.declined(ctx)
	}
	prompt, err := l.auth.SignIn(ctx)
	switch {
	case errors.Is(err, auth.ErrSignedIn):
		return nil, nil
	case err != nil:
		return nil, err
	case ours && earlier.About == prompt.Flow:
		return l.await(ctx, l.patienceAfter(t.answer))
	case l.shown.begin(clientOf(ctx), prompt.Flow, t.can == asText):
		return l.show(ctx, t, prompt)
	case l.shown.sameTurn(clientOf(ctx)):
		return l.text(ctx, prompt), nil
	}
	return l.await(ctx, l.wait.again)
}

// show puts a code before the person for the first time.
func (l *ladder) show(ctx context.Context, t turn, p auth.Prompt) (*mcp.CallToolResult, error) {
	switch {
	case t.can == asText:
		return l.text(ctx, p), nil
	case t.modern:
		return l.question(t, p)
	}
	return l.ask(ctx, t, p)
}

// question is a result that asks: the client shows it, and calls again with the answer.
func (l *ladder) question(t turn, p auth.Prompt) (*mcp.CallToolResult, error) {
	state, err := l.seal.close(asked{About: p.Flow, Digest: t.digest, At: time.Now(), Expires: p.Expires})
	if err != nil {
		return nil, err
	}
	return mcpserver.NewInputRequestBuilder(state).Elicit(signInQuestion, dialog(t.can, p)).ToolResult(), nil
}

// patienceAfter is how long a call waits whose question has been answered: only for somebody who went to the page.
func (l *ladder) patienceAfter(answer *mcp.ElicitationResult) time.Duration {
	if answer != nil && answer.Action == mcp.ElicitationResponseActionAccept {
		return l.wait.asked
	}
	return 0
}

// personSaidNo tells a person's no from a program that declines every dialog at once, and from a dialog that was
// closed without a choice.
func personSaidNo(answer *mcp.ElicitationResult, since time.Time) bool {
	return answer != nil && answer.Action == mcp.ElicitationResponseActionDecline && time.Since(since) > fastest
}

// declined calls the sign-in off, unless somebody has approved it on the page all the same.
func (l *ladder) declined(ctx context.Context) (*mcp.CallToolResult, error) {
	if _, err := l.auth.Token(ctx); err == nil {
		return nil, nil
	}
	if err := l.auth.Decline(ctx); err != nil {
		return nil, err
	}
	return mcp.NewToolResultError(declinedText(l.auth.Status(ctx).Instance)), nil
}

// await gives the person at the page a moment, then shows the code as text.
func (l *ladder) await(ctx context.Context, limit time.Duration) (*mcp.CallToolResult, error) {
	waiting, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	err := l.auth.Wait(waiting)
	switch {
	case err == nil:
		return nil, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case waiting.Err() == nil:
		return nil, err
	}
	return l.textOf(ctx)
}

// textOf is the text of the live code, or nothing when somebody has signed in meanwhile.
func (l *ladder) textOf(ctx context.Context) (*mcp.CallToolResult, error) {
	prompt, err := l.auth.SignIn(ctx)
	if errors.Is(err, auth.ErrSignedIn) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	l.shown.begin(clientOf(ctx), prompt.Flow, true)
	return l.text(ctx, prompt), nil
}

func (l *ladder) text(ctx context.Context, p auth.Prompt) *mcp.CallToolResult {
	l.shown.text(clientOf(ctx))
	return mcp.NewToolResultError(promptText(p, time.Until(p.Expires)))
}

// greeting says, in the first answer after a code was shown, who signed in: the token belongs to whoever Kaneo's page was
// signed in as, which need not be who was meant.
func (l *ladder) greeting(ctx context.Context, c *tools.Catalogue) string {
	if !l.shown.greeted(clientOf(ctx)) {
		return ""
	}
	who, err := c.SignedInAs(ctx)
	if err != nil {
		return ""
	}
	return who + "\n\n"
}
