package tools

import (
	"context"
	"fmt"
	"slices"

	"kaneo-mcp/board"
)

type updateTasksIn struct {
	Tasks        []string      `json:"tasks,omitempty" jsonschema:"WEB-12, ids or addresses; up to 100"`
	Each         []errandIn    `json:"each,omitempty" jsonschema:"Instead of tasks: changes that differ, beside those for all"`
	Where        *filterIn     `json:"where,omitempty" jsonschema:"Instead of tasks: all that list_tasks finds by these" inside:"As there"`
	Limit        int           `json:"limit,omitempty" jsonschema:"With where: at most so many"`
	Status       string        `json:"status,omitempty" jsonschema:"Column, planned or archived"`
	Assignee     string        `json:"assignee,omitempty" jsonschema:"me, a name, e-mail or id"`
	Priority     string        `json:"priority,omitempty" jsonschema:"urgent, high, medium, low or none"`
	Due          string        `json:"due,omitempty" jsonschema:"Date; +1w moves each task's own"`
	Start        string        `json:"start,omitempty" jsonschema:"Date, as due"`
	Title        string        `json:"title,omitempty" jsonschema:"One task only"`
	Description  string        `json:"description,omitempty" jsonschema:"Markdown; replaces the whole text"`
	AddLabels    []string      `json:"add_labels,omitempty" jsonschema:"Existing labels"`
	RemoveLabels []string      `json:"remove_labels,omitempty" jsonschema:"Label names"`
	Fields       []string      `json:"fields,omitempty" jsonschema:"Custom ones, as Sprint=14; empty clears"`
	Project      string        `json:"project,omitempty" jsonschema:"Moves them there; they get new keys"`
	Comment      string        `json:"comment,omitempty" jsonschema:"Written under each"`
	Clear        []board.Field `json:"clear,omitempty" jsonschema:"Fields to empty"`
	Confirm      string        `json:"confirm,omitempty" jsonschema:"Code from the preview"`
}

func (in updateTasksIn) change() (board.Change, error) {
	custom, err := fieldChanges(in.Fields)
	return board.Change{
		Title: in.Title, Description: in.Description, Status: in.Status, Priority: in.Priority, Assignee: in.Assignee,
		Due: in.Due, Start: in.Start, Project: in.Project, AddLabels: in.AddLabels, RemoveLabels: in.RemoveLabels,
		Comment: in.Comment, Clear: in.Clear, Custom: custom,
	}, err
}

var updateTasks = define(Spec{
	Name: "update_tasks", Title: "Update tasks", Effect: Alters,
	About: "Changes one or many tasks, alike or each in its own way: moves, assigns, dates, comments. A where that changes more than limit (or 5) first answers a preview and a code.",
}, func(ctx context.Context, desk *board.Desk, in updateTasksIn) (View, error) {
	var v View
	if in.Where != nil {
		return in.sweep(ctx, desk)
	}
	if in.Limit != 0 || in.Confirm != "" {
		return v, badArguments("limit and confirm belong to where: tasks that are named are changed at once.")
	}
	outcomes, err := in.update(ctx, desk)
	v.outcomes(outcomes)
	return v, err
})

// update changes the tasks that are named.
func (in updateTasksIn) update(ctx context.Context, desk *board.Desk) ([]board.Outcome, error) {
	all, err := in.change()
	if err != nil {
		return nil, err
	}
	if len(in.Each) == 0 {
		return desk.Update(ctx, in.Tasks, all)
	}
	if len(in.Tasks) > 0 || len(in.Each) > 1 && in.Title != "" {
		return nil, badArguments("Name each task in each, and there its title: tasks and title are for changes that are alike.")
	}
	errands := make([]board.Errand, len(in.Each))
	for i, e := range in.Each {
		errands[i] = board.Errand{Task: e.Task, Change: e.over(all)}
	}
	return desk.UpdateEach(ctx, errands)
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

// sweep changes what a filter finds.
func (in updateTasksIn) sweep(ctx context.Context, desk *board.Desk) (View, error) {
	if len(in.Tasks)+len(in.Each) > 0 {
		return View{}, badArguments("Name the tasks, or say where: not both.")
	}
	change, err := in.change()
	if err != nil {
		return View{}, err
	}
	words := *in.Where
	sweep, err := desk.UpdateWhere(ctx, board.Where{
		Workspace: words.Workspace, Projects: words.Projects, Filter: words.filter(), Limit: in.Limit,
	}, change, in.Confirm)
	if err != nil {
		return View{}, err
	}
	return sweepView(desk, sweep, words), nil
}

func sweepView(desk *board.Desk, s board.Sweep, words filterIn) View {
	var v View
	heading := listingHeading(desk, s.Matched, words, "")
	if s.Confirmation.Given && !slices.ContainsFunc(s.Outcomes, unforeseen) {
		v.Done("%s Changed as the preview said: %s.", heading, count(len(s.Outcomes), "task"))
	} else {
		v.Line("%s%s", heading, sweepNote(s))
		v.outcomes(withoutOldValues(s.Outcomes))
	}
	v.incomplete(s.Incomplete)
	if s.Planned() {
		v.Line("If this is meant, call again with the same arguments and confirm=%s (valid 10 minutes).", s.Confirmation.Code)
	}
	return v
}

// unforeseen tells an outcome that a preview could not: a failure, or a new key.
func unforeseen(o board.Outcome) bool { return o.Failed() || o.Was != o.Card.Key() }

// sweepNote says what the outcomes are that follow.
func sweepNote(s board.Sweep) string {
	switch {
	case s.Planned() && len(s.Outcomes) < s.Matched:
		return fmt.Sprintf(" Nothing was changed yet. For the first %d it would be:", len(s.Outcomes))
	case s.Planned():
		return " Nothing was changed yet; it would be:"
	case s.Matched == 0:
		return " Nothing was changed."
	case len(s.Outcomes) < s.Matched:
		return fmt.Sprintf(" Changed were %d of them:", len(s.Outcomes))
	}
	return ""
}

// fewOutcomes is of how many tasks the old values are told. Of more, what they have in common counts: the new ones.
const fewOutcomes = 5

func withoutOldValues(outcomes []board.Outcome) []board.Outcome {
	if len(outcomes) <= fewOutcomes {
		return outcomes
	}
	told := slices.Clone(outcomes)
	for i := range told {
		told[i].Steps = slices.Clone(told[i].Steps)
		for n := range told[i].Steps {
			told[i].Steps[n].From = ""
		}
	}
	return told
}
