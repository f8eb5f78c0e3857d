package tokens_test

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// that is a condition on a task, on a day.
type that func(c card, today time.Time) bool

// all tells whether every condition holds.
func all(conditions []that, c card, today time.Time) bool {
	return !slices.ContainsFunc(conditions, func(holds that) bool { return !holds(c, today) })
}

func is(keys ...string) that {
	return func(c card, _ time.Time) bool { return slices.Contains(keys, c.key) }
}

func in(project string) that { return func(c card, _ time.Time) bool { return c.project() == project } }

func of(who string) that { return func(c card, _ time.Time) bool { return c.who == who } }

func ranked(priorities ...string) that {
	return func(c card, _ time.Time) bool { return slices.Contains(priorities, c.priority) }
}

func standing(statuses ...string) that {
	return func(c card, _ time.Time) bool { return slices.Contains(statuses, c.status) }
}

func labelled(name string) that {
	return func(c card, _ time.Time) bool { return slices.Contains(c.labels, name) }
}

func about(words string) that {
	return func(c card, _ time.Time) bool { return strings.Contains(strings.ToLower(c.title+c.description), words) }
}

func open(c card, _ time.Time) bool { return c.status != "done" && c.status != "archived" }

func unlabelled(c card, _ time.Time) bool { return len(c.labels) == 0 }

func undated(c card, _ time.Time) bool { return c.due.IsZero() }

func overdue(c card, today time.Time) bool {
	return !undated(c, today) && c.due.Before(today) && open(c, today)
}

// due is the window from one day to another, counted from today, both inclusive.
func due(from, until int) that {
	return func(c card, today time.Time) bool {
		return !undated(c, today) && !c.due.Before(today.AddDate(0, 0, from)) && c.due.Before(today.AddDate(0, 0, until+1))
	}
}

// dueThisWeek is from Monday to Sunday.
func dueThisWeek(c card, today time.Time) bool {
	monday := -(int(today.Weekday()) + 6) % 7
	return due(monday, monday+6)(c, today)
}

// sinceMonday tells whether a moment of a card is in this week.
func sinceMonday(moment func(card) time.Time) that {
	return func(c card, today time.Time) bool {
		return !moment(c).Before(today.AddDate(0, 0, -(int(today.Weekday())+6)%7))
	}
}

func created(c card) time.Time { return c.created }

func finished(c card) time.Time { return c.finished }

// either holds where one of two conditions does.
func either(one, other that) that {
	return func(c card, today time.Time) bool { return one(c, today) || other(c, today) }
}

func byStatus(c card) string {
	return map[string]string{"to-do": "To Do", "in-progress": "In Progress", "in-review": "In Review", "done": "Done"}[c.status]
}

func byWho(c card) string { return cmp.Or(c.who, "nobody") }

func byPriority(c card) string { return strings.Replace(c.priority, "no-priority", "none", 1) }

func byProject(c card) string { return c.project() }

// dueDay is what is told of a task when it is asked how urgent it is.
func dueDay(c card) string {
	if c.due.IsZero() {
		return ""
	}
	return "due " + c.due.Format(time.DateOnly)
}

// ordinary is what a board tells.
func ordinary(c card) string {
	return c.priority + " " + whoAndDue(c) + " " + strings.Join(c.labels, " ")
}

func whoAndDue(c card) string { return c.who + " " + dueDay(c) }

func statusAndDue(c card) string { return c.status + " " + dueDay(c) }
