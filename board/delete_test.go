package board_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

// code asks what would be lost, and returns what confirms it.
func code(t *testing.T, d *board.Desk, refs ...string) string {
	t.Helper()
	first, err := d.Delete(t.Context(), refs, "")
	if err != nil || first.Confirmation.Given || first.Confirmation.Code == "" {
		t.Fatalf("%+v, %v", first, err)
	}
	return first.Confirmation.Code
}

func TestDeleteInTwoSteps(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	first, err := desk.Delete(t.Context(), []string{"WEB-1", "WEB-99", "WEB-3", "web-1"}, "")
	if err != nil || len(first.Losses) != 3 {
		t.Fatalf("%+v, %v", first, err)
	}
	if l := first.Losses; l[0].Comments != 2 || l[0].Subtasks != 0 || l[2].Comments != 0 || l[2].Subtasks != 1 {
		t.Errorf("losses: %+v", l)
	}
	says(t, first.Losses[1].Err, "no task WEB-99")
	if writes := o.wire.takeWrites(); len(writes) > 0 {
		t.Errorf("sent %q", writes)
	}
	second, err := desk.Delete(t.Context(), []string{"WEB-3", "WEB-1"}, " "+first.Confirmation.Code+" ") // in any order
	if err != nil || !second.Confirmation.Given || second.Losses[0].Err != nil || second.Losses[1].Err != nil {
		t.Errorf("%+v, %v", second, err)
	}
	if writes := o.wire.takeWrites(); len(writes) != 2 {
		t.Errorf("sent %q", writes)
	}
	for _, ref := range []string{"WEB-1", "WEB-3"} {
		_, err := desk.Card(t.Context(), ref)
		says(t, err, "There is no task")
	}
	id(t, desk, "WEB-4") // the subtask of WEB-3 stays
}

func TestCodesThatDoNotConfirm(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	good := code(t, desk, "WEB-1", "WEB-2")
	for name, tt := range map[string]struct {
		code string
		refs []string
	}{
		"wrong":        {"00000000", []string{"WEB-1", "WEB-2"}},
		"fewer tasks":  {good, []string{"WEB-1"}},
		"more tasks":   {good, []string{"WEB-1", "WEB-2", "WEB-3"}},
		"other tasks":  {good, []string{"WEB-1", "API-2"}},
		"just a word":  {"yes", []string{"WEB-1", "WEB-2"}},
		"part of it":   {good[:4], []string{"WEB-1", "WEB-2"}},
		"of one lost":  {good, []string{"WEB-1", "WEB-99"}},
		"of a comment": {good, []string{"WEB-2"}},
	} {
		_, err := desk.Delete(t.Context(), tt.refs, tt.code)
		if says(t, err, "Nothing was deleted"); t.Failed() {
			t.Fatal(name)
		}
	}
	if got, err := desk.Delete(t.Context(), []string{"WEB-99"}, good); err != nil || got.Confirmation != (board.Confirmation{}) {
		t.Errorf("nothing to delete: %+v, %v", got, err)
	}
	if writes := o.wire.takeWrites(); len(writes) > 0 {
		t.Errorf("sent %q", writes)
	}
}

func TestCodeRunsOut(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		after time.Duration
		good  bool
	}{{0, true}, {10 * time.Minute, true}, {11 * time.Minute, false}, {24 * time.Hour, false}} {
		for _, start := range []time.Duration{0, 4 * time.Minute, 59 * time.Second} { // wherever in a minute
			o := newOffice(t)
			o.clock.move(start)
			desk := o.desk(t, "owner")
			confirm := code(t, desk, "WEB-1")
			o.clock.move(tt.after)
			got, err := o.desk(t, "owner").Delete(t.Context(), []string{"WEB-1"}, confirm) // another process will do
			if tt.good {
				if err != nil || !got.Confirmation.Given {
					t.Errorf("after %v: %+v, %v", tt.after, got, err)
				}
				continue
			}
			says(t, err, "run out")
		}
	}
}

func TestMemberMayNotDelete(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "member")
	o.wire.take()
	_, err := desk.Delete(t.Context(), []string{"WEB-1", "WEB-2"}, "")
	says(t, err, "Your role here (member) may not delete a task; an owner or admin may.", "Nothing was changed")
	for _, sent := range o.wire.take() {
		if strings.HasPrefix(sent, "DELETE") || strings.Contains(sent, "comment") {
			t.Errorf("sent %s", sent)
		}
	}
	id(t, desk, "WEB-1")
}

func TestNetworkFailsWhileDeleting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		desk := o.desk(t, "owner")
		refs := numbered("WEB", 1, 6)
		confirm := code(t, desk, refs...)
		o.wire.cutAfter(4)
		got, err := desk.Delete(t.Context(), refs, confirm)
		if err != nil {
			t.Fatal(err)
		}
		var kept int
		for _, loss := range got.Losses {
			if kaneo.KindOf(loss.Err) == kaneo.Unavailable {
				kept++
			}
		}
		o.wire.hook(nil)
		left, err := desk.List(t.Context(), "", []string{"WEB"}, board.Filter{Statuses: []string{"all"}})
		if err != nil || kept != 2 || len(left.Cards) != 20 {
			t.Errorf("%d said to be kept, %d tasks left, %v", kept, len(left.Cards), err)
		}
	})
}
