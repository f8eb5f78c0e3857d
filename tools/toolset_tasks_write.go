package tools

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

type draftIn struct {
	Title       string   `json:"title,omitempty" jsonschema:"One line"`
	Description string   `json:"description,omitempty" jsonschema:"Markdown"`
	Status      string   `json:"status,omitempty" jsonschema:"Column, planned or archived; default: the first"`
	Priority    string   `json:"priority,omitempty" jsonschema:"urgent, high, medium, low or none"`
	Assignee    string   `json:"assignee,omitempty" jsonschema:"me, a name, e-mail or id"`
	Due         string   `json:"due,omitempty" jsonschema:"2026-12-01, tomorrow, friday, +2w"`
	Start       string   `json:"start,omitempty" jsonschema:"Date, as due"`
	Labels      []string `json:"labels,omitempty" jsonschema:"Existing labels"`
	Fields      []string `json:"fields,omitempty" jsonschema:"As Sprint=14"`
	Parent      string   `json:"parent,omitempty" jsonschema:"Task or ref"`
	Blocks      []string `json:"blocks,omitempty" jsonschema:"Tasks or refs"`
	BlockedBy   []string `json:"blocked_by,omitempty" jsonschema:"Tasks or refs"`
	Ref         string   `json:"ref,omitempty" jsonschema:"Any word by which others of this call name it"`
	CopyOf      string   `json:"copy_of,omitempty" jsonschema:"Task that has what is left out here"`
}

func (in draftIn) draft() (board.Draft, error) {
	custom, err := fieldChanges(in.Fields)
	return board.Draft{
		Title: in.Title, Description: in.Description, Status: in.Status, Priority: in.Priority, Assignee: in.Assignee,
		Due: in.Due, Start: in.Start, Labels: in.Labels, Parent: in.Parent, Blocks: in.Blocks, BlockedBy: in.BlockedBy,
		Ref: in.Ref, CopyOf: in.CopyOf, Custom: custom,
	}, err
}

type createTasksIn struct {
	Project string    `json:"project,omitempty" jsonschema:"Key, name or id; default: the only one"`
	Tasks   []draftIn `json:"tasks" jsonschema:"1 to 100 tasks"`
	DryRun  bool      `json:"dry_run,omitempty" jsonschema:"Check everything, create nothing"`
	Request string    `json:"request_id,omitempty" jsonschema:"Any word: repeated within 10 minutes, it creates nothing"`
}

var createTasks = define(Spec{
	Name: "create_tasks", Title: "Create tasks", Effect: Adds,
	About: "Creates one or many tasks in a project, with labels, parents and blockers.",
}, func(ctx context.Context, desk *board.Desk, in createTasksIn) (View, error) {
	drafts := make([]board.Draft, len(in.Tasks))
	for i, t := range in.Tasks {
		var err error
		if drafts[i], err = t.draft(); err != nil {
			return View{}, err
		}
	}
	outcomes, again, err := create(ctx, desk, in, drafts)
	if err != nil {
		return View{}, err
	}
	return creationView(newRows(desk, cardsOf(outcomes), peopleAt(ctx, desk, outcomes)...), outcomes, in.DryRun, again), nil
})

func create(ctx context.Context, desk *board.Desk, in createTasksIn, drafts []board.Draft) (
	outcomes []board.Outcome, again bool, err error,
) {
	if in.Request != "" && !in.DryRun {
		return desk.CreateOnce(ctx, in.Request, "", in.Project, drafts)
	}
	outcomes, err = desk.Create(ctx, "", in.Project, drafts, in.DryRun)
	return outcomes, false, err
}

// peopleAt are those among whom an assignee has to be told apart.
func peopleAt(ctx context.Context, desk *board.Desk, outcomes []board.Outcome) []kaneo.Member {
	var projects []kaneo.Project
	for _, card := range cardsOf(outcomes) {
		if card.Task.AssigneeName != "" {
			projects = append(projects, card.Project)
		}
	}
	return desk.PeopleOf(ctx, projects...)
}

func creationView(rows rows, outcomes []board.Outcome, dryRun, again bool) View {
	var v View
	if dryRun {
		v.Line("Dry run: nothing was created. These would be:")
	}
	if again {
		v.Line("Nothing was created by this call: it repeats one that came to this:")
	}
	created := "Created "
	if made := madeFacts(rows, outcomes); len(made) > 1 && !dryRun {
		v.Line("%s%s:", created+count(len(made), "task"), rows.sayOnce(made))
		created = ""
	}
	var left []telling
	for i, o := range outcomes {
		title := short(o.Card.Task.Title)
		_, notTried := errors.AsType[*board.NotTried](o.Err)
		switch {
		case notTried:
			left = append(left, telling{[]string{fmt.Sprint("task ", i+1)}, " not created", o.Err})
		case o.Err != nil:
			v.Fail(strings.TrimSuffix(fmt.Sprintf("Not created, task %d %q", i+1, title), ` ""`), o.Err)
		case dryRun:
			v.Done("%s", strings.Join(append([]string{title}, newFacts(rows, o)...), " | "))
		default:
			v.Done("%s%s", created, rows.line(o.Card, newFacts(rows, o)))
			v.tell(stepFailures(o))
		}
	}
	v.tell(together(left))
	return v
}

// newFacts is what there is to say of a new task, and what was done for it once it was there.
func newFacts(rows rows, o board.Outcome) []string {
	return slices.Concat([]string{o.Card.Status.Name}, rows.facts(o.Card), stepsDone(o))
}

func madeFacts(rows rows, outcomes []board.Outcome) [][]string {
	var facts [][]string
	for _, o := range outcomes {
		if o.Err == nil {
			facts = append(facts, newFacts(rows, o))
		}
	}
	return facts
}

func cardsOf(outcomes []board.Outcome) []board.Card {
	cards := make([]board.Card, len(outcomes))
	for i, o := range outcomes {
		cards[i] = o.Card
	}
	return cards
}

type updateTasksIn struct {
	Tasks        []string      `json:"tasks,omitempty" jsonschema:"WEB-12, ids or addresses; up to 100"`
	Each         []errandIn    `json:"each,omitempty" jsonschema:"Instead of tasks: changes that differ, beside those for all"`
	Where        *whereIn      `json:"where,omitempty" jsonschema:"Instead of tasks: all that list_tasks finds by these"`
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

// sweep changes what a filter finds.
func (in updateTasksIn) sweep(ctx context.Context, desk *board.Desk) (View, error) {
	if len(in.Tasks)+len(in.Each) > 0 {
		return View{}, badArguments("Name the tasks, or say where: not both.")
	}
	change, err := in.change()
	if err != nil {
		return View{}, err
	}
	words := filterIn(*in.Where)
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
	heading := listingHeading(desk, s.Matched, listTasksIn{filterIn: words}, "")
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

type deleteTasksIn struct {
	Tasks   []string `json:"tasks" jsonschema:"Up to 100, as in update_tasks"`
	Confirm string   `json:"confirm,omitempty" jsonschema:"Code from the first call, once the user agreed"`
}

var deleteTasks = define(Spec{
	Name: "delete_tasks", Title: "Delete tasks", Effect: Destroys,
	About: "Deletes tasks for good, once the user agrees. To put tasks away, use status archived.",
}, func(ctx context.Context, desk *board.Desk, in deleteTasksIn) (View, error) {
	deletion, err := desk.Delete(ctx, in.Tasks, in.Confirm)
	if err != nil {
		return View{}, err
	}
	var v View
	var failures []telling
	for _, loss := range deletion.Losses {
		if loss.Err != nil {
			failures = append(failures, telling{[]string{board.Plain(cut(loss.Ref, 40))}, " not deleted", loss.Err})
		} else {
			v.loss(loss, deletion.Confirmation.Given)
		}
	}
	v.tell(together(failures))
	if c := deletion.Confirmation; c.Code != "" && !c.Given {
		v.ask(c, "the same tasks and ")
	}
	return v, nil
})

func (v *View) loss(l board.Loss, deleted bool) {
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
