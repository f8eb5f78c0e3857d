package tools

import (
	"context"
	"fmt"
	"strings"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

func boardToolset() Toolset {
	return Toolset{
		Name:  "board",
		About: "projects and their boards",
		Tools: []Tool{listProjects, getProject, getBoard},
	}
}

type listProjectsIn struct {
	Workspace string `json:"workspace,omitempty" jsonschema:"Default: all of yours"`
	Archived  bool   `json:"archived,omitempty" jsonschema:"Also archived projects"`
}

var listProjects = define(Spec{
	Name: "list_projects", Title: "List projects", Effect: Reads,
	About: "Lists projects: key, name, number of tasks, share done.",
}, func(ctx context.Context, desk *board.Desk, in listProjectsIn) (View, error) {
	projects, err := desk.Projects(ctx, in.Workspace, in.Archived)
	if err != nil {
		return View{}, err
	}
	var v View
	v.Line("%s.", count(len(projects), "project"))
	for _, p := range projects {
		v.Line("%s", projectRow(p))
	}
	return v, nil
})

func projectRow(p kaneo.Project) string {
	row := fmt.Sprintf("%s | %s", short(board.ProjectTitle(p)), count(p.Statistics.TotalTasks, "task"))
	if p.Statistics.TotalTasks > 0 {
		row += fmt.Sprintf(", %d%% done", p.Statistics.CompletionPercentage)
	}
	if !p.ArchivedAt.IsZero() {
		row += " | archived"
	}
	return row
}

type getProjectIn struct {
	Project   string `json:"project,omitempty" jsonschema:"Key, name or id; default: the only one"`
	Workspace string `json:"workspace,omitempty" jsonschema:"Where a project's name is not unique"`
}

var getProject = define(Spec{
	Name: "get_project", Title: "Get project", Effect: Reads,
	About: "What one needs to write in a project: statuses, labels, fields, people.",
}, func(ctx context.Context, desk *board.Desk, in getProjectIn) (View, error) {
	profile, err := desk.Profile(ctx, in.Workspace, in.Project)
	if err != nil {
		return View{}, err
	}
	var v View
	v.Line("%s", projectRow(profile.Project))
	if text := board.PlainText(profile.Project.Description); text != "" {
		v.Line("%s", quote(cut(text, descriptionLength)))
	}
	v.Line("Statuses: %s", statusNames(profile.Statuses))
	v.Line("Labels: %s", orNone(profile.Labels, func(l kaneo.Label) string { return l.Name }))
	if len(profile.Custom) > 0 {
		v.Line("Fields: %s", fieldDefinitions(desk, profile.Custom))
	}
	v.Line("People: %s", orNone(profile.Members, func(m kaneo.Member) string { return fmt.Sprintf("%s (%s)", m.Name, m.Role) }))
	return v, nil
})

func statusNames(statuses []board.Status) string {
	names := make([]string, len(statuses))
	for i, status := range statuses {
		names[i] = short(status.Name)
		if status.Done {
			names[i] += " (final)"
		}
	}
	return strings.Join(names, ", ")
}

func orNone[T any](items []T, name func(T) string) string {
	if len(items) == 0 {
		return "none"
	}
	return strings.Join(worded(items, func(item T) string { return short(name(item)) }), ", ")
}

type getBoardIn struct {
	Project  string   `json:"project,omitempty" jsonschema:"Key, name or id; default: the only one"`
	Statuses []string `json:"statuses,omitempty" jsonschema:"As in list_tasks; default: all but archived"`
	Digest   bool     `json:"digest,omitempty" jsonschema:"Also count blocked and stale tasks"`
}

var getBoard = define(Spec{
	Name: "get_board", Title: "Get board", Effect: Reads,
	About: "Shows a project's board: its columns and their tasks. For a selection use list_tasks.",
}, func(ctx context.Context, desk *board.Desk, in getBoardIn) (View, error) {
	sheet, err := desk.Sheet(ctx, in.Project, in.Statuses)
	if err == nil && in.Digest {
		err = desk.Survey(ctx, &sheet)
	}
	if err != nil {
		return View{}, err
	}
	sheet.People = desk.PeopleOf(ctx, sheet.Project)
	return boardView(desk, sheet), nil
})

// What a board shows before it counts the rest: so many tasks, and so many bytes of them, some 2,500 tokens.
const (
	boardRows  = 125
	boardBytes = 9000
)

func boardView(desk *board.Desk, sheet board.Sheet) View {
	var v View
	v.Line("%s: %s", short(board.ProjectTitle(sheet.Project)), digest(sheet.Digest))
	columns := columnRows(desk, sheet)
	for i, shown := range fairShares(columns, boardRows, boardBytes) {
		v.Line("%s", columnHeading(sheet.Columns[i], shown))
		v.rows(columns[i][:shown])
	}
	if sheet.Incomplete {
		v.Line("%s", incompleteNote)
	}
	return v
}

func columnRows(desk *board.Desk, sheet board.Sheet) [][]string {
	rows := newRows(desk, sheet.Cards(), sheet.People...)
	columns := make([][]string, len(sheet.Columns))
	for i, column := range sheet.Columns {
		for _, card := range column.Cards {
			columns[i] = append(columns[i], rows.row(card))
		}
	}
	return columns
}

func digest(d board.Digest) string {
	facts := []string{count(d.Tasks, "task")}
	for _, fact := range []struct {
		n    int
		what string
	}{{d.Overdue, "overdue"}, {d.Unassigned, "open unassigned"}, {d.Archived, "archived (not shown)"}} {
		if fact.n > 0 {
			facts = append(facts, fmt.Sprintf("%d %s", fact.n, fact.what))
		}
	}
	if d.Surveyed {
		facts = append(facts, fmt.Sprintf("%d blocked, %d stale (unchanged for two weeks)", d.Blocked, d.Stale))
	}
	return strings.Join(facts, ", ") + "."
}

func columnHeading(c board.SheetColumn, shown int) string {
	heading := fmt.Sprintf("## %s (%d)", short(c.Status.Name), len(c.Cards))
	if hidden := len(c.Cards) - shown; hidden > 0 {
		heading += fmt.Sprintf(": %d not shown; list_tasks with this status pages through all", hidden)
	}
	return heading
}

// fairShares says how many rows of each column are shown: short columns whole, and long ones share what is left.
func fairShares(columns [][]string, rows, bytes int) []int {
	shares := make([]int, len(columns))
	for open := true; open; {
		open = false
		for i, column := range columns {
			if shares[i] == len(column) {
				continue
			}
			if rows, bytes = rows-1, bytes-len(column[shares[i]]); rows < 0 || bytes < 0 {
				return shares
			}
			shares[i]++
			open = true
		}
	}
	return shares
}

const incompleteNote = "Kaneo counts more tasks than it showed: the board changed meanwhile, or some tasks have a status without a column. Repeat the call if this matters."
