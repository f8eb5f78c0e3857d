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
	names := make([]string, len(people))
	for i, p := range people {
		names[i] = p.Name
	}
	return names
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

// teller words what happened on one board.
type teller struct {
	desk  *board.Desk
	board board.ProjectChanges
	names map[string]string // how people are called, by full name
	alone bool              // all was done by one person, whom the heading names
}

func (t teller) status(slug string) (name string, done bool) {
	for _, s := range t.board.Statuses {
		if s.Slug == slug {
			return short(s.Name), s.Done
		}
	}
	return short(slug), false
}

// finished tells whether a task went into a final column and is there at the end.
func (t teller) finished(task board.TaskChanges) bool {
	for _, e := range slices.Backward(withStatusesOfMoves(task.Events)) {
		if e.Type == "status_changed" {
			_, before := t.status(e.Event.OldStatus)
			_, after := t.status(e.Event.NewStatus)
			return after && !before
		}
	}
	return false
}

// withStatusesOfMoves adds the change of status that a move to another project can be (kaneo-api.md §9).
func withStatusesOfMoves(events []kaneo.Activity) []kaneo.Activity {
	var all []kaneo.Activity
	for _, e := range events {
		all = append(all, e)
		if e.Type == "moved" && e.Event.OldStatus != e.Event.NewStatus {
			e.Type = "status_changed"
			all = append(all, e)
		}
	}
	return all
}

// task says who did what, each person once.
func (t teller) task(task board.TaskChanges) string {
	if len(task.Events) == 0 {
		return "edited (Kaneo keeps no history of what)"
	}
	var people []string
	did := make(map[string][]kaneo.Activity)
	for _, e := range withStatusesOfMoves(task.Events) {
		who := actor(e, t.board.People)
		if name := t.names[who]; name != "" {
			who = name
		}
		if did[who] == nil {
			people = append(people, who)
		}
		did[who] = append(did[who], e)
	}
	told := make([]string, len(people))
	for i, who := range people {
		told[i] = strings.Join(t.deeds(did[who]), ", ")
		if !t.alone {
			told[i] = short(who) + ": " + told[i]
		}
	}
	return strings.Join(told, "; ")
}

// deeds words what one person did to a task. Of a field that was changed more than once it tells the first value and the
// last.
func (t teller) deeds(events []kaneo.Activity) []string {
	var told []string
	seen := make(map[string]bool)
	for _, e := range events {
		if seen[matter(e)] {
			continue
		}
		seen[matter(e)] = true
		same := slices.DeleteFunc(slices.Clone(events), func(a kaneo.Activity) bool { return matter(a) != matter(e) })
		if deed := t.deed(same[0], same[len(same)-1], len(same)); deed != "" {
			told = append(told, deed)
		}
	}
	if len(told) == 0 {
		return []string{"changed it and back"}
	}
	return told
}

// matter is what an event is about. Kaneo has two types for assignees, of which the last one counts.
func matter(e kaneo.Activity) string {
	if e.Type == "unassigned" {
		return "assignee_changed"
	}
	return e.Type
}

// deed words n events about one matter. One that ends where it began is none.
func (t teller) deed(first, last kaneo.Activity, n int) string {
	from, to := first.Event, last.Event
	switch {
	case isCreation(first):
		return "created"
	case first.Type == "comment":
		return count(n, "comment")
	case first.Type == "status_changed":
		return t.statusDeed(from.OldStatus, to.NewStatus)
	case first.Type == "priority_changed":
		return changedTo("priority", priority(from.OldPriority), priority(to.NewPriority))
	case first.Type == "due_date_changed":
		return changedTo("due", day(t.desk, from.OldDueDate), day(t.desk, to.NewDueDate))
	case first.Type == "title_changed":
		return changedTo("title", from.OldTitle, to.NewTitle)
	case last.Type == "assignee_changed":
		return "assigned " + t.called(to.NewAssignee)
	case last.Type == "unassigned":
		return "unassigned"
	case first.Type == "moved":
		if from.FromProjectID == to.ToProjectID {
			return ""
		}
		return "moved from " + short(from.FromProjectName)
	}
	return short(last.Type)
}

func (t teller) called(name string) string {
	if called := t.names[board.Plain(name)]; called != "" {
		return called
	}
	return short(name)
}

func (t teller) statusDeed(from, to string) string {
	before, _ := t.status(from)
	after, done := t.status(to)
	switch {
	case from == to:
		return ""
	case done:
		return "finished"
	}
	return strings.TrimSpace(before + " → " + after)
}

func changedTo(what, from, to string) string {
	if from == to {
		return ""
	}
	return fromTo(what, from, to)
}
