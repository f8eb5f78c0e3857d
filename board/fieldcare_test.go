package board_test

import (
	"testing"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

func TestFieldCare(t *testing.T) {
	t.Parallel()
	o := newFieldOffice(t)
	desk := o.desk(t, "owner")
	for _, tt := range []struct {
		field board.NewField
		says  string
	}{
		{board.NewField{Name: " ", Type: kaneo.TextField}, "A custom field needs a name."},
		{board.NewField{Name: "POINTS", Type: kaneo.TextField}, `There is a custom field "Points" in WEB already.`},
		{board.NewField{Name: "X", Type: kaneo.DropdownField, Options: []string{"a", " a "}}, "A dropdown needs at least two different options."},
		{board.NewField{Name: "X", Type: kaneo.NumberField, Options: []string{"1"}}, "Only a dropdown or multiselect has options."},
		{board.NewField{Name: "X", Type: kaneo.NumberField, Required: true}, "A required field needs a default"},
		{board.NewField{Name: "X", Type: kaneo.NumberField, Required: true, Default: "none"}, "A required field needs a default"},
		{board.NewField{Name: "X", Type: kaneo.NumberField, Default: "many"}, "X takes a number"},
	} {
		_, _, err := desk.CreateCustomField(t.Context(), "WEB", tt.field)
		says(t, err, tt.says)
	}
	change(t, desk, "WEB-2", setting("Points", "3"))
	change(t, desk, "WEB-3", setting("Points", "3"))
	change(t, desk, "WEB-3", setting("Points", ""))
	o.wire.take()
	use, confirmation, err := desk.DeleteCustomField(t.Context(), "WEB", "points", "")
	if err != nil || confirmation.Given || use.Tasks != 1 || len(o.wire.takeWrites()) > 0 {
		t.Fatalf("%+v, %+v, %v", use, confirmation, err)
	}
	if _, _, err = desk.DeleteCustomField(t.Context(), "WEB", "Size", confirmation.Code); err == nil {
		t.Error("the code was good for another field")
	}
	if _, _, err = desk.DeleteCustomField(t.Context(), "WEB", "Points", confirmation.Code); err != nil {
		t.Error(err)
	}
	outcomes, err := desk.Update(t.Context(), []string{"WEB-2"}, setting("Points", "3"))
	if err != nil {
		t.Fatal(err)
	}
	says(t, outcomes[0].Err, `No custom field "Points" in WEB.`)
}

// TestFieldsAreGuarded by roles and by the fence.
func TestFieldsAreGuarded(t *testing.T) {
	t.Parallel()
	o := newFieldOffice(t)
	member, viewer := o.desk(t, "member"), o.desk(t, "viewer")
	_, _, err := member.CreateCustomField(t.Context(), "WEB", board.NewField{Name: "X", Type: kaneo.TextField})
	says(t, err, "Your role here (member) may not manage custom fields; an owner or admin may.")
	_, confirmation, err := member.DeleteCustomField(t.Context(), "WEB", "Note", "")
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = member.DeleteCustomField(t.Context(), "WEB", "Note", confirmation.Code)
	says(t, err, "may not manage custom fields")
	outcomes, err := viewer.Update(t.Context(), []string{"WEB-2"}, setting("Note", "x"))
	if err != nil {
		t.Fatal(err)
	}
	says(t, outcomes[0].Steps[0].Err, "Your role here (viewer) may not change field Note; an owner, admin or member may.")

	narrow := o.desk(t, "owner", within("", "API"))
	_, _, err = narrow.CreateCustomField(t.Context(), "WEB", board.NewField{Name: "X", Type: kaneo.TextField})
	says(t, err, "not in the allowed projects")
	_, _, err = narrow.DeleteCustomField(t.Context(), "WEB", "Note", "")
	says(t, err, "not in the allowed projects")
	outcomes, err = narrow.Update(t.Context(), []string{"WEB-2"}, setting("Note", "x"))
	if err != nil {
		t.Fatal(err)
	}
	says(t, outcomes[0].Err, "not in the allowed projects")
}
