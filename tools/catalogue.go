package tools

import (
	"context"
	"fmt"

	"kaneo-mcp/board"
)

// Toolset is a group of tools that are switched on together.
type Toolset struct {
	Name, About string
	Tools       []Tool

	// Optional toolsets are off unless they are asked for.
	Optional bool
}

// Prepare makes the schemas of the default tools, so that they are there when a list is asked for: a start has other things to do
// meanwhile.
func Prepare() {
	for _, set := range Toolsets() {
		for _, t := range set.Tools {
			if !set.Optional {
				t.schema()
			}
		}
	}
}

// Toolsets lists every toolset, in the order in which tools are listed.
func Toolsets() []Toolset {
	return []Toolset{
		boardToolset(), taskToolset(), talkToolset(), overviewToolset(), peopleToolset(),
		timeToolset(), labelToolset(), inboxToolset(), fileToolset(), gitToolset(), adminToolset(),
	}
}

// Catalogue is the tools of one desk.
type Catalogue struct {
	desk  *board.Desk
	tools []Tool
}

// New puts the selected tools to work on a desk. A name in the selection that nothing has selects nothing; see
// [Selection.Check].
func New(desk *board.Desk, s Selection) *Catalogue { return &Catalogue{desk: desk, tools: s.tools()} }

// Tools lists the tools, in a stable order.
func (c *Catalogue) Tools() []Tool { return c.tools }

// Call runs a tool. Arguments are a JSON object, or nothing; what models habitually get wrong in them is repaired. Errors
// are plain: a *[ArgumentError], or what the board answers.
func (c *Catalogue) Call(ctx context.Context, t Tool, args []byte) (View, error) {
	return t.run(board.AsOneCall(ctx), c.desk, args)
}

// WithProgress has calls that work through many items in ctx report each that has been dealt with: how many of how many.
// Reports follow one another.
func WithProgress(ctx context.Context, report func(done, of int)) context.Context {
	return board.WithProgress(ctx, report)
}

// SignedInAs says, after a sign-in, as whom.
func (c *Catalogue) SignedInAs(ctx context.Context) (string, error) {
	me, err := c.desk.Me(ctx)
	if err != nil {
		return "", err
	}
	text := fmt.Sprintf("Signed in as %s <%s>.", board.Plain(me.User.Name), board.Plain(me.User.Email))
	if me.User.IsAnonymous {
		text += " " + guestNote
	}
	return text, nil
}

// Forget drops what was looked up in Kaneo, for after somebody else has signed in.
func (c *Catalogue) Forget() { c.desk.Forget() }
