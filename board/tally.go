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

// Tally is one group, and how many tasks are in it.
type Tally struct {
	Name  string
	Tasks int
}

// Count counts tasks by groups, the largest first.
func Count(cards []Card, by Grouping) []Tally {
	type group struct{ id, name string } // people may have the same name
	count := make(map[group]int)
	for _, card := range cards {
		switch by {
		case PerAssignee:
			count[group{card.Task.AssigneeID, orNobody(card.Task)}]++
		case PerPriority:
			count[group{name: PriorityName(card.Task.Priority)}]++
		case PerProject:
			count[group{card.Project.ID, ProjectTitle(card.Project)}]++
		case PerLabel:
			for _, name := range labelNames(card.Task.Labels) {
				count[group{name: name}]++
			}
		default:
			count[group{name: card.Status.Name}]++
		}
	}
	tallies := make([]Tally, 0, len(count))
	for group, tasks := range count {
		tallies = append(tallies, Tally{Plain(group.name), tasks})
	}
	slices.SortFunc(tallies, func(a, b Tally) int { return cmp.Or(b.Tasks-a.Tasks, cmp.Compare(a.Name, b.Name)) })
	return tallies
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
