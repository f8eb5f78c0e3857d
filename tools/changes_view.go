package tools

import (
	"fmt"
	"slices"
	"strings"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

// changesView tells what happened, or what some people did.
func changesView(desk *board.Desk, c board.Changes, in whatChangedIn) View {
	var v View
	told, sum := tellAll(desk, c, len(in.People) == 1)
	alike := saidOfAll(told)
	if alike != "" {
		v.Line("%s: %s, all alike: %s.", changesHeading(desk, c.Period, in), sum.changed(), alike)
	} else {
		v.Line("%s: %s.", changesHeading(desk, c.Period, in), sum)
	}
	titles, lines := make([]string, len(c.Boards)), make([][]string, len(c.Boards))
	for i, b := range c.Boards {
		titles[i], lines[i] = short(board.ProjectTitle(b.Project)), changeRows(b, told[i], alike != "")
	}
	hidden := v.changes(titles, lines)
	v.more(hidden > 0 || c.Cut, changesCutNote(c.Cut))
	return v
}

// changesHeading says what was understood. A period that was given no end ends now.
func changesHeading(desk *board.Desk, p board.Period, in whatChangedIn) string {
	heading := "Since " + desk.Minute(p.From)
	if in.Until != "" {
		heading = desk.Minute(p.From) + " to " + desk.Minute(p.Until)
	}
	if len(in.People) > 0 {
		heading += ", by " + board.Plain(cut(strings.Join(in.People, " or "), 60))
	}
	return heading
}

// changes shows rows by project. Where there is one only, that can be shown whole, their keys tell which it is.
func (v *View) changes(titles []string, lines [][]string) (hidden int) {
	shown := fairShares(lines, overviewRows, overviewBytes)
	if len(lines) == 1 && len(lines[0]) == shown[0] {
		v.rows(lines[0])
		return 0
	}
	return v.sections(titles, lines, shown)
}

// tellAll words what happened to each task, by board, and counts it.
func tellAll(desk *board.Desk, c board.Changes, alone bool) (told [][]string, sum tally) {
	told, sum.cut = make([][]string, len(c.Boards)), c.Cut
	for i, b := range c.Boards {
		teller := teller{desk, b, callNames(namesOf(b.People)), alone}
		for _, t := range b.Tasks {
			told[i] = append(told[i], teller.task(t))
			sum.add(teller, t)
		}
	}
	return told, sum
}

// saidOfAll is what is told of each of several tasks, "" where that differs.
func saidOfAll(told [][]string) string {
	all := slices.Concat(told...)
	if len(all) > 1 && len(slices.Compact(all)) == 1 {
		return all[0]
	}
	return ""
}

func changeRows(b board.ProjectChanges, told []string, alike bool) []string {
	rows := make([]string, len(b.Tasks))
	for i, t := range b.Tasks {
		rows[i] = t.Card.Key() + " " + short(t.Card.Task.Title)
		if !alike {
			rows[i] += " | " + told[i]
		}
	}
	return rows
}

func changesCutNote(cut bool) string {
	const note = "For more, name projects, people or a shorter period."
	if cut {
		return "Too much happened to look at all of it; this is the latest. " + note
	}
	return note
}

func namesOf(people []kaneo.Member) []string {
	return worded(people, func(p kaneo.Member) string { return p.Name })
}

// tally counts for the heading.
type tally struct {
	tasks, created, finished, comments int

	cut bool // there may be more
}

func (t *tally) add(told teller, task board.TaskChanges) {
	t.tasks++
	for _, e := range task.Events {
		switch {
		case isCreation(e):
			t.created++
		case e.Type == "comment":
			t.comments++
		}
	}
	if told.finished(task) {
		t.finished++
	}
}

func (t tally) changed() string {
	changed := count(t.tasks, "task") + " changed"
	if t.cut {
		return "at least " + changed
	}
	return changed
}

func (t tally) String() string {
	if t.tasks == 0 {
		return "nothing changed"
	}
	parts := []string{t.changed()}
	for _, part := range []struct {
		n    int
		what string
	}{{t.created, "created"}, {t.finished, "finished"}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.what))
		}
	}
	if t.comments > 0 {
		parts = append(parts, count(t.comments, "comment"))
	}
	return strings.Join(parts, ", ")
}

func isCreation(a kaneo.Activity) bool { return a.Type == "created" || a.Type == "create" }
