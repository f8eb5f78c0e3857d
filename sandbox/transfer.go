package sandbox

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
)

func transferOperations() []operation {
	inProject := ofProject("projectId")
	row := object(shape{
		must("title", text), may("description", text), must("status", text), may("priority", text),
		may("startDate", nullable(text)), may("dueDate", nullable(text)), may("userId", nullable(text)),
	})
	return []operation{
		{method: get, path: "/api/task/export/{projectId}", scope: inProject, run: exportTasks},
		{method: post, path: "/api/task/import/{projectId}", scope: inProject, needs: "task:create", run: importTasks,
			body: shape{must("tasks", list(0, row))}},
	}
}

type exportedLabel struct {
	Name  string `json:"name"`
	Color string `json:"color"`
}

// exportedTask has neither id nor number.
type exportedTask struct {
	Title       string          `json:"title"`
	Description string          `json:"description"`
	Status      string          `json:"status"`
	Priority    string          `json:"priority"`
	DueDate     stamp           `json:"dueDate"`
	StartDate   stamp           `json:"startDate"`
	UserID      ref             `json:"userId"`
	Labels      []exportedLabel `json:"labels"`
}

type exportedProject struct {
	Name        string  `json:"name"`
	Slug        string  `json:"slug"`
	Description *string `json:"description"`
	ExportedAt  stamp   `json:"exportedAt"`
}

func exportTasks(k *Kaneo, c *call) (any, error) {
	p := k.projects.get(c.param("projectId"))
	tasks := k.tasksOf(p.ID)
	slices.SortStableFunc(tasks, func(a, b *task) int { return cmp.Compare(a.Position, b.Position) })
	rows := []exportedTask{}
	for _, t := range tasks {
		row := exportedTask{t.Title, textOf(t.Description), t.Status, t.Priority, t.DueDate, t.StartDate, t.UserID, []exportedLabel{}}
		for _, l := range k.labelsOf(t.ID) {
			row.Labels = append(row.Labels, exportedLabel{l.Name, l.Color})
		}
		rows = append(rows, row)
	}
	return struct {
		Project exportedProject `json:"project"`
		Tasks   []exportedTask  `json:"tasks"`
	}{exportedProject{p.Name, p.Slug, p.Description, k.now()}, rows}, nil
}

// importedRow is what came of one row.
type importedRow struct {
	Success  bool     `json:"success"`
	Task     any      `json:"task"` // the new row, or the input as it was
	Error    string   `json:"error,omitempty"`
	Warnings []string `json:"warnings,omitempty"`
}

type importAnswer struct {
	ImportedAt stamp `json:"importedAt"`
	Project    struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		Slug string `json:"slug"`
	} `json:"project"`
	Results struct {
		Total      int           `json:"total"`
		Successful int           `json:"successful"`
		Failed     int           `json:"failed"`
		Tasks      []importedRow `json:"tasks"`
	} `json:"results"`
}

// importTasks always answers 200: bad rows fail alone.
func importTasks(k *Kaneo, c *call) (any, error) {
	p := k.projects.get(c.param("projectId"))
	answer := importAnswer{ImportedAt: k.now()}
	answer.Project.ID, answer.Project.Name, answer.Project.Slug = p.ID, p.Name, p.Slug
	answer.Results.Tasks = []importedRow{}
	for _, sent := range input[struct{ Tasks []json.RawMessage }](c).Tasks {
		row := k.importRow(p.ID, sent, c.caller.user.ID)
		answer.Results.Total++
		if row.Success {
			answer.Results.Successful++
		} else {
			answer.Results.Failed++
		}
		answer.Results.Tasks = append(answer.Results.Tasks, row)
	}
	return answer, nil
}

type importInput struct {
	Title, Description, Status, Priority string
	StartDate, DueDate, UserID           *string
}

// importRow replaces an unknown status or priority, with a warning, and puts the
// task at position 0.
func (k *Kaneo) importRow(projectID string, sent json.RawMessage, by string) importedRow {
	var in importInput
	_ = json.Unmarshal(sent, &in)
	start, startOK := importDate(in.StartDate)
	due, dueOK := importDate(in.DueDate)
	if !startOK || !dueOK {
		return importedRow{Error: "Invalid time value", Task: sent}
	}
	if err := k.wantUser(textOf(in.UserID)); err != nil {
		return importedRow{Error: "Failed query: insert into \"task\"", Task: sent}
	}
	warnings := k.coerce(projectID, &in)
	t := k.newTask(projectID, task{
		Title: in.Title, Description: told(in.Description), Status: in.Status, Priority: in.Priority,
		StartDate: start, DueDate: due, UserID: ref(textOf(in.UserID)),
	})
	t.Position = 0
	k.announce(t, "create", by)
	return importedRow{Success: true, Task: t, Warnings: warnings}
}

func importDate(sent *string) (stamp, bool) {
	if textOf(sent) == "" {
		return stamp{}, true
	}
	return readDate(*sent)
}

// coerce makes status and priority valid and says what it replaced.
func (k *Kaneo) coerce(projectID string, in *importInput) (warnings []string) {
	if !slices.Contains(k.statuses(projectID), in.Status) {
		warnings = append(warnings, fmt.Sprintf(`Unknown status "%s" mapped to "planned"`, in.Status))
		in.Status = "planned"
	}
	if in.Priority == "" {
		in.Priority = "low"
	}
	if wantPriority(in.Priority) != nil {
		warnings = append(warnings, fmt.Sprintf(`Unknown priority "%s" mapped to "no-priority"`, in.Priority))
		in.Priority = "no-priority"
	}
	return warnings
}
