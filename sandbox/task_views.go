package sandbox

// taskView is how one task is read; it has no column, no change time and no
// labels (kaneo-api.md §7).
type taskView struct {
	ID           string  `json:"id"`
	Title        string  `json:"title"`
	Number       int     `json:"number"`
	Description  *string `json:"description"`
	Status       string  `json:"status"`
	Priority     string  `json:"priority"`
	StartDate    stamp   `json:"startDate"`
	DueDate      stamp   `json:"dueDate"`
	Position     int     `json:"position"`
	CreatedAt    stamp   `json:"createdAt"`
	UserID       ref     `json:"userId"`
	AssigneeName *string `json:"assigneeName"`
	AssigneeID   ref     `json:"assigneeId"`
	ProjectID    string  `json:"projectId"`
}

func (k *Kaneo) view(t *task) taskView {
	return taskView{
		ID: t.ID, Title: t.Title, Number: t.Number, Description: t.Description, Status: t.Status, Priority: t.Priority,
		StartDate: t.StartDate, DueDate: t.DueDate, Position: t.Position, CreatedAt: t.CreatedAt,
		UserID: t.UserID, AssigneeName: k.nameOf(t.UserID), AssigneeID: t.UserID, ProjectID: t.ProjectID,
	}
}

func taskReadOperations() []operation {
	return []operation{
		{method: get, path: "/api/task/tasks/{projectId}", scope: ofProject("projectId"), query: boardQuery(), run: getBoard},
		{method: get, path: "/api/task/{id}", scope: oneTask, run: getTask},
	}
}

func getTask(k *Kaneo, c *call) (any, error) {
	t, err := k.theTask(c)
	if err != nil {
		return nil, err
	}
	return k.view(t), nil
}
