package kaneo_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kaneo-mcp/kaneo"
	"kaneo-mcp/sandbox"
)

func TestCustomFields(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{CustomFields: true})
	ctx := t.Context()
	task := i.newTask(t, "t")
	stage, err := i.CreateCustomField(ctx, kaneo.CustomField{
		ProjectID: i.project, Name: "Stage", Type: kaneo.DropdownField, Required: true, Default: "Alpha", Options: []string{"Alpha", "Beta"},
	})
	if err != nil || stage.ID == "" {
		t.Fatalf("made: %+v, %v", stage, err)
	}
	note, err := i.CreateCustomField(ctx, kaneo.CustomField{ProjectID: i.project, Name: "Note", Type: kaneo.TextField})
	if err != nil {
		t.Fatal(err)
	}
	fields, offered, err := i.CustomFields(ctx, i.project)
	if diff := cmp.Diff([]kaneo.CustomField{stage, note}, fields); diff != "" || !offered || err != nil {
		t.Errorf("listed: offered %v, %v\n%s", offered, err, diff)
	}
	if err := i.SetFieldValue(ctx, task.ID, stage.ID, "Beta"); err != nil {
		t.Error(err)
	}
	for value, kind := range map[string]kaneo.Kind{"Gamma": kaneo.Invalid, "": kaneo.Invalid, "\x00": kaneo.Invalid} {
		if err := i.SetFieldValue(ctx, task.ID, stage.ID, value); kaneo.KindOf(err) != kind {
			t.Errorf("%q: %v", value, err)
		}
	}
	want := []kaneo.FieldValue{{TaskID: task.ID, FieldID: stage.ID, Value: "Beta"}}
	for name, read := range map[string]func() ([]kaneo.FieldValue, error){
		"task":    func() ([]kaneo.FieldValue, error) { return i.TaskFieldValues(ctx, task.ID) },
		"project": func() ([]kaneo.FieldValue, error) { return i.ProjectFieldValues(ctx, i.project) },
	} {
		got, err := read()
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("values of the %s: %v\n%s", name, err, diff)
		}
	}
	filled, err := i.CreateTask(ctx, i.project, kaneo.NewTask{Title: "t", Custom: []kaneo.FieldValue{{FieldID: note.ID, Value: "n"}}})
	if err != nil {
		t.Fatal(err)
	}
	want = []kaneo.FieldValue{{TaskID: filled.ID, FieldID: stage.ID, Value: "Alpha"}, {TaskID: filled.ID, FieldID: note.ID, Value: "n"}}
	if got, err := i.TaskFieldValues(ctx, filled.ID); cmp.Diff(want, got) != "" || err != nil {
		t.Errorf("a task made with a value: %+v, %v", got, err)
	}
	_, err = i.CreateTask(ctx, i.project, kaneo.NewTask{Title: "t", Custom: []kaneo.FieldValue{{FieldID: stage.ID, Value: "Gamma"}}})
	if kaneo.KindOf(err) != kaneo.Invalid {
		t.Errorf("a task made with a value that is none: %v", err)
	}
	if err := i.DeleteCustomField(ctx, stage.ID); err != nil {
		t.Error(err)
	}
	if err := i.DeleteCustomField(ctx, stage.ID); kaneo.KindOf(err) != kaneo.NotFound {
		t.Errorf("deleted twice: %v", err)
	}
}

// TestCustomFieldsAreOffered tells a Kaneo without any from a project that is not there, in the words of each generation.
func TestCustomFieldsAreOffered(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		answer  func(*http.Request) (*http.Response, error)
		offered bool
		kind    kaneo.Kind
	}{
		"2.22":            {always(404, "text/plain; charset=UTF-8", "404 Not Found"), false, 0},
		"in JSON":         {always(404, js, `{"message":"Not found","code":"NOT_FOUND"}`), false, 0},
		"a proxy":         {always(404, "text/html", "<html>"), false, 0},
		"unknown project": {always(400, "text/plain", "Workspace ID could not be determined"), false, kaneo.NotFound},
		"some":            {always(200, js, `[{"id":"f","name":"n"}]`), true, 0},
	} {
		c := client(t, wire(tt.answer))
		if _, offered, err := c.CustomFields(t.Context(), "p"); offered != tt.offered || kaneo.KindOf(err) != tt.kind {
			t.Errorf("%s: %v, %v", name, offered, err)
		}
	}
}

func TestOddOptions(t *testing.T) {
	t.Parallel()
	c := client(t, always(200, js, `[{"options":["a","b"]},{"options":"[\"a\",\"b\"]"},{"options":null,"defaultValue":null},{"options":{"a":1}},{"options":"a"}]`))
	fields, _, err := c.CustomFields(t.Context(), "p")
	if err != nil || len(fields) != 5 {
		t.Fatalf("%+v, %v", fields, err)
	}
	for i, want := range []kaneo.OptionList{{"a", "b"}, {"a", "b"}, nil, nil, nil} {
		if diff := cmp.Diff(want, fields[i].Options); diff != "" {
			t.Errorf("%d: %s", i, diff)
		}
	}
}
