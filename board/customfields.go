package board

import (
	"cmp"
	"context"

	"kaneo-mcp/kaneo"
)

func customFieldKind() kind[kaneo.CustomField] {
	return kind[kaneo.CustomField]{
		what:  "custom field",
		names: func(f kaneo.CustomField) []string { return []string{f.ID, f.Name} },
		title: func(f kaneo.CustomField) string { return f.Name },
	}
}

// CustomFields lists those of a project in their order; none as well where Kaneo does not know of any.
func (d *Desk) CustomFields(ctx context.Context, projectID string) ([]kaneo.CustomField, error) {
	list, err := d.directory.custom.get(ctx, projectID)
	return list.fields, err
}

// customField finds one of a project's fields by name, among fresh ones when the remembered ones have none such.
func (d *Desk) customField(ctx context.Context, project kaneo.Project, ref string) (kaneo.CustomField, error) {
	if err := d.wantCustomFields(ctx, project.ID); err != nil {
		return kaneo.CustomField{}, err
	}
	return find(ctx, d.directory.custom.lists, project.ID, func(l fieldList) (kaneo.CustomField, error) {
		return customFieldKind().pick(ref, " in "+short(project.Slug), l.fields)
	})
}

// wantCustomFields refuses what concerns them where there are none.
func (d *Desk) wantCustomFields(ctx context.Context, projectID string) error {
	list, err := d.directory.custom.get(ctx, projectID)
	if err == nil && !list.offered {
		err = mistakef("This Kaneo has no custom fields: they came after 2.22, with 2.25 at the latest.")
	}
	return err
}

// FieldFact is a custom field of a task as people read it.
type FieldFact struct{ Name, Value string }

// fieldFacts are the custom fields in which a task has something, in the project's order. Where a project has no fields,
// nothing is asked about its tasks.
func (d *Desk) fieldFacts(ctx context.Context, card Card) ([]FieldFact, error) {
	fields, err := d.CustomFields(ctx, card.Project.ID)
	if err != nil || len(fields) == 0 {
		return nil, err
	}
	stored, err := d.storedFields(ctx, card.Task.ID)
	var facts []FieldFact
	for _, field := range fields {
		if text := d.fieldText(field, stored[field.ID]); text != "" {
			facts = append(facts, FieldFact{Plain(field.Name), text})
		}
	}
	return facts, err
}

// storedFields is what Kaneo stores of a task by the id of the field. A moved task keeps what it had in the fields of its
// former project.
func (d *Desk) storedFields(ctx context.Context, taskID string) (map[string]string, error) {
	values, err := d.kaneo.TaskFieldValues(ctx, taskID)
	stored := make(map[string]string, len(values))
	for _, v := range values {
		stored[v.FieldID] = v.Value
	}
	return stored, err
}

// storedByName is storedFields of the task's project, by the names that steps have.
func (d *Desk) storedByName(ctx context.Context, card Card) (map[string]string, error) {
	fields, err := d.CustomFields(ctx, card.Project.ID)
	if err != nil {
		return nil, err
	}
	stored, err := d.storedFields(ctx, card.Task.ID)
	byName := make(map[string]string, len(fields))
	for _, field := range fields {
		byName[Plain(field.Name)] = stored[field.ID]
	}
	return byName, err
}

// FieldChange gives a custom field a value in the words of a person; empty, or none, takes it away.
type FieldChange struct{ Field, Value string }

const fieldStep = "field "

// fieldsNamed are the fields of a project that changes name, each once.
func (d *Desk) fieldsNamed(ctx context.Context, project kaneo.Project, changes []FieldChange) ([]kaneo.CustomField, error) {
	fields := make([]kaneo.CustomField, len(changes))
	named := make(map[string]bool, len(changes))
	for i, change := range changes {
		field, err := d.customField(ctx, project, change.Field)
		if err != nil {
			return nil, err
		}
		if named[field.ID] {
			return nil, mistakef("The field %q is given twice.", short(field.Name))
		}
		fields[i], named[field.ID] = field, true
	}
	return fields, nil
}

// filled is what a new task is to have in custom fields, as Kaneo stores it and as people read it.
func (d *Desk) filled(ctx context.Context, project kaneo.Project, changes []FieldChange) (
	values []kaneo.FieldValue, told []Step, err error,
) {
	fields, err := d.fieldsNamed(ctx, project, changes)
	for i, field := range fields {
		value, err := d.fieldValue(field, changes[i].Value)
		if err != nil {
			return nil, nil, err
		}
		values = append(values, kaneo.FieldValue{FieldID: field.ID, Value: value})
		told = append(told, Step{What: fieldStep + Plain(field.Name), To: cmp.Or(d.fieldText(field, value), none)})
	}
	return values, told, err
}

// customFields come after a move: they are those of the project where the task will be.
func (p *planner) customFields(ctx context.Context, c Change) error {
	if len(c.Custom) == 0 {
		return nil
	}
	fields, err := p.desk.fieldsNamed(ctx, p.target, c.Custom)
	if err != nil {
		return err
	}
	stored, err := p.desk.storedFields(ctx, p.id())
	if err != nil {
		return err
	}
	for i, field := range fields {
		if err := p.customField(field, stored[field.ID], c.Custom[i].Value); err != nil {
			return err
		}
	}
	return nil
}

func (p *planner) customField(field kaneo.CustomField, stored, said string) error {
	value, err := p.desk.fieldValue(field, said)
	if err != nil {
		return err
	}
	what, from, to := fieldStep+Plain(field.Name), p.desk.fieldText(field, stored), p.desk.fieldText(field, value)
	if from == to && (field.Type != kaneo.TextField || stored == value) { // texts may differ in their lines
		p.same(what, cmp.Or(to, none))
		return nil
	}
	step := Step{What: what, From: cmp.Or(from, none), To: cmp.Or(to, none), Was: stored, Is: value}
	p.add(step, func(ctx context.Context, now kaneo.Task) (kaneo.Task, error) {
		return now, p.client().SetFieldValue(ctx, now.ID, field.ID, value)
	})
	return nil
}
