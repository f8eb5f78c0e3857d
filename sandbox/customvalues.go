package sandbox

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

type fieldValue struct {
	ID      string `json:"id"`
	TaskID  string `json:"taskId"`
	FieldID string `json:"fieldId"`
	Value   string `json:"value"`
}

// namedValue is a value as it is listed.
type namedValue struct {
	*fieldValue
	FieldName    string   `json:"fieldName"`
	FieldType    string   `json:"fieldType"`
	FieldOptions []string `json:"fieldOptions"`
}

// valuesWhere lists values with what their fields are called. Those of a moved
// task that belong to fields of its former project are among them.
func (k *Kaneo) valuesWhere(match func(*fieldValue) bool) []namedValue {
	listed := []namedValue{}
	for _, v := range k.values.where(match) {
		f := k.fields.get(v.FieldID)
		listed = append(listed, namedValue{v, f.Name, f.Type, f.Options})
	}
	return listed
}

func listTaskValues(k *Kaneo, c *call) (any, error) {
	return k.valuesWhere(func(v *fieldValue) bool { return v.TaskID == c.param("taskId") }), nil
}

func listProjectValues(k *Kaneo, c *call) (any, error) {
	return k.valuesWhere(func(v *fieldValue) bool { return k.tasks.get(v.TaskID).ProjectID == c.param("projectId") }), nil
}

// setFieldValue keeps an emptied value as an empty text.
func setFieldValue(k *Kaneo, c *call) (any, error) {
	in := input[struct{ TaskID, FieldID, Value string }](c)
	t, f := k.tasks.get(in.TaskID), k.fields.get(in.FieldID)
	value := strings.TrimSpace(in.Value)
	switch {
	case t == nil:
		return nil, missing("Task")
	case f == nil || f.ProjectID != t.ProjectID:
		return nil, missing("Custom field")
	case f.Required && value == "":
		return nil, bad("This custom field is required")
	}
	if err := f.wantFit(value); err != nil {
		return nil, err
	}
	return k.giveValue(t.ID, f, value), nil
}

func (k *Kaneo) giveValue(taskID string, f *customField, value string) *fieldValue {
	v := k.values.first(func(v *fieldValue) bool { return v.TaskID == taskID && v.FieldID == f.ID })
	if v == nil {
		v = &fieldValue{ID: boardID(), TaskID: taskID, FieldID: f.ID}
		k.values.put(v.ID, v)
	}
	v.Value = value
	return v
}

// givenValue is what a new task is to have in a custom field.
type givenValue struct{ FieldID, Value string }

// wantFields refuses what a new task of a project cannot have. A Kaneo without
// custom fields does not look at them.
func (k *Kaneo) wantFields(projectID string, given []givenValue) error {
	if !k.hasFields {
		return nil
	}
	for _, g := range given {
		f := k.fields.get(g.FieldID)
		switch {
		case f == nil || f.ProjectID != projectID:
			return bad(fmt.Sprintf("Field %q does not belong to this project.", g.FieldID))
		case f.Required && strings.TrimSpace(g.Value) == "":
			return bad(fmt.Sprintf("Custom field %q is required to create a task.", f.Name))
		}
		if err := f.wantFit(strings.TrimSpace(g.Value)); err != nil {
			return err
		}
	}
	return nil
}

// fill gives a new task the defaults of required fields, and what it is to have.
func (k *Kaneo) fill(t *task, given []givenValue) {
	for _, f := range k.fieldsOf(t.ProjectID) {
		if f.Required {
			k.giveValue(t.ID, f, textOf(f.Default))
		}
		for _, g := range given {
			if g.FieldID == f.ID {
				k.giveValue(t.ID, f, strings.TrimSpace(g.Value))
			}
		}
	}
}

// wantFit refuses a value that is none of the field's type. Dates are taken as
// they come.
func (f *customField) wantFit(value string) error {
	if value == "" {
		return nil
	}
	_, notNumber := strconv.ParseFloat(value, 64)
	switch {
	case f.Type == "number" && notNumber != nil:
		return bad("Value must be a valid number")
	case f.Type == "boolean" && value != "true" && value != "false":
		return bad("Value must be true or false")
	case f.Type == "dropdown" && !slices.Contains(f.Options, value), f.Type == "multiselect" && !f.offersAll(value):
		return bad("Invalid option for this custom field")
	}
	return nil
}

// offersAll tells whether a value is a JSON list of options.
func (f *customField) offersAll(value string) bool {
	var chosen []string
	err := json.Unmarshal([]byte(value), &chosen)
	return err == nil && !slices.ContainsFunc(chosen, func(one string) bool { return !slices.Contains(f.Options, one) })
}
