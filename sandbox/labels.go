package sandbox

import "net/http"

func labelOperations() []operation {
	byID := lookedUp("id", (*Kaneo).workspaceOfLabel)
	return []operation{
		{method: get, path: "/api/label/workspace/{workspaceId}", scope: ofPath, run: listWorkspaceLabels},
		{method: get, path: "/api/label/task/{taskId}", scope: ofTask("taskId"), run: listTaskLabels},
		{method: post, path: "/api/label", scope: ofBody, needs: "label:create", run: createLabel,
			body: shape{must("name", text), must("color", text), must("workspaceId", text), may("taskId", text)}},
		{method: get, path: "/api/label/{id}", scope: byID, run: getLabel},
		{method: put, path: "/api/label/{id}", scope: byID, needs: "label:update", run: updateLabel,
			body: shape{must("name", text), must("color", text)}},
		{method: remove, path: "/api/label/{id}", scope: byID, needs: "label:delete", run: deleteLabel},
		{method: put, path: "/api/label/{id}/task", scope: byID, needs: "label:update", run: attachLabel,
			body: shape{must("taskId", text)}},
		{method: remove, path: "/api/label/{id}/task", scope: byID, needs: "label:update", run: detachLabel},
	}
}

func (k *Kaneo) workspaceOfLabel(id string) string {
	if l := k.labels.get(id); l != nil {
		return string(l.WorkspaceID)
	}
	return ""
}

// labelsOf are the copies a task carries.
func (k *Kaneo) labelsOf(taskID string) []*label {
	return k.labels.where(func(l *label) bool { return string(l.TaskID) == taskID })
}

// copyOn is a task's copy of a label, or nil.
func (k *Kaneo) copyOn(taskID, name string) *label {
	return k.labels.first(func(l *label) bool { return string(l.TaskID) == taskID && l.Name == name })
}

// original is the workspace's label of that name, or nil.
func (k *Kaneo) original(workspaceID, name string) *label {
	return k.labels.first(func(l *label) bool {
		return string(l.WorkspaceID) == workspaceID && l.TaskID == "" && l.Name == name
	})
}

// newLabel makes an original, or with a task the copy on it.
func (k *Kaneo) newLabel(workspaceID, taskID, name, color string) *label {
	now := k.now()
	l := &label{
		ID: boardID(), Name: name, Color: color, CreatedAt: now, UpdatedAt: now,
		TaskID: ref(taskID), WorkspaceID: ref(workspaceID),
	}
	return k.labels.put(l.ID, l)
}

// theLabel is the label of the path, or a true 404.
func (k *Kaneo) theLabel(c *call) (*label, error) {
	if l := k.labels.get(c.param("id")); l != nil {
		return l, nil
	}
	return nil, missing("Label")
}

// listWorkspaceLabels lists originals and every copy.
func listWorkspaceLabels(k *Kaneo, c *call) (any, error) {
	return k.labels.where(func(l *label) bool { return string(l.WorkspaceID) == c.workspace }), nil
}

func listTaskLabels(k *Kaneo, c *call) (any, error) { return k.labelsOf(c.param("taskId")), nil }

// createLabel answers the existing one of that name unchanged.
func createLabel(k *Kaneo, c *call) (any, error) {
	in := input[struct {
		Name, Color string
		TaskID      *string
	}](c)
	taskID := textOf(in.TaskID)
	existing := k.original(c.workspace, in.Name)
	if taskID != "" {
		if k.workspaceOfTask(taskID) != c.workspace {
			return nil, missing("Task")
		}
		existing = k.copyOn(taskID, in.Name)
	}
	if existing != nil {
		return existing, nil
	}
	return k.newLabel(c.workspace, taskID, in.Name, in.Color), nil
}

func getLabel(k *Kaneo, c *call) (any, error) { return k.theLabel(c) }

// copiesOf are all copies that go by an original's name.
func (k *Kaneo) copiesOf(l *label) []*label {
	if l.TaskID != "" {
		return nil
	}
	return k.labels.where(func(other *label) bool {
		return other.WorkspaceID == l.WorkspaceID && other.Name == l.Name && other.TaskID != ""
	})
}

// updateLabel takes an original's copies along; a copy changes alone. A taken
// name breaks a database rule.
func updateLabel(k *Kaneo, c *call) (any, error) {
	in := input[struct{ Name, Color string }](c)
	l, err := k.theLabel(c)
	if err != nil {
		return nil, err
	}
	changing := append(k.copiesOf(l), l)
	for _, row := range changing {
		if k.nameTaken(row, in.Name) {
			return nil, errStumbled
		}
	}
	for _, row := range changing {
		row.Name, row.Color, row.UpdatedAt = in.Name, in.Color, k.now()
	}
	return l, nil
}

// nameTaken says whether another row beside this one has the name.
func (k *Kaneo) nameTaken(l *label, name string) bool {
	other := k.copyOn(string(l.TaskID), name)
	if l.TaskID == "" {
		other = k.original(string(l.WorkspaceID), name)
	}
	return other != nil && other != l
}

// deleteLabel takes an original off every task; a newer Kaneo does so in
// portions, and says 202 until it is through.
func deleteLabel(k *Kaneo, c *call) (any, error) {
	l, err := k.theLabel(c)
	if err != nil {
		return nil, err
	}
	copies := k.copiesOf(l)
	if k.portion > 0 && len(copies) > k.portion {
		for _, row := range copies[:k.portion] {
			k.labels.drop(row.ID)
		}
		return answer(http.StatusAccepted, pendingLabel{l, true, k.now()}), nil
	}
	for _, row := range append(copies, l) {
		k.labels.drop(row.ID)
	}
	return l, nil
}

// pendingLabel is a label of which copies are left.
type pendingLabel struct {
	*label
	Pending bool  `json:"pendingDeletion"`
	Since   stamp `json:"deletionStartedAt"`
}

// attachLabel makes, or finds, the task's copy. Given a copy it moves that one:
// the other task loses it.
func attachLabel(k *Kaneo, c *call) (any, error) {
	l, err := k.theLabel(c)
	if err != nil {
		return nil, err
	}
	taskID := input[struct{ TaskID string }](c).TaskID
	switch {
	case k.tasks.get(taskID) == nil:
		return nil, missing("Task")
	case k.workspaceOfTask(taskID) != string(l.WorkspaceID):
		return nil, bad("Label and task must belong to the same workspace")
	case string(l.TaskID) == taskID:
		return l, nil
	}
	if l.TaskID != "" {
		k.labels.drop(l.ID)
	}
	if existing := k.copyOn(taskID, l.Name); existing != nil {
		return existing, nil
	}
	return k.newLabel(string(l.WorkspaceID), taskID, l.Name, l.Color), nil
}

func detachLabel(k *Kaneo, c *call) (any, error) {
	l, err := k.theLabel(c)
	if err != nil {
		return nil, err
	}
	if l.TaskID == "" {
		return nil, bad("Label is not assigned to a task")
	}
	k.labels.drop(l.ID)
	return l, nil
}
