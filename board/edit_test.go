package board_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kaneo-mcp/board"
)

const plan = `# Plan

Why not.

## Steps

- [ ] Write tests
- [x] Read the brief
  twice
* not an item

` + "```" + `
## Not a heading
- [ ] Write tests
` + "```" + `

## Risks

None. None.`

func TestEdits(t *testing.T) {
	t.Parallel()
	replaced := func(old, with string) string { return strings.Replace(plan, old, with, 1) }
	for name, tt := range map[string]struct {
		text string
		edit board.Edit
		want string
		says string
	}{
		"append":               {plan, board.Edit{Append: `More.\n\nAnd more.`}, plan + "\n\nMore.\n\nAnd more.", "text appended; 1 of 2 done"},
		"append to nothing":    {"", board.Edit{Append: "More.\n"}, "More.", "text appended"},
		"last section":         {plan, board.Edit{Section: "risks", Text: "Many.\n"}, replaced("None. None.", "Many."), "section risks replaced; 1 of 2 done"},
		"with its heading":     {plan, board.Edit{Section: "## Risks", Text: "## Risks\n\nMany."}, replaced("None. None.", "Many."), "section ## Risks replaced; 1 of 2 done"},
		"section with others":  {plan, board.Edit{Section: "Plan", Text: "Gone."}, "# Plan\n\nGone.", "section Plan replaced"},
		"emptied":              {plan, board.Edit{Section: "Risks"}, strings.TrimSuffix(plan, "\n\nNone. None."), "section Risks replaced; 1 of 2 done"},
		"passage":              {plan, board.Edit{Find: "Why not.", Text: "Why?"}, replaced("Why not.", "Why?"), "passage replaced; 1 of 2 done"},
		"passage over lines":   {"a\r\nb\r\nc", board.Edit{Find: `a\nb`, Text: "x"}, "x\r\nc", "passage replaced"},
		"passage cut out":      {"a b c", board.Edit{Find: " b"}, "a c", "passage replaced"},
		"tick":                 {plan, board.Edit{Tick: []string{"write tests"}}, replaced("[ ]", "[x]"), `ticked "write tests"; 2 of 2 done`},
		"tick by a part":       {plan, board.Edit{Untick: []string{"brief"}}, replaced("[x]", "[ ]"), `unticked "brief"; 0 of 2 done`},
		"ticked already":       {plan, board.Edit{Tick: []string{"read the brief"}}, plan, ""},
		"several at once":      {plan, board.Edit{Tick: []string{"tests"}, Untick: []string{"brief"}, Append: "x"}, strings.NewReplacer("[x]", "[ ]", "- [ ] Write tests\n- [x]", "- [x] Write tests\n- [ ]").Replace(plan) + "\n\nx", `ticked "tests"; unticked "brief"; text appended; 1 of 2 done`},
		"item":                 {plan, board.Edit{AddItems: []string{"Ship", "Rest"}}, replaced("  twice\n", "  twice\n- [ ] Ship\n- [ ] Rest\n"), "2 added to the checklist; 1 of 4 done"},
		"item of a set-in one": {"1. [ ] a\n   * [X] b", board.Edit{AddItems: []string{"c"}}, "1. [ ] a\n   * [X] b\n1. [ ] c", "1 added to the checklist; 1 of 3 done"},
		"first item":           {"Text.", board.Edit{AddItems: []string{"a\nb"}}, "Text.\n\n- [ ] a b", "1 added to the checklist; 0 of 1 done"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.ask(t, "PUT", "/task/description/"+id(t, o.desk(t, "owner"), "WEB-6"), `{"description":%q}`, tt.text)
			o.wire.take()
			out, err := o.desk(t, "member").EditDescription(t.Context(), "WEB-6", tt.edit)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, out.Card.Task.Description); diff != "" {
				t.Error(diff)
			}
			if got := out.Steps[0]; got.To != tt.says || got.Same != (tt.says == "") || len(o.wire.takeWrites()) == 0 != got.Same {
				t.Errorf("%+v, want %q", got, tt.says)
			}
		})
	}
}

func TestEditsThatCannotBe(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	change(t, desk, "WEB-6", board.Change{Description: plan + "\n\n- [ ] Write the notes\n- [ ] Write the notes later"})
	o.wire.take()
	for want, edit := range map[string]board.Edit{
		"Nothing to edit": {}, "give section or find, not both": {Section: "Steps", Find: "x", Text: "y"},
		"use append": {Text: "x"},
		`No heading "Not a heading" in this description. There is: Plan, Steps, Risks`: {Section: "Not a heading"},
		"not in the description":         {Find: "nowhere", Text: "x"},
		"occurs 2 times":                 {Find: "None.", Text: "x"},
		`No checklist item "fly"`:        {Tick: []string{"fly"}},
		"names more than one checklist":  {Tick: []string{"write the"}},
		`No checklist item "" in`:        {Tick: []string{" "}},
		"An item of a checklist needs a": {AddItems: []string{" "}},
	} {
		_, err := desk.EditDescription(t.Context(), "WEB-6", edit)
		says(t, err, want)
	}
	if _, err := desk.EditDescription(t.Context(), "WEB-6", board.Edit{Tick: []string{"Write the notes"}}); err != nil {
		t.Errorf("one that is exactly so: %v", err)
	}
	if writes := o.wire.takeWrites(); len(writes) != 1 {
		t.Errorf("sent %q", writes)
	}
	_, err := o.desk(t, "viewer").EditDescription(t.Context(), "WEB-6", board.Edit{Append: "x"})
	says(t, err, "Your role here (viewer) may not change description")
}
