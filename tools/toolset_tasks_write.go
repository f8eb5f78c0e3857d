package tools

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kaneo-mcp/board"
)

type draftIn struct {
	Title       string   `json:"title" jsonschema:"One line"`
	Description string   `json:"description,omitempty" jsonschema:"Markdown"`
	Status      string   `json:"status,omitempty" jsonschema:"Column name, planned or archived; default: the first column"`
	Priority    string   `json:"priority,omitempty" jsonschema:"urgent, high, medium, low or none"`
	Assignee    string   `json:"assignee,omitempty" jsonschema:"me, a name, e-mail or id"`
	Due         string   `json:"due,omitempty" jsonschema:"2026-12-01, tomorrow, friday, +2w"`
	Start       string   `json:"start,omitempty" jsonschema:"Date, as due"`
	Labels      []string `json:"labels,omitempty" jsonschema:"Names of existing labels"`
	Parent      string   `json:"parent,omitempty" jsonschema:"Task that this is a subtask of"`
}

type createTasksIn struct {
	Project string    `json:"project,omitempty" jsonschema:"Key, name or id; default: the configured or only one"`
	Tasks   []draftIn `json:"tasks" jsonschema:"1 to 100 tasks"`
	DryRun  bool      `json:"dry_run,omitempty" jsonschema:"Check everything, create nothing"`
}

var createTasks = define(Spec{
	Name: "create_tasks", Title: "Create tasks", Effect: Adds,
	About: "Creates one or many tasks in a project, each with its assignee, dates, labels and parent. Reports each; a repeated call creates them again.",
}, func(ctx context.Context, desk *board.Desk, in createTasksIn) (View, error) {
	drafts := make([]board.Draft, len(in.Tasks))
	for i, t := range in.Tasks {
		drafts[i] = board.Draft(t)
	}
	outcomes, err := desk.Create(ctx, "", in.Project, drafts, in.DryRun)
	if err != nil {
		return View{}, err
	}
	return creationView(desk, outcomes, in.DryRun), nil
})

func creationView(desk *board.Desk, outcomes []board.Outcome, dryRun bool) View {
	var v View
	rows := newRows(desk, cardsOf(outcomes))
	if dryRun {
		v.Line("Dry run: nothing was created. These would be:")
	}
	for i, o := range outcomes {
		title := short(o.Card.Task.Title)
		switch {
		case o.Err != nil:
			v.Fail(fmt.Sprintf("Not created, task %d %q", i+1, title), o.Err)
		case dryRun:
			v.Done("%s", strings.Join(slices.Concat([]string{title, o.Card.Status.Name}, rows.facts(o.Card), stepsDone(o)), " | "))
		default:
			v.Done("Created %s", strings.Join(append([]string{rows.row(o.Card, o.Card.Status.Name)}, stepsDone(o)...), " | "))
			v.failures(o)
		}
	}
	return v
}

func cardsOf(outcomes []board.Outcome) []board.Card {
	cards := make([]board.Card, len(outcomes))
	for i, o := range outcomes {
		cards[i] = o.Card
	}
	return cards
}

type updateTasksIn struct {
	Tasks        []string      `json:"tasks" jsonschema:"Keys (WEB-12), ids or web addresses; up to 100"`
	Status       string        `json:"status,omitempty" jsonschema:"Column name, planned or archived"`
	Assignee     string        `json:"assignee,omitempty" jsonschema:"me, a name, e-mail or id"`
	Priority     string        `json:"priority,omitempty" jsonschema:"urgent, high, medium, low or none"`
	Due          string        `json:"due,omitempty" jsonschema:"2026-12-01, tomorrow, friday, +2w"`
	Start        string        `json:"start,omitempty" jsonschema:"Date, as due"`
	Title        string        `json:"title,omitempty" jsonschema:"One task only"`
	Description  string        `json:"description,omitempty" jsonschema:"Markdown; replaces the whole text"`
	AddLabels    []string      `json:"add_labels,omitempty" jsonschema:"Names of existing labels"`
	RemoveLabels []string      `json:"remove_labels,omitempty" jsonschema:"Label names"`
	Project      string        `json:"project,omitempty" jsonschema:"Moves them there; they get new keys"`
	Comment      string        `json:"comment,omitempty" jsonschema:"Also written under each, after the changes"`
	Clear        []board.Field `json:"clear,omitempty" jsonschema:"Fields to empty"`
}

func (in updateTasksIn) change() board.Change {
	return board.Change{
		Title: in.Title, Description: in.Description, Status: in.Status, Priority: in.Priority, Assignee: in.Assignee,
		Due: in.Due, Start: in.Start, Project: in.Project, AddLabels: in.AddLabels, RemoveLabels: in.RemoveLabels,
		Comment: in.Comment, Clear: in.Clear,
	}
}

var updateTasks = define(Spec{
	Name: "update_tasks", Title: "Update tasks", Effect: Sets,
	About: "Makes the same changes to one or many tasks: move to a column or project, assign, reprioritise, date, relabel, rename, comment. Reports each.",
}, func(ctx context.Context, desk *board.Desk, in updateTasksIn) (View, error) {
	outcomes, err := desk.Update(ctx, in.Tasks, in.change())
	if err != nil {
		return View{}, err
	}
	var v View
	for _, o := range outcomes {
		v.outcome(o)
	}
	return v, nil
})

// outcome is the line of one changed task, and a line for each step that failed.
func (v *View) outcome(o board.Outcome) {
	if o.Err != nil {
		v.Fail(board.Plain(cut(o.Ref, 40))+" not changed", o.Err)
		return
	}
	told := strings.Join(stepsDone(o), "; ")
	switch {
	case o.Failed() && !o.Changed():
	case o.Changed():
		v.Done("%s: %s", keys(o), told)
	default:
		v.Done("%s: nothing to do: %s", o.Card.Key(), told)
	}
	v.failures(o)
}

// keys names a task by the key it was called by, and by the one that a move gave it.
func keys(o board.Outcome) string {
	if o.Was != o.Card.Key() {
		return fmt.Sprintf("%s, now %s", o.Was, o.Card.Key())
	}
	return o.Was
}

func stepsDone(o board.Outcome) []string {
	var done []string
	for _, s := range o.Steps {
		if s.Err == nil {
			done = append(done, stepText(s))
		}
	}
	return done
}

// failures are lines for the steps that were not done.
func (v *View) failures(o board.Outcome) {
	for _, s := range o.Steps {
		if s.Err != nil {
			v.Fail(fmt.Sprintf("%s %s not done", o.Card.Key(), short(s.What)), s.Err)
		}
	}
}

func stepText(s board.Step) string {
	what, from, to := short(s.What), short(s.From), short(s.To)
	switch {
	case s.Same && to == "":
		return what + " unchanged"
	case s.Same:
		return fmt.Sprintf("%s already %s", what, to)
	case from == "":
		return what + " " + to
	}
	return fmt.Sprintf("%s %s → %s", what, from, to)
}

type deleteTasksIn struct {
	Tasks   []string `json:"tasks" jsonschema:"Keys (WEB-12), ids or web addresses; up to 100"`
	Confirm string   `json:"confirm,omitempty" jsonschema:"The code from the first call, once the user agreed"`
}

var deleteTasks = define(Spec{
	Name: "delete_tasks", Title: "Delete tasks", Effect: Destroys,
	About: "Deletes tasks for good, in two calls: the first says what would be lost and gives a code, the second repeats it in confirm. To put tasks away, set status archived instead.",
}, func(ctx context.Context, desk *board.Desk, in deleteTasksIn) (View, error) {
	deletion, err := desk.Delete(ctx, in.Tasks, in.Confirm)
	if err != nil {
		return View{}, err
	}
	var v View
	for _, loss := range deletion.Losses {
		v.loss(loss, deletion.Confirmation.Given)
	}
	if code := deletion.Confirmation.Code; code != "" && !deletion.Confirmation.Given {
		v.Line("Nothing was deleted yet. If the user agrees, call again with the same tasks and confirm=%s (valid 10 minutes).", code)
	}
	return v, nil
})

func (v *View) loss(l board.Loss, deleted bool) {
	if l.Err != nil {
		v.Fail(board.Plain(cut(l.Ref, 40))+" not deleted", l.Err)
		return
	}
	title := short(l.Card.Task.Title)
	if deleted {
		v.Done("Deleted %s %s", l.Card.Key(), title)
		return
	}
	row := fmt.Sprintf("Would delete %s %s | %s", l.Card.Key(), title, l.Card.Status.Name)
	if l.Comments > 0 {
		row += " | with " + count(l.Comments, "comment")
	}
	if l.Subtasks > 0 {
		row += fmt.Sprintf(" | %s stay without parent", count(l.Subtasks, "subtask"))
	}
	v.Done("%s", row)
}
