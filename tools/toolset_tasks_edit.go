package tools

import (
	"context"

	"kaneo-mcp/board"
)

type editDescriptionIn struct {
	Task     string   `json:"task" jsonschema:"As in get_task"`
	Append   string   `json:"append,omitempty" jsonschema:"Markdown for the end"`
	Section  string   `json:"section,omitempty" jsonschema:"Heading; what stands under it becomes text"`
	Find     string   `json:"find,omitempty" jsonschema:"Passage that occurs once; becomes text"`
	Text     string   `json:"text,omitempty" jsonschema:"For section or find; empty removes"`
	Tick     []string `json:"tick,omitempty" jsonschema:"Checklist items, by text or a part of it"`
	Untick   []string `json:"untick,omitempty" jsonschema:"As tick"`
	AddItems []string `json:"add_items,omitempty" jsonschema:"New checklist items"`
}

var editDescription = define(Spec{
	Name: "edit_description", Title: "Edit description", Effect: Alters,
	About: "Changes a part of a task's description: append, replace a section or passage, tick or add checklist items.",
}, func(ctx context.Context, desk *board.Desk, in editDescriptionIn) (View, error) {
	outcome, err := desk.EditDescription(ctx, in.Task, board.Edit{
		Section: in.Section, Find: in.Find, Text: in.Text, Tick: in.Tick, Untick: in.Untick, AddItems: in.AddItems, Append: in.Append,
	})
	if err != nil {
		return View{}, err
	}
	var v View
	v.outcome(outcome)
	return v, nil
})
