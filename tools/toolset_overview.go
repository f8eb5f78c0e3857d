package tools

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kaneo-mcp/board"
)

func overviewToolset() Toolset {
	return Toolset{
		Name:  "overview",
		About: "what matters, and what happened, across projects",
		Tools: []Tool{myWork, whatChanged},
	}
}

type myWorkIn struct {
	Workspace string `json:"workspace,omitempty" jsonschema:"Default: all of yours"`
}

var myWork = define(Spec{
	Name: "my_work", Title: "My work", Effect: Reads,
	About: "The user's open tasks in all projects: overdue, due this week, the rest by priority; says what blocks them.",
}, func(ctx context.Context, desk *board.Desk, in myWorkIn) (View, error) {
	work, err := desk.MyWork(ctx, in.Workspace)
	if err != nil {
		return View{}, err
	}
	return workView(desk, work), nil
})

// What an overview shows before it counts the rest: so many rows, and so many bytes of them, some 2,200 tokens.
const (
	overviewRows  = 60
	overviewBytes = 8_000
)

func workView(desk *board.Desk, work board.Work) View {
	var v View
	v.Line("%s for you.", count(len(work.All()), "open task"))
	var titles []string
	var lines [][]string
	for _, group := range []struct {
		title string
		said  []fact
		items []board.WorkItem
	}{
		{"Overdue", []fact{{ofDue, "overdue"}}, work.Overdue}, {"Due this week", []fact{{ofDue, "due"}}, work.Soon}, {"Rest", nil, work.Rest},
	} {
		rows := newRows(desk, nil)
		rows.said = group.said
		titles, lines = append(titles, group.title), append(lines, workRows(rows, group.items))
	}
	hidden := v.sections(titles, lines, inTurn(lines, overviewRows, overviewBytes))
	v.more(hidden > 0, "The rest: list_tasks assignees=[me].")
	v.incomplete(work.Incomplete)
	return v
}

func workRows(rows rows, items []board.WorkItem) []string {
	lines := make([]string, len(items))
	for i, item := range items {
		lines[i] = rows.row(item.Card, statusFact(item.Card))
		if len(item.BlockedBy) > 0 {
			lines[i] += " | blocked by " + strings.Join(blockers(item), ", ")
		}
	}
	return lines
}

func blockers(item board.WorkItem) []string {
	keys := slices.Clone(item.BlockedBy)
	for i, key := range keys {
		if key == "" {
			keys[i] = outsideTask
		}
	}
	return keys
}

// inTurn says how many rows of each group are shown: those of the first one whole before any of the next.
func inTurn(groups [][]string, rows, bytes int) []int {
	shown := make([]int, len(groups))
	for i, group := range groups {
		for _, row := range group {
			if rows, bytes = rows-1, bytes-len(row); rows < 0 || bytes < 0 {
				return shown
			}
			shown[i]++
		}
	}
	return shown
}

// sections shows so many rows of each group under a heading that counts all of them, and tells how many are left out.
func (v *View) sections(titles []string, groups [][]string, shown []int) (hidden int) {
	for i, rows := range groups {
		if len(rows) == 0 {
			continue
		}
		heading := fmt.Sprintf("## %s (%d)", titles[i], len(rows))
		if left := len(rows) - shown[i]; left > 0 {
			hidden += left
			heading += fmt.Sprintf(": %d not shown", left)
		}
		v.Line("%s", heading)
		v.rows(rows[:shown[i]])
	}
	return hidden
}

type whatChangedIn struct {
	Since    string   `json:"since,omitempty" jsonschema:"2026-11-20, monday, last week, -3d, 4h; default: yesterday"`
	Until    string   `json:"until,omitempty" jsonschema:"Default: now"`
	Projects []string `json:"projects,omitempty" jsonschema:"As in list_tasks"`
	People   []string `json:"people,omitempty" jsonschema:"Only what these did: me, names, e-mails"`
}

var whatChanged = define(Spec{
	Name: "what_changed", Title: "What changed", Effect: Reads,
	About: "What happened in a period: tasks created, finished, moved, commented, reassigned, and by whom.",
}, func(ctx context.Context, desk *board.Desk, in whatChangedIn) (View, error) {
	period, err := desk.Period(in.Since, in.Until)
	if err != nil {
		return View{}, err
	}
	changes, err := desk.Changes(ctx, in.Projects, period, in.People)
	if err != nil {
		return View{}, err
	}
	return changesView(desk, changes, in), nil
})
