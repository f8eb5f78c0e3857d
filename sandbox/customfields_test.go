package sandbox

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// define makes a custom field of the Website project as Ada.
func (h household) define(definition string) string {
	h.t.Helper()
	return h.must(h.write("owner", "POST", "/api/custom-field", fmt.Sprintf(`{"projectId":%q,%s}`, h.Project("WEB").ID, definition))).get("id")
}

func (h household) setValue(role, task, field, value string) said {
	h.t.Helper()
	return h.write(role, "PUT", "/api/custom-field/value", fmt.Sprintf(`{"taskId":%q,"fieldId":%q,"value":%q}`, task, field, value))
}

func TestWithoutCustomFields(t *testing.T) {
	t.Parallel()
	h := newHousehold(t, Options{})
	got := h.get("/api/custom-field/project/"+h.Project("WEB").ID, h.Who("owner").Session)
	if got.status != http.StatusNotFound || got.body != "404 Not Found" {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func TestDefiningCustomFields(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		role, definition string
		status           int
		says             string
	}{
		"text":                     {"owner", `"name":"Note","type":"text"`, 200, ""},
		"required with a default":  {"owner", `"name":"Points","type":"number","required":true,"defaultValue":"1"`, 200, ""},
		"required, but no default": {"owner", `"name":"Points","type":"number","required":true`, 400, "Required fields must have a default value"},
		"a default that is none":   {"owner", `"name":"Points","type":"number","defaultValue":"many"`, 400, "Value must be a valid number"},
		"a dropdown of nothing":    {"owner", `"name":"Stage","type":"dropdown"`, 400, "Dropdown fields must have at least one option"},
		"a choice of one":          {"owner", `"name":"Tags","type":"multiselect","options":["a"]`, 400, "Multiselect fields must have at least 2 options"},
		"no name":                  {"owner", `"name":" ","type":"text"`, 400, "Name cannot be empty"},
		"no such type":             {"owner", `"name":"Note","type":"color"`, 400, ""},
		"as a member":              {"member", `"name":"Note","type":"text"`, 403, "Insufficient permissions"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHousehold(t, Options{CustomFields: true})
			got := h.write(c.role, "POST", "/api/custom-field", fmt.Sprintf(`{"projectId":%q,%s}`, h.Project("WEB").ID, c.definition))
			if got.status != c.status || c.says != "" && got.body != c.says {
				t.Errorf("%d %s", got.status, got.body)
			}
		})
	}
}

func TestFieldValuesAreChecked(t *testing.T) {
	t.Parallel()
	h := newHousehold(t, Options{CustomFields: true})
	task := h.newTask("to-do", "")
	fields := map[string]string{
		"text":        h.define(`"name":"Note","type":"text"`),
		"number":      h.define(`"name":"Points","type":"number"`),
		"boolean":     h.define(`"name":"Ready","type":"boolean"`),
		"date":        h.define(`"name":"Released","type":"date"`),
		"dropdown":    h.define(`"name":"Stage","type":"dropdown","options":["Alpha","Beta"]`),
		"multiselect": h.define(`"name":"Tags","type":"multiselect","options":["a","b"]`),
		"required":    h.define(`"name":"Size","type":"text","required":true,"defaultValue":"M"`),
		"unknown":     "nosuchfield",
	}
	for _, c := range []struct {
		role, field, value string
		status             int
		says               string
	}{
		{"member", "text", " x ", 200, ""},
		{"member", "number", "1.5e3", 200, ""},
		{"member", "number", "many", 400, "Value must be a valid number"},
		{"member", "boolean", "true", 200, ""},
		{"member", "boolean", "yes", 400, "Value must be true or false"},
		{"member", "date", "someday", 200, ""},
		{"member", "dropdown", "Beta", 200, ""},
		{"member", "dropdown", "beta", 400, "Invalid option for this custom field"},
		{"member", "multiselect", `["b","a"]`, 200, ""},
		{"member", "multiselect", `["c"]`, 400, "Invalid option for this custom field"},
		{"member", "multiselect", `a`, 400, "Invalid option for this custom field"},
		{"member", "number", "", 200, ""},
		{"member", "required", " ", 400, "This custom field is required"},
		{"member", "unknown", "x", 404, "Custom field not found"},
		{"viewer", "text", "x", 403, "Insufficient permissions"},
	} {
		if got := h.setValue(c.role, task, fields[c.field], c.value); got.status != c.status || c.says != "" && got.body != c.says {
			t.Errorf("%s %q as %s: %d %s", c.field, c.value, c.role, got.status, got.body)
		}
	}
	if got := h.setValue("member", "nosuchtask", fields["text"], "x"); got.body != "Workspace ID could not be determined" {
		t.Errorf("unknown task: %d %s", got.status, got.body)
	}
	elsewhere := h.must(h.write("owner", "PUT", "/api/task/move/"+task, fmt.Sprintf(`{"destinationProjectId":%q}`, h.Project("API").ID)))
	if got := h.setValue("member", elsewhere.get("task.id"), fields["text"], "x"); got.status != 404 {
		t.Errorf("field of another project: %d %s", got.status, got.body)
	}
	want := map[string]string{"Note": "x", "Points": "", "Ready": "true", "Released": "someday", "Stage": "Beta", "Tags": `["b","a"]`, "Size": "M"}
	if diff := cmp.Diff(want, h.valuesOf(task)); diff != "" {
		t.Errorf("the values went along (-want +got):\n%s", diff)
	}
}

// valuesOf are those of a task by the names of their fields.
func (h household) valuesOf(task string) map[string]string {
	h.t.Helper()
	values := map[string]string{}
	for _, v := range read[[]struct{ FieldName, Value string }](h, "viewer", "/api/custom-field/task/"+task) {
		values[v.FieldName] = v.Value
	}
	return values
}

func TestTasksAreMadeWithFields(t *testing.T) {
	t.Parallel()
	for _, custom := range []bool{false, true} {
		h := newHousehold(t, Options{CustomFields: custom})
		points, size := "nosuchfield", "nosuchfield"
		if custom {
			points = h.define(`"name":"Points","type":"number"`)
			size = h.define(`"name":"Size","type":"text","required":true,"defaultValue":"M"`)
		}
		for _, c := range []struct{ field, value, says string }{
			{points, "3", ""},
			{points, "many", "Value must be a valid number"},
			{size, "", `Custom field "Size" is required to create a task.`},
			{"elsewhere", "3", `Field "elsewhere" does not belong to this project.`},
		} {
			got := h.write("member", "POST", "/api/task/"+h.Project("WEB").ID,
				fmt.Sprintf(`{"title":"t","description":"","priority":"low","status":"to-do","customFields":[{"fieldId":%q,"value":%q}]}`, c.field, c.value))
			switch {
			case !custom || c.says == "":
				h.must(got)
			case got.status != http.StatusBadRequest || got.body != c.says:
				t.Errorf("%+v: %d %s", c, got.status, got.body)
			}
			if custom && c.says == "" {
				if diff := cmp.Diff(map[string]string{"Points": "3", "Size": "M"}, h.valuesOf(got.get("id"))); diff != "" {
					t.Error(diff)
				}
			}
		}
	}
}

func TestDefaultsAndDeletedFields(t *testing.T) {
	t.Parallel()
	h := newHousehold(t, Options{CustomFields: true})
	before := h.newTask("to-do", "")
	size := h.define(`"name":"Size","type":"text","required":true,"defaultValue":"M"`)
	h.define(`"name":"Note","type":"text","defaultValue":"n"`)
	after := h.newTask("to-do", "")
	if diff := cmp.Diff(map[string]string{"Size": "M", "Note": "n"}, h.valuesOf(before)); diff != "" {
		t.Errorf("a task that was there (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]string{"Size": "M"}, h.valuesOf(after)); diff != "" {
		t.Errorf("a new task (-want +got):\n%s", diff)
	}
	if got := h.write("member", "DELETE", "/api/custom-field/"+size, ""); got.status != http.StatusForbidden {
		t.Errorf("as a member: %d", got.status)
	}
	h.must(h.write("owner", "DELETE", "/api/custom-field/"+size, ""))
	if diff := cmp.Diff(map[string]string{"Note": "n"}, h.valuesOf(before)); diff != "" {
		t.Errorf("after the deletion (-want +got):\n%s", diff)
	}
	h.must(h.write("owner", "DELETE", "/api/task/"+before, ""))
	if left := read[[]fieldValue](h, "viewer", "/api/custom-field/project/"+h.Project("WEB").ID+"/values"); len(left) != 24 {
		t.Errorf("%d values are left in the project", len(left))
	}
	h.must(h.write("owner", "DELETE", "/api/project/"+h.Project("WEB").ID, ""))
	if n := h.k.fields.len() + h.k.values.len(); n != 0 {
		t.Errorf("%d fields and values are left", n)
	}
}
