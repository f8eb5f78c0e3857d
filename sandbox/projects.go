package sandbox

import (
	"cmp"
	"slices"
)

func projectOperations() []operation {
	byID := ofProject("id")
	return []operation{
		{method: get, path: "/api/project", scope: ofQuery, run: listProjects,
			query: shape{must("workspaceId", text), may("includeArchived", text)}},
		{method: post, path: "/api/project", scope: ofBody, needs: "project:create", run: createProject,
			body: shape{must("name", text), must("workspaceId", text), must("icon", text), must("slug", text)}},
		{method: get, path: "/api/project/{id}", scope: byID, run: getProject},
		{method: put, path: "/api/project/{id}", scope: byID, needs: "project:update", run: updateProject,
			body: shape{must("name", text), must("icon", text), must("slug", text), must("description", text), must("isPublic", boolean)}},
		{method: remove, path: "/api/project/{id}", scope: byID, needs: "project:delete", run: deleteProject},
		{method: put, path: "/api/project/{id}/archive", scope: byID, needs: "project:update", run: archiveProject},
		{method: put, path: "/api/project/{id}/unarchive", scope: byID, needs: "project:update", run: unarchiveProject},
		{method: put, path: "/api/project/reorder", scope: ofQuery, needs: "project:update", run: reorderProjects,
			query: shape{must("workspaceId", text)},
			body:  shape{must("projects", list(1, object(shape{must("id", text), must("position", whole(0))})))}},
		{method: get, path: "/api/public-project/{id}", public: true, query: boardQuery(), run: publicProject},
	}
}

// projectsOf lists a workspace's projects in their order.
func (k *Kaneo) projectsOf(workspaceID string) []*project {
	found := k.projects.where(func(p *project) bool { return p.WorkspaceID == workspaceID })
	slices.SortStableFunc(found, func(a, b *project) int { return cmp.Compare(a.Position, b.Position) })
	return found
}

// listedProject is a project in the list: with statistics, and with buckets
// that are always empty.
type listedProject struct {
	*project
	Statistics    statistics `json:"statistics"`
	ArchivedTasks []task     `json:"archivedTasks"`
	PlannedTasks  []task     `json:"plannedTasks"`
	Columns       []column   `json:"columns"`
}

type statistics struct {
	TotalTasks           int   `json:"totalTasks"`
	CompletionPercentage int   `json:"completionPercentage"`
	DueDate              stamp `json:"dueDate"`
}

func listProjects(k *Kaneo, c *call) (any, error) {
	listed := []listedProject{}
	for _, p := range k.projectsOf(c.workspace) {
		if p.ArchivedAt.IsZero() || c.query.Get("includeArchived") == "true" {
			listed = append(listed, listedProject{p, k.statisticsOf(p), []task{}, []task{}, []column{}})
		}
	}
	return listed, nil
}

// statisticsOf counts the statuses named done and archived as complete, whatever
// the columns say (kaneo-api.md §7).
func (k *Kaneo) statisticsOf(p *project) statistics {
	var s statistics
	complete := 0
	for _, t := range k.tasksOf(p.ID) {
		s.TotalTasks++
		if t.Status == "done" || t.Status == "archived" {
			complete++
		}
		if !t.DueDate.IsZero() && (s.DueDate.IsZero() || t.DueDate.Before(s.DueDate.Time)) {
			s.DueDate = t.DueDate
		}
	}
	if s.TotalTasks > 0 {
		s.CompletionPercentage = (200*complete + s.TotalTasks) / (2 * s.TotalTasks) // rounded
	}
	return s
}

func createProject(k *Kaneo, c *call) (any, error) {
	in := input[struct{ Name, Icon, Slug string }](c)
	return k.newProject(c.workspace, in.Name, in.Slug, in.Icon), nil
}

// newProject makes a project and its four columns.
func (k *Kaneo) newProject(workspaceID, name, slug, icon string) *project {
	p := &project{
		ID: boardID(), WorkspaceID: workspaceID, Slug: slug, Icon: told(icon), Name: name, CreatedAt: k.now(),
		Position: 1 + last(k.projectsOf(workspaceID), func(p *project) int { return p.Position }, -1),
	}
	k.projects.put(p.ID, p)
	for _, name := range []string{"To Do", "In Progress", "In Review", "Done"} {
		k.newColumn(p.ID, name).IsFinal = name == "Done"
	}
	return p
}

// last is the largest position among rows, or none.
func last[R any](rows []*R, position func(*R) int, none int) int {
	largest := none
	for _, row := range rows {
		largest = max(largest, position(row))
	}
	return largest
}

// wholeProject is a project with every task row.
type wholeProject struct {
	*project
	Tasks []*task `json:"tasks"`
}

func getProject(k *Kaneo, c *call) (any, error) {
	p := k.projects.get(c.param("id"))
	return wholeProject{p, k.tasksOf(p.ID)}, nil
}

func updateProject(k *Kaneo, c *call) (any, error) {
	in := input[struct {
		Name, Icon, Slug, Description string
		IsPublic                      bool
	}](c)
	p := k.projects.get(c.param("id"))
	p.Name, p.Icon, p.Slug, p.Description, p.IsPublic = in.Name, told(in.Icon), in.Slug, told(in.Description), in.IsPublic
	return p, nil
}

func archiveProject(k *Kaneo, c *call) (any, error) {
	p := k.projects.get(c.param("id"))
	p.ArchivedAt = k.now()
	return p, nil
}

func unarchiveProject(k *Kaneo, c *call) (any, error) {
	p := k.projects.get(c.param("id"))
	p.ArchivedAt = stamp{}
	return p, nil
}

func deleteProject(k *Kaneo, c *call) (any, error) {
	p := k.projects.get(c.param("id"))
	gone := wholeProject{p, k.tasksOf(p.ID)}
	k.dropProject(p.ID)
	return gone, nil
}

// dropProject forgets a project and everything in it.
func (k *Kaneo) dropProject(id string) {
	for _, t := range k.tasksOf(id) {
		k.dropTask(t.ID)
	}
	k.columns.dropAll(func(col *column) bool { return col.ProjectID == id })
	k.rules.dropAll(func(r *workflowRule) bool { return r.ProjectID == id })
	for _, f := range k.fieldsOf(id) {
		k.dropField(f)
	}
	k.projects.drop(id)
}
