package sandbox

import (
	"cmp"
	"slices"
	"strings"
)

// customFieldOperations are those of a Kaneo that has custom fields
// (kaneo-newer.md §12).
func customFieldOperations() []operation {
	ofProject, types := ofProject("projectId"), oneOf("text", "number", "date", "dropdown", "boolean", "multiselect")
	return []operation{
		{method: get, path: "/api/custom-field/project/{projectId}", scope: ofProject, run: listCustomFields},
		{method: get, path: "/api/custom-field/project/{projectId}/values", scope: ofProject, run: listProjectValues},
		{method: get, path: "/api/custom-field/task/{taskId}", scope: ofTask("taskId"), needs: "task:read", run: listTaskValues},
		{method: post, path: "/api/custom-field", scope: ofProject, needs: "project:update", run: createCustomField,
			body: shape{must("projectId", text), must("name", text), must("type", types), may("required", boolean),
				may("defaultValue", text), may("options", list(0, text))}},
		{method: put, path: "/api/custom-field/value", scope: ofTask("taskId"), needs: "task:update", run: setFieldValue,
			body: shape{must("taskId", text), must("fieldId", text), must("value", text)}},
		{method: remove, path: "/api/custom-field/{id}", scope: lookedUp("id", (*Kaneo).workspaceOfField), needs: "project:update",
			run: deleteCustomField},
	}
}

type customField struct {
	ID        string   `json:"id"`
	ProjectID string   `json:"projectId"`
	Name      string   `json:"name"`
	Type      string   `json:"type"`
	Required  bool     `json:"required"`
	Default   *string  `json:"defaultValue"`
	Options   []string `json:"options"`
	Position  int      `json:"position"`
	CreatedAt stamp    `json:"createdAt"`
	UpdatedAt stamp    `json:"updatedAt"`
}

func (k *Kaneo) workspaceOfField(id string) string {
	if f := k.fields.get(id); f != nil {
		return k.workspaceOfProject(f.ProjectID)
	}
	return ""
}

// fieldsOf lists a project's custom fields by position.
func (k *Kaneo) fieldsOf(projectID string) []*customField {
	found := k.fields.where(func(f *customField) bool { return f.ProjectID == projectID })
	slices.SortStableFunc(found, func(a, b *customField) int { return cmp.Compare(a.Position, b.Position) })
	return found
}

func listCustomFields(k *Kaneo, c *call) (any, error) { return k.fieldsOf(c.param("projectId")), nil }

// createCustomField gives the default to all tasks that are there.
func createCustomField(k *Kaneo, c *call) (any, error) {
	in := input[struct {
		ProjectID, Name, Type string
		Required              bool
		DefaultValue          *string
		Options               []string
	}](c)
	f := &customField{
		ID: boardID(), ProjectID: in.ProjectID, Name: in.Name, Type: in.Type, Required: in.Required, Default: in.DefaultValue,
		Options: in.Options, CreatedAt: k.now(), UpdatedAt: k.now(),
		Position: 1 + last(k.fieldsOf(in.ProjectID), func(f *customField) int { return f.Position }, 0),
	}
	if err := f.wantSense(); err != nil {
		return nil, err
	}
	k.fields.put(f.ID, f)
	if value := textOf(f.Default); strings.TrimSpace(value) != "" {
		for _, t := range k.tasksOf(f.ProjectID) {
			k.giveValue(t.ID, f, value)
		}
	}
	return f, nil
}

// wantSense refuses a definition that values could not fit.
func (f *customField) wantSense() error {
	byDefault := strings.TrimSpace(textOf(f.Default))
	switch {
	case strings.TrimSpace(f.Name) == "":
		return bad("Name cannot be empty")
	case f.Required && byDefault == "":
		return bad("Required fields must have a default value")
	case f.Type == "dropdown" && len(f.Options) == 0:
		return bad("Dropdown fields must have at least one option")
	case f.Type == "multiselect" && len(f.Options) < 2:
		return bad("Multiselect fields must have at least 2 options")
	}
	return f.wantFit(byDefault)
}

func deleteCustomField(k *Kaneo, c *call) (any, error) {
	f := k.fields.get(c.param("id"))
	if f == nil {
		return nil, missing("Custom field or project")
	}
	k.dropField(f)
	return f, nil
}

// dropField forgets a field with its values.
func (k *Kaneo) dropField(f *customField) {
	k.values.dropAll(func(v *fieldValue) bool { return v.FieldID == f.ID })
	k.fields.drop(f.ID)
}
