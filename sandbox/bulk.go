package sandbox

import (
	"net/http"
	"slices"
)

func bulkOperations() []string {
	return []string{"updateStatus", "updatePriority", "updateAssignee", "delete", "addLabel", "removeLabel", "updateDueDate"}
}

// bulkOrder is one operation on many tasks.
type bulkOrder struct {
	TaskIDs   []string
	Operation string
	Value     *string
}

// ofTasks finds the one workspace of all the tasks named.
func ofTasks(k *Kaneo, c *call) (string, error) {
	var found string
	for _, t := range k.named(input[bulkOrder](c).TaskIDs) {
		workspace := k.workspaceOfProject(t.ProjectID)
		if found != "" && workspace != found {
			return "", bad("All tasks must belong to the same workspace")
		}
		found = workspace
	}
	if found == "" {
		return "", refuse(http.StatusNotFound, "No tasks found")
	}
	return found, nil
}

// named are the known ones of some tasks, each once.
func (k *Kaneo) named(ids []string) []*task {
	return k.tasks.where(func(t *task) bool { return slices.Contains(ids, t.ID) })
}

func bulkNeeds(operation string) string {
	switch operation {
	case "delete":
		return "task:delete"
	case "updateAssignee":
		return "task:assign"
	case "addLabel", "removeLabel":
		return "label:update"
	}
	return "task:update"
}

func bulkUpdate(k *Kaneo, c *call) (any, error) {
	in := input[bulkOrder](c)
	if err := k.permit(c, bulkNeeds(in.Operation)); err != nil {
		return nil, err
	}
	if k.memberOf(c.workspace, c.caller.user.ID) == nil {
		return nil, noAccess() // the one place where administering the instance is not enough
	}
	_, given := input[map[string]any](c)["value"]
	if !given && in.Operation != "delete" && in.Operation != "updateDueDate" {
		return nil, bad("Value is required for this operation")
	}
	count, err := k.bulk(c, in, k.named(in.TaskIDs))
	if err != nil {
		return nil, err
	}
	return struct {
		Success bool `json:"success"`
		Count   int  `json:"updatedCount"`
	}{true, count}, nil
}

// bulk runs the operation and says how many rows it changed.
func (k *Kaneo) bulk(c *call, in bulkOrder, tasks []*task) (int, error) {
	value, by := textOf(in.Value), c.caller.user.ID
	switch in.Operation {
	case "updateStatus":
		return k.bulkStatus(tasks, value, by)
	case "updatePriority":
		return k.bulkPriority(tasks, value, by)
	case "updateAssignee":
		return k.bulkAssignee(tasks, value, by)
	case "updateDueDate":
		return k.bulkDueDate(tasks, value, by)
	case "addLabel":
		return k.bulkAddLabel(c.workspace, tasks, value)
	case "removeLabel":
		return k.bulkRemoveLabel(c.workspace, tasks, value)
	}
	for _, t := range tasks {
		k.dropTask(t.ID)
	}
	return len(tasks), nil
}

// bulkStatus goes project by project: what precedes a project without that
// status stays changed. History lacks the old value and nobody is told.
func (k *Kaneo) bulkStatus(tasks []*task, status, by string) (int, error) {
	if status == "" {
		return 0, bad("Status value is required")
	}
	for _, t := range tasks {
		if err := k.wantStatus(t.ProjectID, status); err != nil {
			return 0, err
		}
		k.place(t, status)
		t.UpdatedAt = k.now()
		k.record(t.ID, "status_changed", by, event{"newStatus": status})
	}
	return len(tasks), nil
}

func (k *Kaneo) bulkPriority(tasks []*task, priority, by string) (int, error) {
	if priority == "" {
		return 0, bad("Priority value is required")
	}
	if err := wantPriority(priority); err != nil {
		return 0, err
	}
	for _, t := range tasks {
		t.Priority, t.UpdatedAt = priority, k.now()
		k.record(t.ID, "priority_changed", by, event{"newPriority": priority})
	}
	return len(tasks), nil
}

func (k *Kaneo) bulkAssignee(tasks []*task, userID, by string) (int, error) {
	if err := k.wantUser(userID); err != nil {
		return 0, err
	}
	for _, t := range tasks {
		k.assign(t, userID, by)
	}
	return len(tasks), nil
}

func (k *Kaneo) bulkDueDate(tasks []*task, value, by string) (int, error) {
	var due stamp
	if value != "" {
		var readable bool
		if due, readable = readDate(value); !readable {
			return 0, bad(`Invalid date value "` + value + `"`)
		}
	}
	for _, t := range tasks {
		k.due(t, due, by)
	}
	return len(tasks), nil
}

// bulkAddLabel copies a label, given by any of its rows, to the tasks without one
// of that name.
func (k *Kaneo) bulkAddLabel(workspaceID string, tasks []*task, id string) (int, error) {
	l, err := k.bulkLabel(id)
	if err != nil {
		return 0, err
	}
	if string(l.WorkspaceID) != workspaceID {
		return 0, bad("Label and tasks must belong to the same workspace")
	}
	added := 0
	for _, t := range tasks {
		if k.copyOn(t.ID, l.Name) == nil {
			k.newLabel(workspaceID, t.ID, l.Name, l.Color)
			added++
		}
	}
	return added, nil
}

// bulkRemoveLabel removes by name.
func (k *Kaneo) bulkRemoveLabel(workspaceID string, tasks []*task, id string) (int, error) {
	l, err := k.bulkLabel(id)
	if err != nil {
		return 0, err
	}
	name := l.Name
	return k.labels.dropAll(func(l *label) bool {
		return string(l.WorkspaceID) == workspaceID && l.Name == name &&
			slices.ContainsFunc(tasks, func(t *task) bool { return t.ID == string(l.TaskID) })
	}), nil
}

func (k *Kaneo) bulkLabel(id string) (*label, error) {
	if id == "" {
		return nil, bad("Label ID is required")
	}
	if l := k.labels.get(id); l != nil {
		return l, nil
	}
	return nil, missing("Label")
}
