package sandbox

import (
	"encoding/json"
	"strings"
)

// tasks are those whose title or description holds the query. A short id puts its
// task first; at most one, even if two projects share a key.
func (q quest) tasks() ([]hit, error) {
	if !q.wants("tasks") {
		return nil, nil
	}
	exact, err := q.byShortID()
	if err != nil {
		return nil, err
	}
	var found []hit
	for _, t := range q.Kaneo.tasks.where(func(t *task) bool { return q.inReach(t.ProjectID) }) {
		if score := q.score(t.Title, textOf(t.Description)); score > 0 {
			found = append(found, q.taskHit(t, score))
		}
	}
	found = best(found, q.limit)
	if exact == nil {
		return found, nil
	}
	result := []hit{q.taskHit(exact, shortIDScore)}
	for _, h := range found {
		if h.ID != exact.ID {
			result = append(result, h)
		}
	}
	return result, nil
}

// byShortID is nil when the query is no short id or no task has it.
func (q quest) byShortID() (*task, error) {
	if q.shortID == nil {
		return nil, nil
	}
	n, err := number32(q.shortID[2])
	if err != nil {
		return nil, err
	}
	return q.Kaneo.tasks.first(func(t *task) bool {
		return t.Number == n && q.inReach(t.ProjectID) &&
			strings.EqualFold(q.Kaneo.projects.get(t.ProjectID).Slug, q.shortID[1])
	}), nil
}

// score is 3 for a match in the first text, 2 in the second, 0 for none.
func (q quest) score(title, description string) int {
	switch {
	case q.like.MatchString(title):
		return 3
	case q.like.MatchString(description):
		return 2
	}
	return 0
}

// inProject is a hit somewhere in a project.
func (q quest) inProject(projectID string) hit {
	p := q.Kaneo.projects.get(projectID)
	return hit{
		ProjectID: p.ID, ProjectName: p.Name, ProjectSlug: p.Slug,
		WorkspaceID: q.workspace.ID, WorkspaceName: q.workspace.Name,
	}
}

func (q quest) taskHit(t *task, score int) hit {
	h := q.inProject(t.ProjectID)
	h.ID, h.Type, h.Title, h.Description, h.Score = t.ID, "task", t.Title, textOf(t.Description), score
	h.UserID, h.UserName, h.CreatedAt = string(t.UserID), textOf(q.nameOf(t.UserID)), t.CreatedAt
	h.TaskNumber, h.Priority, h.Status = t.Number, t.Priority, t.Status
	return h
}

// projects ignores projectId.
func (q quest) projects() []hit {
	if !q.wants("projects") {
		return nil
	}
	var found []hit
	for _, p := range q.projectsOf(q.workspace.ID) {
		if score := q.score(p.Name, textOf(p.Description)); score > 0 {
			h := q.inProject(p.ID)
			h.ID, h.Type, h.Title, h.Description = p.ID, "project", p.Name, textOf(p.Description)
			h.ProjectName, h.CreatedAt, h.Score = "", p.CreatedAt, score
			found = append(found, h)
		}
	}
	return best(found, q.limit)
}

// workspaces repeats the workspace once per member.
func (q quest) workspaces() []hit {
	if !q.wants("workspaces") {
		return nil
	}
	w := q.workspace
	score := q.score(w.Name, textOf(w.Description))
	if score == 0 {
		return nil
	}
	var found []hit
	for range q.members.where(func(m *member) bool { return m.WorkspaceID == w.ID }) {
		found = append(found, hit{
			ID: w.ID, Type: "workspace", Title: w.Name, Description: textOf(w.Description),
			WorkspaceID: w.ID, WorkspaceName: w.Name, CreatedAt: w.CreatedAt, Score: score,
		})
	}
	return best(found, q.limit)
}

// activities match on their task's title too and carry no task id.
func (q quest) activities() []hit {
	if !q.wants("comments", "activities") {
		return nil
	}
	var found []hit
	for _, a := range q.Kaneo.activities.where(func(a *activity) bool { return q.kind != "comments" || a.Type == "comment" }) {
		t := q.Kaneo.tasks.get(a.TaskID)
		if !q.inReach(t.ProjectID) {
			continue
		}
		if score := q.activityScore(a, t); score > 0 {
			found = append(found, q.activityHit(a, t, score))
		}
	}
	return best(found, q.limit)
}

func (q quest) activityScore(a *activity, t *task) int {
	switch {
	case q.like.MatchString(searched(a)):
		return 2
	case q.like.MatchString(t.Title):
		return 1
	}
	return 0
}

// searched is the content of a row, or else its data as text.
func searched(a *activity) string {
	if a.Content != nil || a.EventData == nil {
		return textOf(a.Content)
	}
	data, _ := json.Marshal(a.EventData)
	return string(data)
}

func (q quest) activityHit(a *activity, t *task, score int) hit {
	h := q.inProject(t.ProjectID)
	h.ID, h.Type, h.Title, h.Content = a.ID, "activity", historyTitle(a, t), historyText(a)
	if a.Type == "comment" {
		h.Type = "comment"
	}
	h.UserID, h.UserName, h.CreatedAt = string(a.UserID), textOf(q.nameOf(a.UserID)), a.CreatedAt
	h.Score, h.TaskNumber = score, t.Number
	return h
}
