package tools

import (
	"slices"
	"strings"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

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
