package board

import (
	"context"
	"slices"

	"kaneo-mcp/kaneo"
)

// FieldTypes lists the types that a custom field can be made of.
func FieldTypes() []kaneo.FieldType {
	return []kaneo.FieldType{
		kaneo.TextField, kaneo.NumberField, kaneo.DateField, kaneo.BooleanField, kaneo.DropdownField, kaneo.MultiselectField,
	}
}

// NewField is a custom field to be made.
type NewField struct {
	Name     string
	Type     kaneo.FieldType
	Options  []string // of a dropdown or multiselect
	Default  string   // in the words of a person; all tasks that are there get it
	Required bool     // it cannot be emptied, and must have a default
}

// CreateCustomField appends a field to a project. The name must be new there: Kaneo would take it twice, and nobody could
// say which one is meant.
func (d *Desk) CreateCustomField(ctx context.Context, project string, n NewField) (kaneo.Project, kaneo.CustomField, error) {
	where, err := d.Project(ctx, "", project)
	if err != nil {
		return where, kaneo.CustomField{}, err
	}
	field, err := d.definition(n)
	if err != nil {
		return where, field, err
	}
	there, err := d.customField(ctx, where, field.Name)
	if err == nil {
		return where, field, mistakef("There is a custom field %q in %s already.", short(there.Name), short(where.Slug))
	}
	if !missing(err) {
		return where, field, err
	}
	field.ProjectID = where.ID
	field, err = d.kaneo.CreateCustomField(ctx, field)
	d.directory.custom.forget()
	return where, field, d.refusal(ctx, err, where.WorkspaceID, manageFields)
}

// definition checks what Kaneo would refuse, or take as it is.
func (d *Desk) definition(n NewField) (kaneo.CustomField, error) {
	field := kaneo.CustomField{Name: Plain(n.Name), Type: n.Type}
	for _, option := range n.Options {
		if option = Plain(option); option != "" && !slices.Contains(field.Options, option) {
			field.Options = append(field.Options, option)
		}
	}
	chosen := field.Type == kaneo.DropdownField || field.Type == kaneo.MultiselectField
	switch {
	case field.Name == "":
		return field, mistakef("A custom field needs a name.")
	case chosen && len(field.Options) < 2: // Kaneo lets a dropdown have one
		return field, mistakef("A %s needs at least two different options.", field.Type)
	case !chosen && len(field.Options) > 0:
		return field, mistakef("Only a dropdown or multiselect has options.")
	}
	var err error
	if field.Default, err = d.fieldValue(field, n.Default); err == nil && n.Required && field.Default == "" {
		err = mistakef("A required field needs a default, which all tasks get: Kaneo makes none without.")
	}
	field.Required = n.Required
	return field, err
}

// FieldUse is a custom field, and how many tasks of its project have something in it.
type FieldUse struct {
	Field kaneo.CustomField
	Tasks int
}

// DeleteCustomField deletes a field of a project and all that tasks have in it, once that has been confirmed.
func (d *Desk) DeleteCustomField(ctx context.Context, project, ref, code string) (FieldUse, Confirmation, error) {
	where, use, err := d.fieldUse(ctx, project, ref)
	if err != nil {
		return use, Confirmation{}, err
	}
	confirmation, err := d.confirm(code, use.Field.ID)
	if err != nil || !confirmation.Given {
		return use, confirmation, err
	}
	err = d.kaneo.DeleteCustomField(ctx, use.Field.ID)
	d.directory.custom.forget()
	return use, confirmation, d.refusal(ctx, err, where.WorkspaceID, manageFields)
}

func (d *Desk) fieldUse(ctx context.Context, project, ref string) (where kaneo.Project, use FieldUse, err error) {
	if where, err = d.Project(ctx, "", project); err != nil {
		return where, use, err
	}
	if use.Field, err = d.customField(ctx, where, ref); err != nil {
		return where, use, err
	}
	values, err := d.kaneo.ProjectFieldValues(ctx, where.ID)
	for _, v := range values {
		if v.FieldID == use.Field.ID && d.fieldText(use.Field, v.Value) != "" {
			use.Tasks++
		}
	}
	return where, use, err
}

// FieldDefault is a field's default as people read it.
func (d *Desk) FieldDefault(field kaneo.CustomField) string { return d.fieldText(field, field.Default) }
