package board

import (
	"context"
	"strings"
	"unicode"
)

// isTitle tells what can only be a task's title from slips in keys and ids.
func isTitle(ref string) bool { return strings.ContainsFunc(ref, unicode.IsSpace) }

// cardByTitle finds the one task that is called so. A part of a title is not its name: what has it is listed by the error.
func (d *Desk) cardByTitle(ctx context.Context, title string) (Card, error) {
	found, err := d.Search(ctx, "", "", title, mostHits)
	if err != nil {
		return Card{}, err
	}
	called := filter(found.Tasks, func(c Card) bool { return words(c.Task.Title) == words(title) })
	switch {
	case len(called) == 1 && !found.Full:
		return d.cardByID(ctx, called[0].Task.ID)
	case len(called) > 0:
		return Card{}, ambiguous("task", title, keyed(called))
	case len(found.Tasks) > 0:
		return Card{}, mistakef("%q does not name a task. Search finds: %s. Use a key.", short(title), enumerate(keyed(found.Tasks)))
	}
	return Card{}, namesNoTask(title)
}

func namesNoTask(ref string) error {
	return mistakef("%q does not name a task. Use its key such as WEB-12, its title, its id or its web address; search finds tasks by words.", short(ref))
}

// keyed are tasks by key and title, with what tells those of one title apart.
func keyed(cards []Card) []string {
	texts := make([]string, len(cards))
	for i, c := range cards {
		texts[i] = c.Key() + " " + short(c.Task.Title) + " (" + short(c.Status.Name) + ")"
	}
	return texts
}
