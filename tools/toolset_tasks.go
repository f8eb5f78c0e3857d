package tools

import (
	"context"

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
	Text       string         `json:"text,omitempty" jsonschema:"Words in title or description"`
	Overdue    bool           `json:"overdue,omitempty" jsonschema:"Open, due before today"`
	Due        string         `json:"due,omitempty" jsonschema:"this week, before friday, 2026-12-01..2026-12-15, none"`
	Created    string         `json:"created,omitempty" jsonschema:"As due: last 7 days, since monday"`
	Changed    string         `json:"changed,omitempty" jsonschema:"Last change, as created"`
	Finished   string         `json:"finished,omitempty" jsonschema:"As created"`
	Relation   board.Standing `json:"relation,omitempty" jsonschema:"blocked, blocking, has_open_subtasks, subtasks_done, or subtask of WEB-12"`
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
	CountBy []board.Grouping `json:"count_by,omitempty" jsonschema:"Counts by one or two of these instead"`
	Sort    board.Order      `json:"sort,omitempty" jsonschema:"Default: due"`
	Limit   int              `json:"limit,omitempty" jsonschema:"Rows, 1 to 200; default 50"`
	Page    int              `json:"page,omitempty" jsonschema:"From 1"`
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
	listing.People = desk.PeopleOf(ctx, listing.Projects...)
	if len(in.CountBy) > 0 {
		return countView(desk, listing, in, window)
	}
	if in.Sort == board.Unchanged {
		if err := desk.TellChanges(ctx, &listing); err != nil {
			return View{}, err
		}
	}
	board.Sort(listing.Cards, in.Sort)
	return listingView(desk, listing, in, window), nil
})

type getTaskIn struct {
	Task    string       `json:"task" jsonschema:"WEB-12, id or address"`
	Include []board.Part `json:"include,omitempty" jsonschema:"What to show; default: description"`
	Full    bool         `json:"full,omitempty" jsonschema:"Long texts as whole as can be"`
}

var getTask = define(Spec{
	Name: "get_task", Title: "Get task", Effect: Reads,
	About: "Reads one task, with its description or what else include names.",
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
	Limit     int    `json:"limit,omitempty" jsonschema:"Of each kind, 1 to 50; default 20"`
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
	v.Line("%s.", findingsHeading(found))
	rows := newRows(desk, found.Tasks)
	for _, card := range found.Tasks {
		v.Line("%s", rows.row(card, statusFact(card)))
	}
	for _, hit := range found.Comments {
		v.Line("%s %s wrote: %s", hit.Key, board.Plain(hit.Author), cut(board.Plain(hit.Content), 160))
	}
	if found.Full {
		v.Line("There may be more: raise limit, or add words.")
	}
	return v
}

func findingsHeading(found board.Findings) string {
	tasks, comments := count(len(found.Tasks), "task"), count(len(found.Comments), "comment")
	switch {
	case len(found.Tasks)+len(found.Comments) == 0:
		return "Nothing found"
	case len(found.Comments) == 0:
		return tasks
	case len(found.Tasks) == 0:
		return comments
	}
	return tasks + ", " + comments
}
