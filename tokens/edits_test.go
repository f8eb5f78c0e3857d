package tokens_test

import (
	"cmp"
	"time"
)

// change is what becomes of all tasks that fit.
type change struct {
	of     []that
	become []edit
}

// one changes a single task.
func one(key string, become ...edit) []change { return []change{{[]that{is(key)}, become}} }

// edit is what becomes of a card, on a day.
type edit func(c *card, today time.Time)

func gone(c *card, _ time.Time) { *c = card{} }

func moved(status string) edit { return func(c *card, _ time.Time) { c.status = status } }

func givenTo(who string) edit { return func(c *card, _ time.Time) { c.who = who } }

func rated(priority string) edit { return func(c *card, _ time.Time) { c.priority = priority } }

func called(title string) edit { return func(c *card, _ time.Time) { c.title = title } }

func described(text string) edit { return func(c *card, _ time.Time) { c.description = text } }

func carriedTo(project string) edit { return func(c *card, _ time.Time) { c.key = project } }

func said(text string) edit {
	return func(c *card, _ time.Time) { c.comments = append(c.comments, text) }
}

func tagged(label string) edit {
	return func(c *card, _ time.Time) { c.labels = append(c.labels, label) }
}

func tiedBy(ties ...string) edit {
	return func(c *card, _ time.Time) { c.ties = append(c.ties, ties...) }
}

func dateless(c *card, _ time.Time) { c.due = time.Time{} }

func aWeekLater(c *card, _ time.Time) { c.due = c.due.AddDate(0, 0, 7) }

// onFriday is the next one to come.
func onFriday(c *card, today time.Time) {
	ahead := (int(time.Friday-today.Weekday()) + 7) % 7
	c.due = today.AddDate(0, 0, cmp.Or(ahead, 7))
}
