package sandbox

import "slices"

// moveTask takes a task to the end of a column of another project, under a new
// number. What hangs on it goes along.
func moveTask(k *Kaneo, c *call) (any, error) {
	in := input[struct{ DestinationProjectID, DestinationStatus string }](c)
	t, err := k.theTask(c)
	if err != nil {
		return nil, err
	}
	from, to := k.projects.get(t.ProjectID), k.projects.get(in.DestinationProjectID)
	switch {
	case in.DestinationProjectID == t.ProjectID:
		return nil, bad("Task is already in that project")
	case to == nil:
		return nil, missing("Project")
	case from.WorkspaceID != to.WorkspaceID:
		return nil, bad("Tasks can only be moved within the same workspace")
	}
	status, err := k.landing(to.ID, t.Status, in.DestinationStatus)
	if err != nil {
		return nil, err
	}
	k.record(t.ID, "moved", c.caller.user.ID, event{
		"fromProjectId": from.ID, "fromProjectName": from.Name, "toProjectId": to.ID, "toProjectName": to.Name,
		"oldStatus": t.Status, "newStatus": status,
	})
	t.Number, t.Position = k.claimNumber(to.ID), k.nextPosition(to.ID, status)
	t.ProjectID, t.UpdatedAt = to.ID, k.now()
	k.place(t, status)
	return struct {
		Task *task  `json:"task"`
		From string `json:"sourceProjectId"`
		To   string `json:"destinationProjectId"`
	}{t, from.ID, to.ID}, nil
}

// landing is the status a moved task gets: the wanted one, its own where the
// target has such a column, else the first column. Buckets do not count.
func (k *Kaneo) landing(projectID, current, wanted string) (string, error) {
	columns := k.columnsOf(projectID)
	has := func(slug string) bool {
		return slices.ContainsFunc(columns, func(col *column) bool { return col.Slug == slug })
	}
	switch {
	case len(columns) == 0:
		return "", bad("Destination project does not have a workflow")
	case wanted != "" && !has(wanted):
		return "", bad("Selected status is not valid for the destination project")
	case wanted != "":
		return wanted, nil
	case has(current):
		return current, nil
	}
	return columns[0].Slug, nil
}
