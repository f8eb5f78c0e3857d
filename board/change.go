package board

import (
	"strings"
	"time"
)

// Change is what to change about a task, in the words a person would use. Empty fields stay as they are.
type Change struct {
	Title        string
	Description  string
	Status       string // a column's name, planned or archived
	Priority     string
	Assignee     string // a person, me, or nobody
	Due          string // a date, none, or +1w, -3d: so much later or earlier than each task's own date
	Start        string // the same
	Project      string // moves the task; it gets a new key there
	AddLabels    []string
	RemoveLabels []string
	Comment      string
	Clear        []Field // fields to empty
	Custom       []FieldChange
}

// Field is a part of a task that can be emptied.
type Field string

// The fields that a [Change] can clear.
const (
	Assignee    Field = "assignee"
	Description Field = "description"
	Due         Field = "due"
	Start       Field = "start"
)

// Fields lists what can be cleared.
func Fields() []Field { return []Field{Assignee, Description, Due, Start} }

// Step is one part of what was done to a task.
type Step struct {
	What     string // "status", "assignee", "label bug", …
	From, To string // as people read them; empty where there is nothing to say
	Same     bool   // nothing was sent: it was like this already
	Skipped  string // nothing was sent, and why
	Err      error  // it was tried and failed, or was not tried because an earlier step failed
	Was, Is  string // of a custom field, as Kaneo stores them: the task does not tell
}

// Outcome is what became of one task.
type Outcome struct {
	Ref   string // as it was given; empty for new tasks
	Was   string // its key before; empty for new tasks
	Card  Card   // as the task stands now
	Steps []Step
	Err   error // nothing was changed, and why

	altered []Alteration // for the journal
}

// Failed tells whether anything that was asked for did not happen.
func (o Outcome) Failed() bool { return o.failure() != nil }

func (c Change) empty() bool {
	return c.Title == "" && c.Description == "" && c.Status == "" && c.Priority == "" && c.Assignee == "" &&
		c.Due == "" && c.Start == "" && c.Project == "" && c.Comment == "" &&
		len(c.AddLabels)+len(c.RemoveLabels)+len(c.Clear)+len(c.Custom) == 0
}

// contradiction finds what cannot be meant.
func (c Change) contradiction(tasks int) error {
	if c.empty() {
		return mistakef("Nothing to change: name at least one field such as status, assignee or due.")
	}
	if tasks > 1 && c.Title != "" {
		return mistakef("One title for %d tasks would make them indistinguishable: change titles one task at a time.", tasks)
	}
	if c.Title != "" && Plain(c.Title) == "" || c.Comment != "" && strings.TrimSpace(c.Comment) == "" {
		return mistakef("A title or comment of blanks only says nothing: give it a text, or leave it out.")
	}
	given := map[Field]string{Assignee: c.Assignee, Description: c.Description, Due: c.Due, Start: c.Start}
	for _, field := range c.Clear {
		value, known := given[field]
		if !known {
			return mistakef("%q cannot be cleared. These can: %s.", short(string(field)), enumerate(texts(Fields())))
		}
		if value != "" {
			return mistakef("%s is both set and cleared: do one of them.", field)
		}
	}
	return c.labelContradiction()
}

func (c Change) labelContradiction() error {
	for _, label := range c.AddLabels {
		if containsWords(c.RemoveLabels, words(label)) {
			return mistakef("Label %q is both added and removed: do one of them.", short(label))
		}
	}
	return nil
}

// normalise turns the ways of saying "empty it" into one, and mends the description.
func (c Change) normalise() Change {
	c.Description = lines(c.Description)
	if nobody(c.Assignee) {
		c.Assignee, c.Clear = "", append(c.Clear, Assignee)
	}
	if words(c.Due) == none {
		c.Due, c.Clear = "", append(c.Clear, Due)
	}
	if words(c.Start) == none {
		c.Start, c.Clear = "", append(c.Clear, Start)
	}
	return c
}

// sameDate tells whether a date asks for what is stored: the same moment, or, for a plain day, the same day.
func (d *Desk) sameDate(wanted, stored time.Time) bool {
	if wanted.Equal(stored) {
		return true
	}
	plainDay := wanted.Equal(startOfDay(wanted.In(d.zone), d.zone))
	return plainDay && !stored.IsZero() && !wanted.IsZero() && d.Day(wanted) == d.Day(stored)
}
