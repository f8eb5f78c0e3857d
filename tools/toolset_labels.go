package tools

import (
	"context"
	"fmt"

	"kaneo-mcp/board"
)

func labelToolset() Toolset {
	return Toolset{
		Name: "labels", About: "a workspace's labels", Optional: true,
		Tools: []Tool{listLabels, createLabel, updateLabel, deleteLabel},
	}
}

type listLabelsIn struct {
	Workspace string `json:"workspace,omitempty" jsonschema:"Name, slug or id; default: the configured or only one"`
}

// labelRows is how many labels an answer lists.
const labelRows = 150

var listLabels = define(Spec{
	Name: "list_labels", Title: "List labels", Effect: Reads,
	About: "Lists a workspace's labels with color and number of tasks.",
}, func(ctx context.Context, desk *board.Desk, in listLabelsIn) (View, error) {
	where, uses, err := desk.LabelUses(ctx, in.Workspace)
	if err != nil {
		return View{}, err
	}
	var v View
	v.Line("%s in %s.", count(len(uses), "label"), short(where.Name))
	for _, use := range uses[:min(len(uses), labelRows)] {
		v.Line("%s | %s | %s", short(use.Label.Name), short(use.Label.Color), count(use.Tasks, "task"))
	}
	v.more(len(uses) > labelRows, fmt.Sprintf("and %d more", len(uses)-labelRows))
	return v, nil
})

type createLabelIn struct {
	Name      string `json:"name" jsonschema:"Unique in the workspace"`
	Color     string `json:"color,omitempty" jsonschema:"#e11d48, or gray, red, orange, yellow, green, teal, purple, pink; default: gray"`
	Workspace string `json:"workspace,omitempty" jsonschema:"Name, slug or id; default: the configured or only one"`
}

var createLabel = define(Spec{
	Name: "create_label", Title: "Create label", Effect: Adds,
	About: "Makes a label that tasks can then get.",
}, func(ctx context.Context, desk *board.Desk, in createLabelIn) (View, error) {
	label, made, err := desk.CreateLabel(ctx, in.Workspace, in.Name, in.Color)
	if err != nil {
		return View{}, err
	}
	var v View
	if made {
		v.Line("Created label %s (%s).", short(label.Name), short(label.Color))
	} else {
		v.Line("There is a label %s (%s) already. Nothing was changed.", short(label.Name), short(label.Color))
	}
	return v, nil
})

type updateLabelIn struct {
	Label     string `json:"label" jsonschema:"Name or id"`
	Name      string `json:"name,omitempty" jsonschema:"New name"`
	Color     string `json:"color,omitempty" jsonschema:"As in create_label"`
	Workspace string `json:"workspace,omitempty" jsonschema:"Default: the configured or only one"`
}

var updateLabel = define(Spec{
	Name: "update_label", Title: "Update label", Effect: Sets,
	About: "Renames or recolors a label, on all tasks that carry it.",
}, func(ctx context.Context, desk *board.Desk, in updateLabelIn) (View, error) {
	if in.Name == "" && in.Color == "" {
		return View{}, badArguments("Give a new name or color.")
	}
	before, after, err := desk.UpdateLabel(ctx, in.Workspace, in.Label, in.Name, in.Color)
	if err != nil {
		return View{}, err
	}
	var v View
	if before == after {
		v.Line("Label %s is like this already.", short(after.Name))
	} else {
		v.Line("Label %s (%s) → %s (%s).", short(before.Name), short(before.Color), short(after.Name), short(after.Color))
	}
	return v, nil
})

type deleteLabelIn struct {
	Label     string `json:"label" jsonschema:"Name or id"`
	Workspace string `json:"workspace,omitempty" jsonschema:"Default: the configured or only one"`
	Confirm   string `json:"confirm,omitempty" jsonschema:"The code from the first call, once the user agreed"`
}

var deleteLabel = define(Spec{
	Name: "delete_label", Title: "Delete label", Effect: Destroys,
	About: "Deletes a label and takes it off all tasks, once the user agrees as with delete_tasks. To take it off some tasks, use update_tasks.",
}, func(ctx context.Context, desk *board.Desk, in deleteLabelIn) (View, error) {
	use, confirmation, err := desk.DeleteLabel(ctx, in.Workspace, in.Label, in.Confirm)
	if err != nil {
		return View{}, err
	}
	var v View
	if confirmation.Given {
		v.Line("Deleted label %s; %s lost it.", short(use.Label.Name), count(use.Tasks, "task"))
		return v, nil
	}
	v.Line("Would delete label %s; %s would lose it.", short(use.Label.Name), count(use.Tasks, "task"))
	v.ask(confirmation, "")
	return v, nil
})
