package tools

import (
	"context"
	"errors"
	"fmt"
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
			v.Done("%s", strings.Join(append([]string{title}, textsOf(newFacts(rows, o))...), " | "))
		default:
			v.Done("%s%s", created, rows.line(o.Card, newFacts(rows, o)))
			v.tell(stepFailures(o, "done"))
		}
	}
	v.tell(together(left))
	return v
}

// newFacts is what there is to say of a new task, and what was done for it once it was there.
func newFacts(rows rows, o board.Outcome) []fact {
	facts := append([]fact{statusFact(o.Card)}, rows.facts(o.Card)...)
	for _, step := range stepsDone(o) {
		facts = append(facts, fact{ofElse, step})
	}
	return facts
}

func madeFacts(rows rows, outcomes []board.Outcome) [][]fact {
	var facts [][]fact
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
