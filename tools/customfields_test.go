package tools

import (
	"fmt"
	"strings"
	"testing"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
	"kaneo-mcp/sandbox"
)

// defining makes custom fields of WEB, before what else is said.
func defining(name, tool, args string) conversation {
	return one(name, "create_custom_field", `{"project":"WEB","name":"Points","type":"number"}`).
		then("create_custom_field", `{"project":"WEB","name":"Stage","type":"Dropdown","options":"Alpha, Beta","default":"alpha","required":true}`).
		then("create_custom_field", `{"project":"WEB","name":"Ready","type":"boolean"}`).then(tool, args)
}

func filling() []conversation {
	return []conversation{
		defining("again", "create_custom_field", `{"project":"WEB","name":"points","type":"text"}`),
		one("no_options", "create_custom_field", `{"project":"WEB","name":"Stage","type":"dropdown"}`),
		one("no_type", "create_custom_field", `{"project":"WEB","name":"Stage","type":"color"}`),
		by("member", "member", said{"create_custom_field", `{"project":"WEB","name":"Points","type":"number"}`}),
		defining("fields", "get_project", `{"project":"WEB"}`),
		defining("custom", "update_tasks", `{"tasks":["WEB-1","WEB-2"],"fields":["points=3","Stage=beta","Ready=yes"]}`).
			then("update_tasks", `{"tasks":"WEB-1","fields":"Points=, Ready=yes"}`),
		defining("custom_wrong", "update_tasks", `{"tasks":["WEB-1"],"status":"done","fields":["Stage=Gamma"]}`).
			then("update_tasks", `{"tasks":["WEB-1"],"fields":["Sprint=14"]}`).then("update_tasks", `{"tasks":["WEB-1"],"fields":["Sprint 14"]}`),
		defining("custom_where", "update_tasks", `{"where":{"projects":["WEB"],"labels":["bug"]},"fields":["Points=1"]}`),
		defining("custom", "update_tasks", `{"tasks":["WEB-1"],"fields":["Points=3","Ready=yes"]}`).then("get_task", `{"task":"WEB-1"}`),
		defining("custom", "create_tasks", `{"project":"WEB","tasks":[{"title":"Fast","labels":["bug"],"fields":["points=3","Stage=beta"]},{"title":"Slow","fields":["Points=some"]}]}`),
		defining("custom", "update_tasks", `{"tasks":["WEB-1"],"fields":["Points=3"]}`).then("undo_last", `{}`),
		defining("two_steps", "update_tasks", `{"tasks":["WEB-1"],"fields":["Points=3"]}`).then("delete_custom_field", `{"project":"WEB","field":"points"}`).
			then("delete_custom_field", `{"project":"WEB","field":"points","confirm":"{confirm}"}`).then("delete_custom_field", `{"project":"WEB","field":"points"}`),
	}
}

// TestWithoutCustomFields: a Kaneo that has none is said to have none, and nothing else speaks of them.
func TestWithoutCustomFields(t *testing.T) {
	t.Parallel()
	k := sandbox.New(sandbox.Options{Clock: noon})
	o := &office{Residents: k.Seed(), t: t, kaneo: k}
	v := o.visitor(o.Who("owner").Session)
	const sentence = "This Kaneo has no custom fields: they came after 2.22, with 2.25 at the latest."
	for tool, args := range map[string]string{
		"update_tasks": `{"tasks":["WEB-1"],"fields":["Sprint=14"]}`, "create_custom_field": `{"project":"WEB","name":"Sprint","type":"text"}`,
		"delete_custom_field": `{"project":"WEB","field":"Sprint"}`,
	} {
		if got := v.says(tool, args); !strings.HasPrefix(got, "ERROR ") || !strings.HasSuffix(got, sentence) {
			t.Errorf("%s: %s", tool, got)
		}
	}
	for tool, args := range map[string]string{"get_task": `{"task":"WEB-1"}`, "get_project": `{"project":"WEB"}`} {
		if got := v.says(tool, args); strings.Contains(got, "Fields") {
			t.Errorf("%s: %s", tool, got)
		}
	}
}

// TestManyFieldsAreCounted: neither many fields nor many options fill an answer.
func TestManyFieldsAreCounted(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.visitor(o.Who("owner").Session).desk
	fields, facts := make([]kaneo.CustomField, 100), make([]board.FieldFact, 100)
	for i := range fields {
		fields[i] = kaneo.CustomField{Name: fmt.Sprint("Field ", i), Type: kaneo.DropdownField, Options: make([]string, 100)}
		facts[i] = board.FieldFact{Name: fields[i].Name, Value: "x"}
	}
	defined, set := fieldDefinitions(desk, fields), fieldFacts(facts)
	if !strings.HasSuffix(defined, " and 80 more) and 70 more") || !strings.HasSuffix(set, "; Field 29 x and 70 more") {
		t.Errorf("%s\n%s", defined, set)
	}
}
