package board

import (
	"cmp"
	"slices"

	"kaneo-mcp/kaneo"
)

// Grouping is what tasks are counted by.
type Grouping string

// The groupings.
const (
	PerStatus   Grouping = "status"
	PerAssignee Grouping = "assignee"
	PerPriority Grouping = "priority"
	PerLabel    Grouping = "label" // a task counts once for each of its labels
	PerProject  Grouping = "project"
)

// Groupings lists them.
func Groupings() []Grouping {
	return []Grouping{PerStatus, PerAssignee, PerPriority, PerLabel, PerProject}
}

// Tally is one group, and the tasks that are in it.
type Tally struct {
	Name  string
	Cards []Card
}

// Count puts tasks into groups, the largest first.
func Count(cards []Card, by Grouping) []Tally {
	groups := make(map[group][]Card)
	for _, card := range cards {
		for _, g := range groupsOf(card, by) {
			groups[g] = append(groups[g], card)
		}
	}
	tallies := make([]Tally, 0, len(groups))
	for group, cards := range groups {
		tallies = append(tallies, Tally{Plain(group.name), cards})
	}
	slices.SortFunc(tallies, func(a, b Tally) int { return cmp.Or(len(b.Cards)-len(a.Cards), cmp.Compare(a.Name, b.Name)) })
	return tallies
}

// group has an id where different ones may have the same name.
type group struct{ id, name string }

func groupsOf(card Card, by Grouping) []group {
	switch by {
	case PerAssignee:
		return []group{{card.Task.AssigneeID, orNobody(card.Task)}}
	case PerPriority:
		return []group{{name: PriorityName(card.Task.Priority)}}
	case PerProject:
		return []group{{card.Project.ID, ProjectTitle(card.Project)}}
	case PerStatus:
		return []group{{name: card.Status.Name}}
	case PerLabel:
	}
	var groups []group
	for _, name := range labelNames(card.Task.Labels) {
		groups = append(groups, group{name: name})
	}
	return groups
}

// Idle are the people who have none of some tasks, by name.
func Idle(people []kaneo.Member, cards []Card) []string {
	var idle []string
	for _, person := range people {
		if !slices.ContainsFunc(cards, func(c Card) bool { return c.Task.AssigneeID == person.ID }) {
			idle = append(idle, Plain(person.Name))
		}
	}
	return idle
}

// labelNames are the names of a task's labels, or the word for none.
func labelNames(labels []kaneo.Label) []string {
	if len(labels) == 0 {
		return []string{none}
	}
	names := make([]string, len(labels))
	for i, label := range labels {
		names[i] = label.Name
	}
	return names
}
