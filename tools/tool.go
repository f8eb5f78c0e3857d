// Package tools is the catalogue: what an agent can say to a Kaneo board, and what it reads back. A tool is one value in
// one file; a toolset is a file of them. The thinking is done in package board.
//
// To add a tool, write its input as a struct, its answer as a function, and put one define(…) value into the list of its
// toolset. Schema, annotations, the checking of arguments, the README's table and the goldens follow from that.
package tools

import (
	"context"
	"sync"

	"github.com/mark3labs/mcp-go/mcp"

	"kaneo-mcp/board"
)

// Effect is what a tool does to a board. The annotations that hosts read follow from it alone.
type Effect int

// The effects of tools.
const (
	Reads    Effect = iota // changes nothing
	Adds                   // makes something new each time
	Sets                   // changes what is there; a repeated call changes nothing more
	Alters                 // changes what is there; a repeated call may change more, such as add a comment once more
	Destroys               // takes something away for good
)

// String is the effect in a word.
func (e Effect) String() string {
	switch e {
	case Reads:
		return "reads"
	case Adds:
		return "adds"
	case Destroys:
		return "deletes"
	case Sets, Alters:
	}
	return "changes"
}

// Annotations are the four hints of MCP. No tool reaches beyond the one Kaneo that is configured.
func (e Effect) Annotations() mcp.ToolAnnotation {
	reads, destroys, repeatable, open := e == Reads, e == Destroys, e == Reads || e == Sets, false
	return mcp.ToolAnnotation{ReadOnlyHint: &reads, DestructiveHint: &destroys, IdempotentHint: &repeatable, OpenWorldHint: &open}
}

// Spec is what the catalogue says of a tool.
type Spec struct {
	Name, Title string
	Effect      Effect
	About       string // what a model reads when it chooses
}

// Tool is one entry of the catalogue.
type Tool struct {
	Spec
	schema func() Schema
	run    func(ctx context.Context, desk *board.Desk, args []byte) (View, error)
}

// enums are those among the inputs' types.
var enums = sync.OnceValue(func() []Enum {
	return []Enum{
		EnumOf(board.Orders()...),
		EnumOf(board.Groupings()...),
		EnumOf(board.Fields()...),
		EnumOf(board.Parts()...),
		EnumOf(board.LinkKinds()...),
		EnumOf(board.Integrations()...),
		EnumOf(board.RepositoryEvents()...),
		EnumOf(board.FieldTypes()...),
	}
})

// define makes a tool of its description and a function over typed input, of which [SchemaOf] makes the schema.
func define[In any](spec Spec, run func(ctx context.Context, desk *board.Desk, in In) (View, error)) Tool {
	// Made when it is needed: hosts wait for the start, and not every tool is switched on.
	schema := sync.OnceValue(func() Schema {
		return SchemaOf[In](enums()...)
	})
	return Tool{
		Spec:   spec,
		schema: schema,
		run: func(ctx context.Context, desk *board.Desk, args []byte) (View, error) {
			var in In
			if err := schema().Decode(args, &in); err != nil {
				return View{}, err
			}
			return run(ctx, desk, in)
		},
	}
}

// MCP is the tool as it is listed.
func (t Tool) MCP() mcp.Tool {
	return mcp.Tool{
		Name: t.Name, Title: t.Title, Description: t.About, RawInputSchema: t.schema().JSON, Annotations: t.Effect.Annotations(),
	}
}
