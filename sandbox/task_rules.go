package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// priorities, weakest first.
func priorities() []string { return []string{"no-priority", "low", "medium", "high", "urgent"} }

// isBucket names the statuses every project has besides its columns.
func isBucket(status string) bool { return status == "planned" || status == "archived" }

// statuses are what a task of this project may be in.
func (k *Kaneo) statuses(projectID string) []string {
	var valid []string
	for _, col := range k.columnsOf(projectID) {
		valid = append(valid, col.Slug)
	}
	return append(valid, "planned", "archived")
}

func (k *Kaneo) wantStatus(projectID, status string) error {
	valid := k.statuses(projectID)
	if slices.Contains(valid, status) {
		return nil
	}
	return bad(fmt.Sprintf(`Invalid status "%s". Valid statuses for this project: %s`, status, strings.Join(valid, ", ")))
}

func wantPriority(priority string) error {
	if slices.Contains(priorities(), priority) {
		return nil
	}
	return bad(fmt.Sprintf(`Invalid priority "%s". Valid values: %s`, priority, strings.Join(priorities(), ", ")))
}

// tasksOf lists a project's tasks, oldest first.
func (k *Kaneo) tasksOf(projectID string) []*task {
	return k.tasks.where(func(t *task) bool { return t.ProjectID == projectID })
}

// place puts a task into a status, and so into its column, if that has one.
func (k *Kaneo) place(t *task, status string) {
	t.Status, t.ColumnID = status, ""
	if col := k.columnOf(t.ProjectID, status); col != nil {
		t.ColumnID = ref(col.ID)
	}
}

// nextPosition is one below the last task of a status.
func (k *Kaneo) nextPosition(projectID, status string) int {
	there := k.tasks.where(func(t *task) bool { return t.ProjectID == projectID && t.Status == status })
	return 1 + last(there, func(t *task) int { return t.Position }, 0)
}

// claimNumber takes the project's next number; none comes twice.
func (k *Kaneo) claimNumber(projectID string) int {
	p := k.projects.get(projectID)
	p.LastNumber++
	return p.LastNumber
}

// nameOf is a user's name, or nil for nobody.
func (k *Kaneo) nameOf(userID ref) *string {
	if u := k.users.get(string(userID)); u != nil {
		return &u.Name
	}
	return nil
}

// oneTask is the scope of a call about the task of the path.
func oneTask(k *Kaneo, c *call) (string, error) { return ofTask("id")(k, c) }

// theTask is the task of the path, or a true 404.
func (k *Kaneo) theTask(c *call) (*task, error) {
	if t := k.tasks.get(c.param("id")); t != nil {
		return t, nil
	}
	return nil, missing("Task")
}

// wantUser lets "" pass; a user of no workspace of the task is fine, an unknown
// one breaks a database rule.
func (k *Kaneo) wantUser(id string) error {
	if id != "" && k.users.get(id) == nil {
		return errStumbled
	}
	return nil
}

func assigneeMissing() error { return refuse(http.StatusNotFound, "Assignee not found") }
