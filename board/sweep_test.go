package board_test

import (
	"testing"
	"time"

	"kaneo-mcp/board"
)

func chores() board.Where {
	return board.Where{Filter: board.Filter{Labels: []string{"chore"}}} // WEB-8, 10, 11 and API-3, 6
}

func bugs(limit int) board.Where {
	return board.Where{Filter: board.Filter{Labels: []string{"bug"}}, Limit: limit} // WEB-1, 2, 9, 12, 13, 19 and API-4
}

func TestFewAreChangedAtOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	got, err := o.desk(t, "owner").UpdateWhere(t.Context(), chores(), board.Change{Priority: "medium"}, "")
	if err != nil || got.Planned() || got.Matched != 5 || len(got.Outcomes) != 5 || firstErr(got.Outcomes) != nil {
		t.Fatalf("%+v, %v", got, err)
	}
	if writes := o.wire.takeWrites(); len(writes) != 4 { // one had it
		t.Errorf("sent %q", writes)
	}
}

func TestALimitWithRoomForAllIsConsent(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	got, err := o.desk(t, "owner").UpdateWhere(t.Context(), bugs(7), board.Change{Priority: "low"}, "")
	if err != nil || got.Planned() || len(got.Outcomes) != 7 || firstErr(got.Outcomes) != nil {
		t.Fatalf("%+v, %v", got, err)
	}
}

func TestOnlyWhatChangesIsCounted(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk, low := o.desk(t, "owner"), board.Change{Priority: "low"}
	if _, err := desk.UpdateWhere(t.Context(), bugs(3), low, ""); err != nil {
		t.Fatal(err)
	}
	o.wire.takeWrites()
	got, err := desk.UpdateWhere(t.Context(), bugs(0), low, "")
	if err != nil || got.Planned() || len(got.Outcomes) != 7 || firstErr(got.Outcomes) != nil {
		t.Fatalf("%+v, %v", got, err)
	}
	if writes := o.wire.takeWrites(); len(writes) != 4 {
		t.Errorf("sent %q", writes)
	}
}

func TestManyAreShownFirst(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	change := board.Change{Due: "+1w", AddLabels: []string{"feature"}}
	plan, err := desk.UpdateWhere(t.Context(), bugs(0), change, "")
	if err != nil || !plan.Planned() || plan.Matched != 7 || len(plan.Outcomes) != 7 {
		t.Fatalf("%+v, %v", plan, err)
	}
	if first := plan.Outcomes[0]; first.Ref != "WEB-1" || first.Steps[0] != (board.Step{What: "due", From: "2026-11-22", To: "2026-11-29"}) {
		t.Errorf("%+v", first)
	}
	if last := plan.Outcomes[6]; last.Ref != "WEB-12" || last.Steps[0].Skipped == "" {
		t.Errorf("%+v", last)
	}
	for name, try := range map[string]func(string) (board.Sweep, error){
		"another change": func(code string) (board.Sweep, error) {
			return desk.UpdateWhere(t.Context(), bugs(0), board.Change{Due: "+2w"}, code)
		},
		"fewer tasks": func(code string) (board.Sweep, error) { return desk.UpdateWhere(t.Context(), bugs(6), change, code) },
		"much later": func(code string) (board.Sweep, error) {
			o.clock.move(time.Hour)
			defer o.clock.move(-time.Hour)
			return desk.UpdateWhere(t.Context(), bugs(0), change, code)
		},
	} {
		_, err := try(plan.Confirmation.Code)
		if says(t, err, "Nothing was deleted or changed"); t.Failed() {
			t.Fatal(name)
		}
	}
	if writes := o.wire.takeWrites(); len(writes) > 0 {
		t.Errorf("sent %q", writes)
	}
	done, err := desk.UpdateWhere(t.Context(), bugs(0), change, plan.Confirmation.Code)
	if err != nil || done.Planned() || firstErr(done.Outcomes) != nil {
		t.Fatalf("%+v, %v", done, err)
	}
	if writes := o.wire.takeWrites(); len(writes) != 6+6 { // one has no date, and one had the label
		t.Errorf("sent %q", writes)
	}
}

func TestSweepsThatCannotBeMeant(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "member")
	done := board.Change{Status: "done"}
	for want, try := range map[string]struct {
		where  board.Where
		change board.Change
	}{
		"where is empty":                      {board.Where{}, done},
		"limit must be 1 to 100":              {bugs(101), done},
		"One title for 3 tasks":               {bugs(3), board.Change{Title: "x"}},
		"Nothing to change":                   {bugs(3), board.Change{}},
		`No label "nope"`:                     {board.Where{Filter: board.Filter{Labels: []string{"nope"}}}, done},
		"(member) may not change assignee":    {bugs(3), board.Change{Assignee: "vera"}},
		"is no shift of a date. Use +3d, -1w": {bugs(1), board.Change{Due: "+soon"}},
	} {
		got, err := desk.UpdateWhere(t.Context(), try.where, try.change, "")
		if err == nil {
			err = firstErr(got.Outcomes)
		}
		says(t, err, want)
	}
	nothing, err := desk.UpdateWhere(t.Context(), board.Where{Filter: board.Filter{Text: "unicorn"}}, done, "")
	if err != nil || nothing.Matched != 0 || nothing.Outcomes != nil {
		t.Errorf("%+v, %v", nothing, err)
	}
	if writes := o.wire.takeWrites(); len(writes) != 1 { // the question what a member may
		t.Errorf("sent %q", writes)
	}
}
