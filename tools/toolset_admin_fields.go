package tools

import (
	"context"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

type createCustomFieldIn struct {
	Project  string          `json:"project,omitempty" jsonschema:"Key, name or id; default: the configured or only one"`
	Name     string          `json:"name" jsonschema:"One line"`
	Type     kaneo.FieldType `json:"type" jsonschema:"Of its values"`
	Options  []string        `json:"options,omitempty" jsonschema:"Of a dropdown or multiselect"`
	Default  string          `json:"default,omitempty" jsonschema:"Given to all tasks that are there"`
	Required bool            `json:"required,omitempty" jsonschema:"Cannot be emptied; needs a default"`
}

var createCustomField = define(Spec{
	Name: "create_custom_field", Title: "Create custom field", Effect: Adds,
	About: "Gives a project's tasks a field of its own, for update_tasks to fill. It cannot be changed later.",
}, func(ctx context.Context, desk *board.Desk, in createCustomFieldIn) (View, error) {
	project, field, err := desk.CreateCustomField(ctx, in.Project, board.NewField{
		Name: in.Name, Type: in.Type, Options: in.Options, Default: in.Default, Required: in.Required,
	})
	if err != nil {
		return View{}, err
	}
	var v View
	v.Line("%s: field %s created.", short(project.Slug), fieldDefinitions(desk, []kaneo.CustomField{field}))
	return v, nil
})

type deleteCustomFieldIn struct {
	Project string `json:"project,omitempty" jsonschema:"Key, name or id; default: the configured or only one"`
	Field   string `json:"field" jsonschema:"Name"`
	Confirm string `json:"confirm,omitempty" jsonschema:"The code from the first call, once the user agreed"`
}

var deleteCustomField = define(Spec{
	Name: "delete_custom_field", Title: "Delete custom field", Effect: Destroys,
	About: "Deletes a project's custom field with its values, once the user agrees as with delete_tasks.",
}, func(ctx context.Context, desk *board.Desk, in deleteCustomFieldIn) (View, error) {
	use, confirmation, err := desk.DeleteCustomField(ctx, in.Project, in.Field, in.Confirm)
	if err != nil {
		return View{}, err
	}
	var v View
	name, tasks := short(use.Field.Name), count(use.Tasks, "task")
	if confirmation.Given {
		v.Line("Deleted field %s; %s lost a value.", name, tasks)
		return v, nil
	}
	v.Line("Would delete field %s; %s would lose a value.", name, tasks)
	v.ask(confirmation, "")
	return v, nil
})
