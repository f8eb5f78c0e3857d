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
}

// Toolsets lists every toolset, in the order in which tools are listed.
func Toolsets() []Toolset {
	return []Toolset{boardToolset(), taskToolset(), talkToolset(), peopleToolset()}
}

// Catalogue is the tools of one desk.
type Catalogue struct {
	desk  *board.Desk
	tools []Tool
}

// New puts every tool to work on a desk.
func New(desk *board.Desk) *Catalogue {
	c := &Catalogue{desk: desk}
	for _, set := range Toolsets() {
		c.tools = append(c.tools, set.Tools...)
	}
	return c
}

// Tools lists the tools, in a stable order.
func (c *Catalogue) Tools() []Tool { return c.tools }

// Call runs a tool. Arguments are a JSON object, or nothing; what models habitually get wrong in them is repaired. Errors
// are plain: a *[ArgumentError], or what the board answers.
func (c *Catalogue) Call(ctx context.Context, t Tool, args []byte) (View, error) {
	return t.run(ctx, c.desk, args)
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
