package kaneo

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
)

// FieldType says what the values of a custom field are. Types that this package does not name are passed through.
type FieldType string

// The types of Kaneo 2.35; Multiselect came with 2.31 or later.
const (
	TextField        FieldType = "text"
	NumberField      FieldType = "number"
	DateField        FieldType = "date"
	BooleanField     FieldType = "boolean"
	DropdownField    FieldType = "dropdown"
	MultiselectField FieldType = "multiselect"
)

// CustomField is a field that a project gives its tasks beside Kaneo's own (kaneo-newer.md §12).
type CustomField struct {
	ID        string     `json:"id"`
	ProjectID string     `json:"projectId"`
	Name      string     `json:"name"` // Kaneo takes the same one twice
	Type      FieldType  `json:"type"`
	Required  bool       `json:"required"` // cannot be emptied
	Default   string     `json:"defaultValue"`
	Options   OptionList `json:"options"` // of a DropdownField or MultiselectField
}

// OptionList is what can be chosen of.
type OptionList []string

// UnmarshalJSON never fails: Kaneo stores options as free-form JSON, some of it as a list inside a string.
func (l *OptionList) UnmarshalJSON(raw []byte) error {
	var packed string
	if json.Unmarshal(raw, &packed) == nil {
		raw = []byte(packed)
	}
	var options []string
	if json.Unmarshal(raw, &options) == nil {
		*l = options
	}
	return nil
}

// FieldValue is what a task has in a custom field. Values are text whatever the type: numbers as JavaScript writes them,
// dates as ISO 8601, true or false, an option, or a JSON list of options; "" is none.
type FieldValue struct {
	TaskID  string `json:"taskId"`
	FieldID string `json:"fieldId"`
	Value   string `json:"value"`
}

// CustomFields lists those of a project in their order. offered is false where Kaneo does not know of custom fields, which
// came after 2.22 and by 2.25: only then it answers 404, as an unknown project is 400 (kaneo-newer.md §3).
func (c *Client) CustomFields(ctx context.Context, projectID string) (fields []CustomField, offered bool, err error) {
	fields, err = get[[]CustomField](ctx, c, "list custom fields", nil, "custom-field", "project", projectID)
	if refused, ok := errors.AsType[*Error](err); ok && refused.Status == http.StatusNotFound {
		return nil, false, nil
	}
	return fields, err == nil, err
}

// TaskFieldValues lists what a task has in custom fields, in no particular order. A task that was moved here keeps the
// values of its former project's fields.
func (c *Client) TaskFieldValues(ctx context.Context, taskID string) ([]FieldValue, error) {
	return get[[]FieldValue](ctx, c, "list custom field values", nil, "custom-field", "task", taskID)
}

// ProjectFieldValues is TaskFieldValues of all tasks of a project.
func (c *Client) ProjectFieldValues(ctx context.Context, projectID string) ([]FieldValue, error) {
	return get[[]FieldValue](ctx, c, "list custom field values", nil, "custom-field", "project", projectID, "values")
}

// SetFieldValue gives a task a value in a custom field of its project. Empty takes it away, which is Invalid where the field
// is required; so is a value that does not fit the type. Dates are not checked.
func (c *Client) SetFieldValue(ctx context.Context, taskID, fieldID, value string) error {
	_, err := send[FieldValue](ctx, c, "set custom field", http.MethodPut,
		map[string]text{"taskId": text(taskID), "fieldId": text(fieldID), "value": text(value)}, "custom-field", "value")
	return err
}

// CreateCustomField appends a field to a project; the ID of f is not looked at. All tasks of the project get the default, if
// there is one, which a required field must have; a DropdownField must have an option, a MultiselectField two.
func (c *Client) CreateCustomField(ctx context.Context, f CustomField) (CustomField, error) {
	options := make([]text, len(f.Options))
	for i, option := range f.Options {
		options[i] = text(option)
	}
	return send[CustomField](ctx, c, "create custom field", http.MethodPost, struct {
		ProjectID text   `json:"projectId"`
		Name      text   `json:"name"`
		Type      text   `json:"type"`
		Required  bool   `json:"required"`
		Default   text   `json:"defaultValue,omitempty"`
		Options   []text `json:"options,omitempty"`
	}{text(f.ProjectID), text(f.Name), text(f.Type), f.Required, text(f.Default), options}, "custom-field")
}

// DeleteCustomField deletes a field of a project, and its values on all tasks.
func (c *Client) DeleteCustomField(ctx context.Context, id string) error {
	return c.remove(ctx, "delete custom field", "custom-field", id)
}
