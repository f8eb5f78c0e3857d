package tools

import (
	"slices"
	"strings"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

// titleLength is how much of a title a row shows; a task read by itself shows all of it.
const titleLength = 80

// rows renders tasks one to a line, key first, and only what differs from the ordinary.
type rows struct {
	desk  *board.Desk
	names map[string]string // how a row calls a person, by full name
	said  []fact            // what the heading says of all rows; due or overdue there leaves bare dates here

	openDues bool // due dates of open tasks only: those of others say nothing of what there is to do
}

// fact is one thing that a row says of a task.
type fact struct {
	of   aspect
	text string
}

// aspect tells facts apart that are worded alike: a column can be called urgent, or as a person is.
type aspect int

const (
	ofStatus aspect = iota
	ofPriority
	ofAssignee
	ofDue
	ofLabels
	ofElse // what is worded as nothing else is
)

func statusFact(c board.Card) fact { return fact{ofStatus, c.Status.Name} }

func textsOf(facts []fact) []string { return worded(facts, func(f fact) string { return f.text }) }

// newRows learns the people's names, to call those by their first name who can be told apart by it: from all who work
// there, whether or not a task shows them, because a reader will name them in return.
func newRows(desk *board.Desk, cards []board.Card, people ...kaneo.Member) rows {
	full := namesOf(people)
	for _, card := range cards {
		full = append(full, card.Task.AssigneeName)
	}
	return rows{desk: desk, names: callNames(full)}
}

// callNames says how people are called who have these full names: by their first names where these tell them apart.
func callNames(all []string) map[string]string {
	people := make(map[string][]string) // full names by first name
	for _, name := range all {
		name = board.Plain(name)
		first, _, _ := strings.Cut(name, " ")
		if name != "" && !slices.Contains(people[first], name) {
			people[first] = append(people[first], name)
		}
	}
	names := make(map[string]string)
	for first, full := range people {
		for _, name := range full {
			names[name] = name
			if len(full) == 1 {
				names[name] = first
			}
		}
	}
	return names
}

// row is the line of a task. extra stands behind the title: what the heading of the list does not say already.
func (r rows) row(c board.Card, extra ...fact) string {
	return r.line(c, append(extra, r.facts(c)...))
}

// line is a row with these facts, but for those that the heading says.
func (r rows) line(c board.Card, facts []fact) string {
	var line strings.Builder
	line.WriteString(c.Key() + " " + short(c.Task.Title))
	for _, fact := range facts {
		if !r.isSaid(fact) {
			line.WriteString(" | " + cut(fact.text, titleLength))
		}
	}
	return line.String()
}

// sayOnce leaves out of rows what all of several would say alike, and returns it for their heading.
func (r *rows) sayOnce(all [][]fact) string {
	if len(all) < 2 {
		return ""
	}
	shared := slices.DeleteFunc(slices.Clone(all[0]), r.isSaid)
	for _, facts := range all[1:] {
		shared = slices.DeleteFunc(shared, func(f fact) bool { return !slices.Contains(facts, f) })
	}
	if len(shared) == 0 {
		return ""
	}
	r.said = append(r.said, shared...)
	return ", all " + cut(strings.Join(textsOf(shared), ", "), 2*titleLength)
}

func (r rows) isSaid(f fact) bool {
	return slices.ContainsFunc(r.said, func(said fact) bool { return said.of == f.of && strings.EqualFold(said.text, f.text) })
}

func (r rows) facts(c board.Card) []fact {
	var facts []fact
	if p := c.Task.Priority; p != kaneo.NoPriority && p != "" {
		facts = append(facts, fact{ofPriority, string(p)})
	}
	if name := r.names[board.Plain(c.Task.AssigneeName)]; name != "" {
		facts = append(facts, fact{ofAssignee, name})
	}
	if due := r.due(c); due != "" {
		facts = append(facts, fact{ofDue, due})
	}
	if labels := labelNames(c.Task.Labels); labels != "" {
		facts = append(facts, fact{ofLabels, labels})
	}
	return facts
}

func (r rows) due(c board.Card) string {
	word := "due"
	if r.desk.Overdue(c) {
		word = "overdue"
	}
	switch {
	case c.Task.DueDate.IsZero(), r.openDues && !c.IsOpen():
		return ""
	case r.isSaid(fact{ofDue, word}):
		return r.desk.Day(c.Task.DueDate)
	}
	return word + " " + r.desk.Day(c.Task.DueDate)
}

// labelNames are in order: Kaneo has none.
func labelNames(labels []kaneo.Label) string {
	names := make([]string, len(labels))
	for i, label := range labels {
		names[i] = "#" + short(label.Name)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}
