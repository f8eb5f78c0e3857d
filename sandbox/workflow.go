package sandbox

func workflowOperations() []operation {
	inProject := ofProject("projectId")
	return []operation{
		{method: get, path: "/api/workflow-rule/{projectId}", scope: inProject, run: listRules},
		{method: put, path: "/api/workflow-rule/{projectId}", scope: inProject, needs: "project:update", run: putRule,
			body: shape{must("integrationType", text), must("eventType", text), must("columnId", text)}},
		{method: remove, path: "/api/workflow-rule/{id}", needs: "project:update", run: deleteRule,
			scope: lookedUp("id", (*Kaneo).workspaceOfRule)},
	}
}

func (k *Kaneo) workspaceOfRule(id string) string {
	if r := k.rules.get(id); r != nil {
		return k.workspaceOfProject(r.ProjectID)
	}
	return ""
}

// listedRule is a rule with the column it leads to.
type listedRule struct {
	*workflowRule
	ColumnName string `json:"columnName"`
	ColumnSlug string `json:"columnSlug"`
}

func listRules(k *Kaneo, c *call) (any, error) {
	listed := []listedRule{}
	for _, r := range k.rules.where(func(r *workflowRule) bool { return r.ProjectID == c.param("projectId") }) {
		col := k.columns.get(r.ColumnID)
		listed = append(listed, listedRule{r, col.Name, col.Slug})
	}
	return listed, nil
}

// putRule makes the rule of an integration's event, or redirects it.
func putRule(k *Kaneo, c *call) (any, error) {
	in := input[struct{ IntegrationType, EventType, ColumnID string }](c)
	projectID, now := c.param("projectId"), k.now()
	if col := k.columns.get(in.ColumnID); col == nil || col.ProjectID != projectID {
		return nil, bad("Column does not belong to the provided project")
	}
	r := k.rules.first(func(r *workflowRule) bool {
		return r.ProjectID == projectID && r.IntegrationType == in.IntegrationType && r.EventType == in.EventType
	})
	if r == nil {
		r = &workflowRule{
			ID: boardID(), ProjectID: projectID, IntegrationType: in.IntegrationType, EventType: in.EventType, CreatedAt: now,
		}
		k.rules.put(r.ID, r)
	}
	r.ColumnID, r.UpdatedAt = in.ColumnID, now
	return r, nil
}

func deleteRule(k *Kaneo, c *call) (any, error) {
	r := k.rules.get(c.param("id"))
	if r == nil {
		return nil, missing("Workflow rule")
	}
	k.rules.drop(r.ID)
	return r, nil
}
