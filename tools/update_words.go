package tools

import (
	"slices"

	"kaneo-mcp/board"
)

// whereIn is [filterIn], which list_tasks describes: a list of tools has room to say it once.
type whereIn struct {
	Projects   []string       `json:"projects,omitempty" jsonschema:"As there"`
	Statuses   []string       `json:"statuses,omitempty" jsonschema:"As there"`
	Assignees  []string       `json:"assignees,omitempty" jsonschema:"As there"`
	Priorities []string       `json:"priorities,omitempty" jsonschema:"As there"`
	Labels     []string       `json:"labels,omitempty" jsonschema:"As there"`
	Text       string         `json:"text,omitempty" jsonschema:"As there"`
	Overdue    bool           `json:"overdue,omitempty" jsonschema:"As there"`
	Due        string         `json:"due,omitempty" jsonschema:"As there"`
	Created    string         `json:"created,omitempty" jsonschema:"As there"`
	Changed    string         `json:"changed,omitempty" jsonschema:"As there"`
	Finished   string         `json:"finished,omitempty" jsonschema:"As there"`
	Relation   board.Standing `json:"relation,omitempty" jsonschema:"As there"`
	Workspace  string         `json:"workspace,omitempty" jsonschema:"As there"`
}

// errandIn is what changes about one task, where others change in other ways.
type errandIn struct {
	Task      string   `json:"task" jsonschema:"Key"`
	Status    string   `json:"status,omitempty" jsonschema:"Its own"`
	Assignee  string   `json:"assignee,omitempty" jsonschema:"Its own"`
	Priority  string   `json:"priority,omitempty" jsonschema:"Its own"`
	Due       string   `json:"due,omitempty" jsonschema:"Its own"`
	Title     string   `json:"title,omitempty" jsonschema:"Its new one"`
	AddLabels []string `json:"add_labels,omitempty" jsonschema:"Its own"`
	Comment   string   `json:"comment,omitempty" jsonschema:"Its own"`
}

// over is a change of all tasks with what is different for this one.
func (in errandIn) over(all board.Change) board.Change {
	for _, own := range []struct {
		text string
		into *string
	}{
		{in.Status, &all.Status}, {in.Assignee, &all.Assignee}, {in.Priority, &all.Priority},
		{in.Due, &all.Due}, {in.Title, &all.Title}, {in.Comment, &all.Comment},
	} {
		if own.text != "" {
			*own.into = own.text
		}
	}
	all.AddLabels = slices.Concat(all.AddLabels, in.AddLabels)
	return all
}
