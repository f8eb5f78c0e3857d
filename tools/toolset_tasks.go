package tools

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kaneo-mcp/board"
)

func taskToolset() Toolset {
	return Toolset{
		Name:  "tasks",
		About: "finding, making and changing tasks",
		Tools: []Tool{listTasks, getTask, search, createTasks, updateTasks, editDescription, deleteTasks, undoLast},
	}
}

// filterIn are the words by which tasks are found, wherever tasks are.
type filterIn struct {
	Projects   []string       `json:"projects,omitempty" jsonschema:"Keys, names, ids or all; default: the configured one, else all"`
	Statuses   []string       `json:"statuses,omitempty" jsonschema:"Columns, or open, done, planned, archived, all; default: open"`
	Assignees  []string       `json:"assignees,omitempty" jsonschema:"me, names, e-mails, or nobody"`
	Priorities []string       `json:"priorities,omitempty" jsonschema:"urgent, high, medium, low, none"`
	Labels     []string       `json:"labels,omitempty" jsonschema:"Any of these, or none"`
	Text       string         `json:"text,omitempty" jsonschema:"Words in title or description, all of them"`
	Overdue    bool           `json:"overdue,omitempty" jsonschema:"Open, due before today"`
	Due        string         `json:"due,omitempty" jsonschema:"this week, next 3 days, before friday, 2026-12-01..2026-12-15, none"`
	Created    string         `json:"created,omitempty" jsonschema:"As due: last 7 days, since monday"`
	Changed    string         `json:"changed,omitempty" jsonschema:"Last change, as created"`
	Finished   string         `json:"finished,omitempty" jsonschema:"As created"`
	Relation   board.Standing `json:"relation,omitempty" jsonschema:"Only open tasks block"`
	Workspace  string         `json:"workspace,omitempty" jsonschema:"Default: all of yours"`
}

func (in filterIn) filter() board.Filter {
	return board.Filter{
		Statuses: in.Statuses, Priorities: in.Priorities, Assignees: in.Assignees, Labels: in.Labels,
		Text: in.Text, Overdue: in.Overdue, Due: in.Due, Created: in.Created, Changed: in.Changed, Finished: in.Finished,
		Standing: in.Relation,
	}
}

type listTasksIn struct {
	filterIn
	CountBy board.Grouping `json:"count_by,omitempty" jsonschema:"Counts by this instead of listing"`
	Sort    board.Order    `json:"sort,omitempty" jsonschema:"Default: due"`
	Limit   int            `json:"limit,omitempty" jsonschema:"Rows, 1 to 200; default 50"`
	Page    int            `json:"page,omitempty" jsonschema:"From 1"`
}

var listTasks = define(Spec{
	Name: "list_tasks", Title: "List tasks", Effect: Reads,
	About: "Lists or counts tasks of any projects by status, person, priority, label, text, dates, relations.",
}, func(ctx context.Context, desk *board.Desk, in listTasksIn) (View, error) {
	window, err := windowOf(in.Limit, in.Page)
	if err != nil {
		return View{}, err
	}
	listing, err := desk.List(ctx, in.Workspace, in.Projects, in.filter())
	if err != nil {
		return View{}, err
	}
	if in.CountBy != "" {
		return countView(desk, listing, in, window), nil
	}
	board.Sort(listing.Cards, in.Sort)
	return listingView(desk, listing, in, window), nil
})

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
	rows := newRows(desk, l.Cards)
	rows.said = in.said()
	rows.openDues = in.Due == "" && in.Sort != board.ByDue
	if len(in.Assignees) == 1 {
		rows.names = nil // the heading says it
	}
	facts := make([][]string, len(l.Cards))
	for i, card := range l.Cards {
		facts[i] = slices.Concat([]string{card.Status.Name}, tiesOf(l, card), rows.facts(card))
	}
	shared := rows.sayOnce(facts)
	v.Line("%s", listingHeading(desk, len(l.Cards), in, shared))
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
func (in filterIn) said() []string {
	var said []string
	for _, of := range []struct {
		mark  string
		words []string
	}{{"", in.Statuses}, {"", in.Priorities}, {"#", in.Labels}} {
		if len(of.words) == 1 {
			said = append(said, of.mark+of.words[0])
		}
	}
	return append(said, in.saidOfDues()...)
}

// saidOfDues are words that need not stand before due dates. Beside another window of days they must.
func (in filterIn) saidOfDues() []string {
	switch {
	case in.Created+in.Changed+in.Finished != "":
		return nil
	case in.Overdue:
		return []string{"overdue"}
	case in.Due != "":
		return []string{"due"}
	}
	return nil
}

func (v *View) incomplete(projects []string) {
	if len(projects) > 0 {
		v.Line("%s: %s", strings.Join(projects, ", "), incompleteNote)
	}
}

// tiesOf says to which tasks one stands as was asked for.
func tiesOf(l board.Listing, card board.Card) []string {
	ties := l.Ties[card.Task.ID]
	if len(ties) == 0 {
		return nil
	}
	keys := make([]string, len(ties))
	for i, r := range ties {
		keys[i] = "a task outside the allowed projects"
		if !r.Outside {
			keys[i] = r.Card.Key()
		}
	}
	return []string{ties[0].As + " " + strings.Join(keys, ", ")}
}

func countView(desk *board.Desk, l board.Listing, in listTasksIn, w window) View {
	var v View
	v.Line("%s By %s:", listingHeading(desk, len(l.Cards), in, ""), in.CountBy)
	tallies := board.Count(l.Cards, in.CountBy)
	for _, t := range tallies[:min(w.limit, len(tallies))] {
		v.Line("%s %d", short(t.Name), t.Tasks)
	}
	if left := len(tallies) - w.limit; left > 0 {
		v.Line("%d smaller groups not shown: raise limit.", left)
	}
	v.incomplete(l.Incomplete)
	return v
}

// listingHeading says what was understood, so that a slip shows, and what all rows share.
func listingHeading(desk *board.Desk, found int, in listTasksIn, shared string) string {
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

func (in listTasksIn) statusByDefault() string {
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
	note := fmt.Sprintf("%d of %d shown (page %d of %d).", shown, all, w.page, pages)
	if w.page < pages {
		note += fmt.Sprintf(" Next: page=%d, or narrow the filter.", w.page+1)
	}
	return note
}

type getTaskIn struct {
	Task    string       `json:"task" jsonschema:"WEB-12, id or address"`
	Include []board.Part `json:"include,omitempty" jsonschema:"What to show; default: description"`
	Full    bool         `json:"full,omitempty" jsonschema:"Long texts as whole as one answer can be"`
}

var getTask = define(Spec{
	Name: "get_task", Title: "Get task", Effect: Reads,
	About: "Reads one task with its description, or with comments, history, relations, time, links.",
}, func(ctx context.Context, desk *board.Desk, in getTaskIn) (View, error) {
	if len(in.Include) == 0 {
		in.Include = []board.Part{board.Text}
	}
	detail, err := desk.Detail(ctx, in.Task, in.Include)
	if err != nil {
		return View{}, err
	}
	return taskView(desk, detail, in), nil
})

type searchIn struct {
	Query     string `json:"query" jsonschema:"Words or a key; all must occur"`
	Project   string `json:"project,omitempty" jsonschema:"Key, name or id; default: all"`
	Workspace string `json:"workspace,omitempty" jsonschema:"Default: all of yours"`
	Limit     int    `json:"limit,omitempty" jsonschema:"Hits of each kind, 1 to 50; default 20"`
}

var search = define(Spec{
	Name: "search", Title: "Search", Effect: Reads,
	About: "Finds tasks and comments by words, in any status, archived too.",
}, func(ctx context.Context, desk *board.Desk, in searchIn) (View, error) {
	if in.Limit == 0 {
		in.Limit = 20
	}
	if in.Limit < 1 || in.Limit > 50 {
		return View{}, badArguments("limit must be 1 to 50.")
	}
	found, err := desk.Search(ctx, in.Workspace, in.Project, in.Query, in.Limit)
	if err != nil {
		return View{}, err
	}
	return findingsView(desk, found), nil
})

func findingsView(desk *board.Desk, found board.Findings) View {
	var v View
	v.Line("%s, %s.", count(len(found.Tasks), "task"), count(len(found.Comments), "comment"))
	rows := newRows(desk, found.Tasks)
	for _, card := range found.Tasks {
		v.Line("%s", rows.row(card, card.Status.Name))
	}
	for _, hit := range found.Comments {
		v.Line("%s %s wrote: %s", hit.Key, board.Plain(hit.Author), cut(board.Plain(hit.Content), 160))
	}
	if found.Full {
		v.Line("There may be more: raise limit, or add words.")
	}
	return v
}
