package sandbox

import "net/http"

func relationOperations() []operation {
	return []operation{
		{method: get, path: "/api/task-relation/{taskId}", scope: ofTask("taskId"), run: listRelations},
		{method: post, path: "/api/task-relation", scope: ofSource, needs: "task:update", run: createRelation,
			body: shape{must("sourceTaskId", text), must("targetTaskId", text), must("relationType", oneOf("subtask", "blocks", "related"))}},
		{method: remove, path: "/api/task-relation/{id}", scope: ofRelation, needs: "task:update", run: deleteRelation},
	}
}

// ofSource goes by the source task; an unknown one is a true 404.
func ofSource(k *Kaneo, c *call) (string, error) {
	if found := k.workspaceOfTask(c.named("sourceTaskId")); found != "" {
		return found, nil
	}
	return "", missing("Source task")
}

// ofRelation goes by the relation's source task.
func ofRelation(k *Kaneo, c *call) (string, error) {
	r := k.relations.get(c.param("id"))
	if r == nil {
		return "", missing("Task relation")
	}
	return k.workspaceOfTask(r.SourceID), nil
}

// relatedTask is one end of a relation.
type relatedTask struct {
	ID           string  `json:"id"`
	Title        string  `json:"title"`
	Status       string  `json:"status"`
	Priority     string  `json:"priority"`
	Number       int     `json:"number"`
	ProjectID    string  `json:"projectId"`
	UserID       ref     `json:"userId"`
	AssigneeName *string `json:"assigneeName"`
}

type listedRelation struct {
	*relation
	Source relatedTask `json:"sourceTask"`
	Target relatedTask `json:"targetTask"`
}

// listRelations lists both directions.
func listRelations(k *Kaneo, c *call) (any, error) {
	id := c.param("taskId")
	listed := []listedRelation{}
	for _, r := range k.relations.where(func(r *relation) bool { return r.SourceID == id || r.TargetID == id }) {
		listed = append(listed, listedRelation{r, k.related(r.SourceID), k.related(r.TargetID)})
	}
	return listed, nil
}

func (k *Kaneo) related(id string) relatedTask {
	t := k.tasks.get(id)
	return relatedTask{t.ID, t.Title, t.Status, t.Priority, t.Number, t.ProjectID, t.UserID, k.nameOf(t.UserID)}
}

// createRelation refuses a second one of the same type in either direction;
// circles pass.
func createRelation(k *Kaneo, c *call) (any, error) {
	in := input[struct{ SourceTaskID, TargetTaskID, RelationType string }](c)
	same := func(r *relation) bool {
		return r.Type == in.RelationType && (r.SourceID == in.SourceTaskID && r.TargetID == in.TargetTaskID ||
			r.SourceID == in.TargetTaskID && r.TargetID == in.SourceTaskID)
	}
	switch {
	case in.SourceTaskID == in.TargetTaskID:
		return nil, bad("Cannot create a relation between a task and itself")
	case k.workspaceOfTask(in.TargetTaskID) != c.workspace:
		return nil, missing("Target task")
	case k.relations.first(same) != nil:
		return nil, refuse(http.StatusConflict, "This relation already exists")
	}
	return k.relate(in.SourceTaskID, in.TargetTaskID, in.RelationType), nil
}

// relate makes a relation; the source is the parent, or the blocker.
func (k *Kaneo) relate(source, target, kind string) *relation {
	r := &relation{ID: boardID(), SourceID: source, TargetID: target, Type: kind, CreatedAt: k.now()}
	return k.relations.put(r.ID, r)
}

func deleteRelation(k *Kaneo, c *call) (any, error) {
	r := k.relations.get(c.param("id"))
	k.relations.drop(r.ID)
	return r, nil
}
