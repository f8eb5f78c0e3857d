package sandbox

import "slices"

func taskFieldOperations() []operation {
	one := func(name, needs string, field field, run func(*Kaneo, *call, *task) error) operation {
		return operation{
			method: put, path: "/api/task/" + name + "/{id}", scope: oneTask, needs: needs, body: shape{field},
			run: func(k *Kaneo, c *call) (any, error) { return changeTask(k, c, run) },
		}
	}
	return []operation{
		one("title", "task:update", must("title", text), setTitle),
		one("description", "task:update", must("description", text), setDescription),
		one("status", "task:update", must("status", text), setStatus),
		one("priority", "task:update", must("priority", oneOf(priorities()...)), setPriority),
		one("assignee", "task:assign", must("userId", nullable(text)), setAssignee),
		one("due-date", "task:update", may("dueDate", text), setDueDate),
	}
}

// changeTask runs one change and answers the row.
func changeTask(k *Kaneo, c *call, change func(*Kaneo, *call, *task) error) (any, error) {
	t, err := k.theTask(c)
	if err != nil {
		return nil, err
	}
	if err := change(k, c, t); err != nil {
		return nil, err
	}
	return t, nil
}

// taskField is the body of every single-field route.
type taskField struct {
	Title, Description, Status, Priority string
	UserID, DueDate                      *string
}

// setTitle leaves no trace when the title is the same.
func setTitle(k *Kaneo, c *call, t *task) error {
	in := input[taskField](c)
	if in.Title == t.Title {
		return nil
	}
	k.record(t.ID, "title_changed", c.caller.user.ID, event{"oldTitle": t.Title, "newTitle": in.Title})
	t.Title, t.UpdatedAt = in.Title, k.now()
	return nil
}

// setDescription leaves no history; it tells the users it newly names.
func setDescription(k *Kaneo, c *call, t *task) error {
	in := input[taskField](c)
	before := mentioned(textOf(t.Description))
	named := slices.DeleteFunc(mentioned(in.Description), func(id string) bool { return slices.Contains(before, id) })
	t.Description, t.UpdatedAt = told(in.Description), k.now()
	k.mention(named, c.caller.user, t)
	return nil
}

// textOf is "" for null.
func textOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// setStatus keeps the position, and writes history even when nothing changes.
func setStatus(k *Kaneo, c *call, t *task) error {
	in := input[taskField](c)
	if err := k.wantStatus(t.ProjectID, in.Status); err != nil {
		return err
	}
	old := t.Status
	k.place(t, in.Status)
	t.UpdatedAt = k.now()
	k.statusChanged(t, old, c.caller.user.ID)
	return nil
}

func (k *Kaneo) statusChanged(t *task, old, by string) {
	k.record(t.ID, "status_changed", by, event{"oldStatus": old, "newStatus": t.Status})
	if t.UserID != "" && string(t.UserID) != by {
		k.notify(string(t.UserID), "task_status_changed", t, event{"oldStatus": old, "newStatus": t.Status})
	}
}

func setPriority(k *Kaneo, c *call, t *task) error {
	in := input[taskField](c)
	k.record(t.ID, "priority_changed", c.caller.user.ID, event{"oldPriority": t.Priority, "newPriority": in.Priority})
	t.Priority, t.UpdatedAt = in.Priority, k.now()
	return nil
}

// setAssignee leaves no trace when the assignee is the same.
func setAssignee(k *Kaneo, c *call, t *task) error {
	id := textOf(input[taskField](c).UserID)
	if id == string(t.UserID) {
		return nil
	}
	if err := k.wantUser(id); err != nil {
		return err
	}
	k.assign(t, id, c.caller.user.ID)
	return nil
}

// assign gives a task to somebody, or to nobody, and tells them: oneself too.
func (k *Kaneo) assign(t *task, userID, by string) {
	t.UserID, t.UpdatedAt = ref(userID), k.now()
	if userID == "" {
		k.record(t.ID, "unassigned", by, event{})
		return
	}
	k.record(t.ID, "assignee_changed", by, event{
		"newAssignee": textOf(k.nameOf(t.UserID)), "newAssigneeId": userID, "isSelfAssigned": userID == by,
	})
	k.notify(userID, "task_assignee_changed", t, event{})
}

// setDueDate clears when the date is left out or empty, and does not look at the
// start date.
func setDueDate(k *Kaneo, c *call, t *task) error {
	in := input[taskField](c)
	var due stamp
	if textOf(in.DueDate) != "" {
		var err error
		if due, err = wantDate("dueDate", in.DueDate); err != nil {
			return err
		}
	}
	k.due(t, due, c.caller.user.ID)
	return nil
}

func (k *Kaneo) due(t *task, due stamp, by string) {
	k.record(t.ID, "due_date_changed", by, event{"oldDueDate": t.DueDate, "newDueDate": due})
	t.DueDate, t.UpdatedAt = due, k.now()
}
