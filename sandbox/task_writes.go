package sandbox

import (
	"math"
	"strings"
)

func taskWriteOperations() []operation {
	assigned := may("userId", text)
	dates := shape{may("startDate", text), may("dueDate", text)}
	return []operation{
		{method: post, path: "/api/task/{projectId}", scope: ofProject("projectId"), needs: "task:create", run: createTask,
			body: shape{must("title", text), must("description", text), dates[0], dates[1],
				must("priority", oneOf(priorities()...)), must("status", text), assigned}},
		{method: put, path: "/api/task/{id}", scope: oneTask, needs: "task:update", run: updateTask,
			body: shape{must("title", text), must("description", text), dates[0], dates[1],
				must("priority", oneOf(priorities()...)), must("status", text),
				must("projectId", text), must("position", number), assigned}},
		{method: put, path: "/api/task/move/{id}", scope: oneTask, needs: "task:update", run: moveTask,
			body: shape{must("destinationProjectId", text), may("destinationStatus", text)}},
		{method: patch, path: "/api/task/bulk", scope: ofTasks, run: bulkUpdate,
			body: shape{must("taskIds", list(1, text)), must("operation", oneOf(bulkOperations()...)), may("value", nullable(text))}},
		{method: remove, path: "/api/task/{id}", scope: oneTask, needs: "task:delete", run: deleteTask},
	}
}

// fullTask is the body of create and of the full update.
type fullTask struct {
	Title, Description, Priority, Status string
	ProjectID                            string
	Position                             float64
	StartDate, DueDate                   *string
	UserID                               string
	CustomFields                         []givenValue // of create
}

// createdTask is a new row; only an assigned one names its assignee.
type createdTask struct {
	*task
	AssigneeName *string `json:"assigneeName,omitempty"`
}

func createTask(k *Kaneo, c *call) (any, error) {
	in := input[fullTask](c)
	start, due, err := wantRange(in.StartDate, in.DueDate)
	if err != nil {
		return nil, err
	}
	if in.Status == "" {
		in.Status = "to-do"
	}
	if err := k.wantStatus(c.param("projectId"), in.Status); err != nil {
		return nil, err
	}
	in.UserID = strings.TrimSpace(in.UserID)
	if in.UserID != "" && k.users.get(in.UserID) == nil {
		return nil, assigneeMissing()
	}
	if err := k.wantFields(c.param("projectId"), in.CustomFields); err != nil {
		return nil, err
	}
	t := k.newTask(c.param("projectId"), task{
		Title: in.Title, Description: told(in.Description), Priority: in.Priority, Status: in.Status,
		StartDate: start, DueDate: due, UserID: ref(in.UserID),
	})
	k.fill(t, in.CustomFields)
	k.announce(t, "created", c.caller.user.ID)
	return createdTask{t, k.nameOf(t.UserID)}, nil
}

// newTask puts a task at the end of its column and gives it a number.
func (k *Kaneo) newTask(projectID string, t task) *task {
	now := k.now()
	t.ID, t.ProjectID, t.CreatedAt, t.UpdatedAt = boardID(), projectID, now, now
	t.Number, t.Position = k.claimNumber(projectID), k.nextPosition(projectID, t.Status)
	k.place(&t, t.Status)
	return k.tasks.put(t.ID, &t)
}

// announce writes the first row of a task's history and tells the assignee.
func (k *Kaneo) announce(t *task, kind, by string) {
	k.record(t.ID, kind, by, event{})
	if t.UserID != "" && string(t.UserID) != by {
		k.notify(string(t.UserID), "task_created", t, event{})
	}
}

// updateTask replaces everything: what is left out of dates and assignee is
// cleared (kaneo-api.md §12, 2).
func updateTask(k *Kaneo, c *call) (any, error) {
	in := input[fullTask](c)
	t := k.tasks.get(c.param("id"))
	if t != nil && string(t.UserID) != in.UserID {
		if err := k.permit(c, "task:assign"); err != nil {
			return nil, err
		}
	}
	start, due, err := wantRange(in.StartDate, in.DueDate)
	if err != nil {
		return nil, err
	}
	if t == nil {
		return nil, missing("Task")
	}
	if err := k.wantReplacement(t, in); err != nil {
		return nil, err
	}
	old := t.Status
	t.Title, t.Description, t.Priority, t.Position = in.Title, told(in.Description), in.Priority, int(in.Position)
	t.StartDate, t.DueDate, t.UserID, t.UpdatedAt = start, due, ref(in.UserID), k.now()
	k.place(t, in.Status)
	if old != in.Status {
		k.statusChanged(t, old, c.caller.user.ID)
	}
	return t, nil
}

func (k *Kaneo) wantReplacement(t *task, in fullTask) error {
	if in.ProjectID != t.ProjectID {
		return bad("Use the task move endpoint to move tasks between projects")
	}
	if err := k.wantStatus(t.ProjectID, in.Status); err != nil {
		return err
	}
	if in.Position != math.Trunc(in.Position) || math.Abs(in.Position) > math.MaxInt32 {
		return errStumbled
	}
	return k.wantUser(in.UserID)
}

func deleteTask(k *Kaneo, c *call) (any, error) {
	t, err := k.theTask(c)
	if err != nil {
		return nil, err
	}
	gone := k.view(t)
	k.dropTask(t.ID)
	return gone, nil
}

// dropTask forgets a task and all that hangs on it; subtasks stay.
func (k *Kaneo) dropTask(id string) {
	k.labels.dropAll(func(l *label) bool { return string(l.TaskID) == id })
	k.values.dropAll(func(v *fieldValue) bool { return v.TaskID == id })
	k.activities.dropAll(func(a *activity) bool { return a.TaskID == id })
	k.relations.dropAll(func(r *relation) bool { return r.SourceID == id || r.TargetID == id })
	k.entries.dropAll(func(e *timeEntry) bool { return e.TaskID == id })
	k.assets.dropAll(func(a *asset) bool { return a.TaskID == id })
	k.tasks.drop(id)
}
