package tools

import (
	"fmt"
	"slices"
	"strings"

	"kaneo-mcp/board"
)

// window is the part of a list that one answer shows.
type window struct{ limit, page int }

const (
	rowsByDefault = 50
	mostRows      = 200 // some 5,000 tokens
)

func windowOf(limit, page int) (window, error) {
	if limit < 0 || limit > mostRows || page < 0 {
		return window{}, badArguments("limit must be 1 to %d, and page at least 1.", mostRows)
	}
	w := window{limit, page}
	if limit == 0 {
		w.limit = rowsByDefault
	}
	if page == 0 {
		w.page = 1
	}
	return w, nil
}

// of is the part of so many rows.
func (w window) of(rows int) (from, until int) {
	from = min((w.page-1)*w.limit, rows)
	return from, min(from+w.limit, rows)
}

func listingView(desk *board.Desk, l board.Listing, in listTasksIn, w window) View {
	var v View
	rows := newRows(desk, l.Cards, l.People...)
	rows.said = in.said()
	rows.openDues = in.Due == "" && in.Sort != board.ByDue
	if len(in.Assignees) == 1 {
		rows.names = nil // the heading says it
	}
	facts := make([][]fact, len(l.Cards))
	for i, card := range l.Cards {
		facts[i] = slices.Concat([]fact{statusFact(card)}, tiesOf(l, card), sortedBy(desk, card, in.Sort), rows.facts(card))
	}
	shared := rows.sayOnce(facts)
	v.Line("%s", listingHeading(desk, len(l.Cards), in.filterIn, shared))
	from, until := w.of(len(l.Cards))
	for i := from; i < until; i++ {
		v.add(rows.line(l.Cards[i], facts[i]))
	}
	if shown := until - from; shown < len(l.Cards) {
		v.Line("%s", w.rest(shown, len(l.Cards)))
	}
	v.incomplete(l.Incomplete)
	return v
}

// said are the facts that the heading says of every task that is found.
func (in filterIn) said() []fact {
	var said []fact
	for _, by := range []struct {
		aspect aspect
		mark   string
		words  []string
	}{{ofStatus, "", in.Statuses}, {ofPriority, "", in.Priorities}, {ofLabels, "#", in.Labels}} {
		if len(by.words) == 1 {
			said = append(said, fact{by.aspect, by.mark + by.words[0]})
		}
	}
	return append(said, in.saidOfDues()...)
}

// saidOfDues are words that need not stand before due dates. Beside another window of days they must.
func (in filterIn) saidOfDues() []fact {
	switch {
	case in.Created+in.Changed+in.Finished != "":
		return nil
	case in.Overdue:
		return []fact{{ofDue, "overdue"}}
	case in.Due != "":
		return []fact{{ofDue, "due"}}
	}
	return nil
}

// sortedBy is the date by which rows are sorted, where they do not show it anyway.
func sortedBy(desk *board.Desk, card board.Card, by board.Order) []fact {
	switch by {
	case board.Newest, board.Oldest:
		return []fact{{ofElse, "created " + desk.Day(card.Task.CreatedAt)}}
	case board.Unchanged:
		return []fact{{ofElse, "changed " + desk.Day(card.Task.UpdatedAt)}}
	case board.ByDue, board.ByPriority, board.ByKey:
	}
	return nil
}

func (v *View) incomplete(projects []string) {
	if len(projects) > 0 {
		v.Line("%s: %s", strings.Join(projects, ", "), incompleteNote)
	}
}

// outsideTask stands for one that is not in the allowed projects.
const outsideTask = "a task outside the allowed projects"

// tiesOf says to which tasks one stands as was asked for.
func tiesOf(l board.Listing, card board.Card) []fact {
	ties := l.Ties[card.Task.ID]
	if len(ties) == 0 {
		return nil
	}
	keys := make([]string, len(ties))
	for i, r := range ties {
		keys[i] = outsideTask
		if !r.Outside {
			keys[i] = r.Card.Key()
		}
	}
	return []fact{{ofElse, ties[0].As + " " + strings.Join(keys, ", ")}}
}

// listingHeading says what was understood, so that a slip shows, and what all rows share.
func listingHeading(desk *board.Desk, found int, in filterIn, shared string) string {
	what := []string{count(found, "task")}
	for _, part := range []struct {
		word   string
		values []string
	}{
		{"", inWords(in.Statuses, in.statusByDefault(), board.AnyOne, "any status")},
		{"for ", inWords(in.Assignees, "", board.Nobody, board.Nobody)},
		{"priority ", in.Priorities},
		{"label ", in.Labels},
		{"in ", in.Projects},
		{"with ", nonEmpty(in.Text)},
		{"due ", understood(desk.ComingWindow, in.Due)},
		{"created ", understood(desk.PastWindow, in.Created)},
		{"last changed ", understood(desk.PastWindow, in.Changed)},
		{"finished ", understood(desk.PastWindow, in.Finished)},
		{"", nonEmpty(strings.ReplaceAll(string(in.Relation), "_", " "))},
	} {
		if len(part.values) > 0 {
			what = append(what, part.word+board.Plain(cut(strings.Join(part.values, " or "), 60)))
		}
	}
	if in.Overdue {
		what = append(what, "overdue")
	}
	return strings.Join(what, ", ") + shared + "."
}

func (in filterIn) statusByDefault() string {
	if in.Finished != "" {
		return "" // that is said already
	}
	return board.Open
}

// inWords says the default where nothing was given, and one word in another way.
func inWords(given []string, byDefault, word, said string) []string {
	if len(given) == 0 {
		return nonEmpty(byDefault)
	}
	words := slices.Clone(given)
	for i := range words {
		if strings.EqualFold(words[i], word) {
			words[i] = said
		}
	}
	return words
}

func nonEmpty(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// understood are the days of a window as it was read; it has been read before, so it can be.
func understood(read func(string) (board.Window, error), text string) []string {
	w, err := read(text)
	if text == "" || err != nil {
		return nil
	}
	return []string{w.String()}
}

func (w window) rest(shown, all int) string {
	pages := (all + w.limit - 1) / w.limit
	if shown == 0 {
		return fmt.Sprintf("Page %d is past the end: all there is, %s, fits on %s.", w.page, count(all, "task"), count(pages, "page"))
	}
	if w.page < pages {
		return fmt.Sprintf("%d of %d shown. Next: page=%d, or narrow the filter.", shown, all, w.page+1)
	}
	return fmt.Sprintf("%d of %d shown, the last.", shown, all)
}
