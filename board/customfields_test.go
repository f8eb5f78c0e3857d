package board_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
	"kaneo-mcp/sandbox"
)

// newFieldOffice has a custom field of every type in WEB.
func newFieldOffice(t *testing.T) *office {
	t.Helper()
	o := newOffice(t, sandbox.Options{CustomFields: true})
	desk := o.desk(t, "owner")
	for _, field := range []board.NewField{
		{Name: "Note", Type: kaneo.TextField},
		{Name: "Points", Type: kaneo.NumberField},
		{Name: "Ready", Type: kaneo.BooleanField},
		{Name: "Released", Type: kaneo.DateField},
		{Name: "Stage", Type: kaneo.DropdownField, Options: []string{"Alpha", "Beta test"}},
		{Name: "Tags", Type: kaneo.MultiselectField, Options: []string{"a", "b", "c, d"}},
		{Name: "Size", Type: kaneo.DropdownField, Options: []string{"S", "M"}, Default: "m", Required: true},
	} {
		if _, _, err := desk.CreateCustomField(t.Context(), "WEB", field); err != nil {
			t.Fatal(err)
		}
	}
	o.wire.take()
	return o
}

func setting(field, value string) board.Change {
	return board.Change{Custom: []board.FieldChange{{Field: field, Value: value}}}
}

// stored is what Kaneo keeps of a task's field.
func (o *office) stored(t *testing.T, ref, name string) string {
	t.Helper()
	client, desk := o.client(t, "owner"), o.desk(t, "owner")
	fields, _, err := client.CustomFields(t.Context(), o.Project("WEB").ID)
	if err != nil {
		t.Fatal(err)
	}
	values, err := client.TaskFieldValues(t.Context(), id(t, desk, ref))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fields {
		for _, v := range values {
			if f.Name == name && v.FieldID == f.ID {
				return v.Value
			}
		}
	}
	return ""
}

func TestFieldsInPeoplesWords(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ field, said, stored, read string }{
		{"note", " See the wiki ", "See the wiki", "See the wiki"},
		{"Note", "none", "none", "none"},
		{"points", "2.50", "2.5", "2.5"},
		{"Points", "1e3", "1000", "1000"},
		{"Ready", "Yes", "true", "yes"},
		{"Ready", "off", "false", "no"},
		{"Released", "tomorrow", "2026-11-25", "2026-11-25"},
		{"Released", "2026-12-01T23:30:00Z", "2026-12-01T23:30:00Z", "2026-12-02"},
		{"Stage", "beta-test", "Beta test", "Beta test"},
		{"Tags", "B, a", `["a","b"]`, "a, b"},
		{"Tags", "C, D", `["c, d"]`, "c, d"},
		{"Tags", `["c, d","a"]`, `["a","c, d"]`, "a, c, d"},
	} {
		t.Run(tt.field+" "+tt.said, func(t *testing.T) {
			t.Parallel()
			o := newFieldOffice(t)
			desk := o.desk(t, "member")
			out := change(t, desk, "WEB-2", setting(tt.field, tt.said))
			if got := o.stored(t, "WEB-2", strings.ToUpper(tt.field[:1])+tt.field[1:]); got != tt.stored || out.Steps[0].To != tt.read || out.Steps[0].From != "none" {
				t.Errorf("stored %q, %+v", got, out.Steps)
			}
			o.wire.take()
			again := change(t, desk, "WEB-2", setting(tt.field, tt.said))
			if writes := o.wire.takeWrites(); len(writes) != 0 || !again.Steps[0].Same {
				t.Errorf("again: sent %q, %+v", writes, again.Steps)
			}
		})
	}
}

func TestFieldsThatCannotBeMeant(t *testing.T) {
	t.Parallel()
	o := newFieldOffice(t)
	desk := o.desk(t, "owner")
	for _, tt := range []struct{ field, said, says string }{
		{"Points", "many", `Points takes a number such as 3 or 2.5, not "many".`},
		{"Points", "inf", `Points takes a number`},
		{"Ready", "perhaps", `Ready takes yes or no, not "perhaps".`},
		{"Released", "someday", `No date in "someday".`},
		{"Stage", "Gamma", `No option "Gamma" of Stage. There is: Alpha, Beta test.`},
		{"Tags", "a, x", `No option "x" of Tags. There is: a, b, c, d.`},
		{"Size", "", `Size is required: it can be changed, but not emptied.`},
		{"Size", "none", `Size is required`},
		{"Sprint", "14", `No custom field "Sprint" in WEB. There is: Note, Points, Ready,`},
	} {
		outcomes, err := desk.Update(t.Context(), []string{"WEB-2"}, board.Change{
			Priority: "low", Custom: []board.FieldChange{{Field: "Note", Value: "x"}, {Field: tt.field, Value: tt.said}},
		})
		if err != nil {
			t.Fatal(err)
		}
		says(t, outcomes[0].Err, tt.says)
	}
	outcomes, err := desk.Update(t.Context(), []string{"WEB-2"}, board.Change{Custom: []board.FieldChange{{Field: "note", Value: "x"}, {Field: "Note", Value: "y"}}})
	if err != nil {
		t.Fatal(err)
	}
	says(t, outcomes[0].Err, `The field "Note" is given twice.`)
	if writes := o.wire.takeWrites(); len(writes) > 0 {
		t.Errorf("sent %q", writes)
	}
}

func TestFieldsAreEmptied(t *testing.T) {
	t.Parallel()
	o := newFieldOffice(t)
	desk := o.desk(t, "owner")
	for field, words := range map[string][2]string{"Note": {"x", ""}, "Points": {"3", "none"}, "Tags": {"a", "[]"}, "Stage": {"Alpha", " "}} {
		change(t, desk, "WEB-2", setting(field, words[0]))
		out := change(t, desk, "WEB-2", setting(field, words[1]))
		if got := o.stored(t, "WEB-2", field); got != "" || out.Steps[0].To != "none" {
			t.Errorf("%s: %q, %+v", field, got, out.Steps)
		}
	}
}

// TestFieldsCostNoRequestInVain: a Kaneo without custom fields is asked once an hour, a project without any once a minute,
// and about tasks only where there are some.
func TestFieldsCostNoRequestInVain(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	fields := newFieldOffice(t)
	read := func(o *office, desk *board.Desk, ref string) (sent int) {
		t.Helper()
		if _, err := desk.Detail(t.Context(), ref, nil); err != nil {
			t.Fatal(err)
		}
		for _, request := range o.wire.take() {
			if strings.Contains(request, "/custom-field/") {
				sent++
			}
		}
		return sent
	}
	for name, tt := range map[string]struct {
		office *office
		ref    string
		want   [5]int // at first, again, in a minute, forgotten, in an hour
	}{
		"2.22":           {o, "WEB-2", [5]int{1, 0, 0, 0, 1}},
		"without fields": {fields, "API-1", [5]int{1, 0, 1, 1, 1}},
		"with fields":    {fields, "WEB-2", [5]int{2, 1, 2, 2, 2}},
	} {
		desk := tt.office.desk(t, "owner")
		for i, prepare := range []func(){
			func() {}, func() {}, func() { tt.office.clock.move(time.Minute) }, desk.Forget, func() { tt.office.clock.move(time.Hour) },
		} {
			prepare()
			if sent := read(tt.office, desk, tt.ref); sent != tt.want[i] {
				t.Errorf("%s, %d: %d requests, want %d", name, i, sent, tt.want[i])
			}
		}
	}
}

func TestKaneoWithoutCustomFields(t *testing.T) {
	t.Parallel()
	desk := newOffice(t).desk(t, "owner")
	const sentence = "This Kaneo has no custom fields: they came after 2.22, with 2.25 at the latest."
	outcomes, err := desk.Update(t.Context(), []string{"WEB-2"}, setting("Sprint", "14"))
	if err != nil {
		t.Fatal(err)
	}
	says(t, outcomes[0].Err, sentence)
	_, _, err = desk.CreateCustomField(t.Context(), "WEB", board.NewField{Name: "Sprint", Type: kaneo.TextField})
	says(t, err, sentence)
	_, _, err = desk.DeleteCustomField(t.Context(), "WEB", "Sprint", "")
	says(t, err, sentence)
	if profile, err := desk.Profile(t.Context(), "", "WEB"); err != nil || profile.Custom != nil {
		t.Errorf("%+v, %v", profile.Custom, err)
	}
}

func TestFieldsOfATask(t *testing.T) {
	t.Parallel()
	o := newFieldOffice(t)
	desk := o.desk(t, "owner")
	change(t, desk, "WEB-2", board.Change{Custom: []board.FieldChange{{"Tags", "b"}, {"Ready", "no"}, {"Note", "two\nlines"}}})
	detail, err := desk.Detail(t.Context(), "WEB-2", nil)
	want := []board.FieldFact{{"Note", "two lines"}, {"Ready", "no"}, {"Tags", "b"}, {"Size", "M"}}
	if diff := cmp.Diff(want, detail.Custom); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if out := change(t, desk, "WEB-2", setting("Note", "two lines")); out.Steps[0].Same {
		t.Errorf("of another line: %+v", out.Steps)
	}
	moved := change(t, desk, "WEB-2", board.Change{Project: "API"})
	if detail, err := desk.Detail(t.Context(), moved.Card.Key(), nil); err != nil || detail.Custom != nil {
		t.Errorf("fields of the former project: %+v, %v", detail.Custom, err)
	}
}

func TestTasksAreMadeWithFields(t *testing.T) {
	t.Parallel()
	o := newFieldOffice(t)
	desk := o.desk(t, "member")
	drafts := []board.Draft{
		{Title: "Good", Labels: []string{"bug"}, Custom: []board.FieldChange{{"points", "3"}, {"Tags", "b, a"}, {"Note", ""}}},
		{Title: "Bad", Custom: []board.FieldChange{{"Size", ""}}},
	}
	outcomes, err := desk.Create(t.Context(), "", "WEB", drafts, true)
	if writes := o.wire.takeWrites(); err != nil || len(writes) > 0 || outcomes[0].Steps[1] != (board.Step{What: "field Points", To: "3"}) {
		t.Errorf("dry run: sent %q, %+v, %v", writes, outcomes, err)
	}
	if outcomes, err = desk.Create(t.Context(), "", "WEB", drafts, false); err != nil {
		t.Fatal(err)
	}
	if writes := o.wire.takeWrites(); len(writes) != 2 { // the task, its label
		t.Errorf("sent %q", writes)
	}
	says(t, outcomes[1].Err, "Size is required")
	detail, err := desk.Detail(t.Context(), outcomes[0].Card.Key(), nil)
	want := []board.FieldFact{{"Points", "3"}, {"Tags", "a, b"}, {"Size", "M"}}
	if diff := cmp.Diff(want, detail.Custom); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

// TestFieldsAfterAMove: the fields of a change are those of the project where the task goes.
func TestFieldsAfterAMove(t *testing.T) {
	t.Parallel()
	o := newFieldOffice(t)
	journal := journalIn(t, t.TempDir())
	desk := o.desk(t, "owner", kept(journal))
	out := change(t, desk, "API-1", board.Change{Project: "WEB", Custom: []board.FieldChange{{"Points", "5"}}})
	if got := o.stored(t, out.Card.Key(), "Points"); got != "5" {
		t.Errorf("stored %q", got)
	}
	undoing, err := desk.Undo(t.Context(), "")
	if err != nil || len(undoing.Outcomes) != 1 {
		t.Fatalf("%+v, %v", undoing, err)
	}
	back := undoing.Outcomes[0]
	last := back.Steps[len(back.Steps)-1]
	if back.Card.Project.Slug != "API" || last.What != "field Points" || last.Skipped == "" {
		t.Errorf("%s: %+v", back.Card.Key(), back.Steps)
	}
}

func TestFieldsAreTakenBack(t *testing.T) {
	t.Parallel()
	for field, values := range map[string][2]string{ // before, as Kaneo stores it, and then
		"Note": {"old", "new"}, "Points": {"", "3"}, "Ready": {"true", "no"}, "Released": {"2026-12-01T10:00:00Z", "today"},
		"Stage": {"Alpha", ""}, "Tags": {`["a","b"]`, "b"}, "Size": {"M", "S"},
	} {
		t.Run(field, func(t *testing.T) {
			t.Parallel()
			o := newFieldOffice(t)
			desk := o.desk(t, "owner", kept(journalIn(t, t.TempDir())))
			if values[0] != "" {
				change(t, o.desk(t, "owner"), "WEB-2", setting(field, values[0]))
			}
			change(t, desk, "WEB-2", setting(field, values[1]))
			if _, err := desk.Undo(t.Context(), ""); err != nil {
				t.Fatal(err)
			}
			if got := o.stored(t, "WEB-2", field); got != values[0] {
				t.Errorf("%q, want %q", got, values[0])
			}
			change(t, desk, "WEB-2", board.Change{Custom: []board.FieldChange{{field, values[1]}}})
			change(t, o.desk(t, "member"), "WEB-2", setting(field, map[string]string{
				"Note": "x", "Points": "8", "Ready": "none", "Released": "2027-01-01", "Stage": "Beta test", "Tags": "a", "Size": "M",
			}[field]))
			undoing, err := desk.Undo(t.Context(), "")
			if err != nil {
				t.Fatal(err)
			}
			if step := undoing.Outcomes[0].Steps[0]; step.Err == nil && !step.Same {
				t.Errorf("somebody else's value was taken back: %+v", step)
			}
		})
	}
}

// TestFieldsThatCannotBeRead are an error, and nothing is taken for there being none.
func TestFieldsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	o := newFieldOffice(t)
	desk := o.desk(t, "owner")
	id(t, desk, "WEB-2")
	o.wire.hook(func(r *http.Request) error {
		if strings.Contains(r.URL.Path, "/custom-field/") {
			return errDown
		}
		return nil
	})
	if _, err := desk.Detail(t.Context(), "WEB-2", nil); kaneo.KindOf(err) != kaneo.Unavailable {
		t.Errorf("%v", err)
	}
	o.wire.hook(nil)
	if detail, err := desk.Detail(t.Context(), "WEB-2", nil); err != nil || len(detail.Custom) != 1 {
		t.Errorf("%+v, %v", detail.Custom, err)
	}
}
