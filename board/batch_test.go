package board_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
	"kaneo-mcp/sandbox"
)

// numbered lists the keys from one number to another.
func numbered(key string, from, to int) []string {
	refs := make([]string, 0, to-from+1)
	for n := from; n <= to; n++ {
		refs = append(refs, fmt.Sprintf("%s-%d", key, n))
	}
	return refs
}

func TestBatches(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ tasks, reads int }{
		// Up to three are looked up one by one: workspaces, projects, columns, and for each a search and the task.
		{1, 5}, {3, 9},
		// From four on the board is read: workspaces, projects, board, columns.
		{4, 4},
		// For more than eight it is asked beforehand what a member may: who, twice because of the key, the members, the permission.
		{100, 8},
	} {
		t.Run(fmt.Sprint(tt.tasks), func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.kaneo.SeedTasks(o.Project("WEB").ID, 100)
			refs := numbered("WEB", 25, 24+tt.tasks)
			out, err := o.desk(t, "member").Update(t.Context(), refs, board.Change{Status: "planned"})
			if err != nil {
				t.Fatal(err)
			}
			for i, one := range out {
				if one.Ref != refs[i] || one.Card.Key() != refs[i] || one.Card.Status.Name != "planned" || one.Failed() || !one.Changed() {
					t.Errorf("%s: %+v", refs[i], one)
				}
			}
			sent := o.wire.take()
			if len(out) != tt.tasks || len(sent) != tt.reads+tt.tasks {
				t.Errorf("%d outcomes, %d requests, want %d: %q", len(out), len(sent), tt.reads+tt.tasks, sent[:min(len(sent), 12)])
			}
		})
	}
}

func TestBatchOfMixedReferences(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner", inProject("API"))
	seven := id(t, desk, "WEB-7")
	out, err := desk.Update(t.Context(), []string{
		"WEB-3", "NOPE-1", "web-3", "WEB-1", "WEB-99", "WEB-99", seven, "WEB-7", "2", "rubbish", "WEB-2", "WEB-4", "API-2", "WEB-14",
	}, board.Change{Status: "done"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, one := range out {
		switch {
		case one.Err != nil:
			says(t, one.Err)
			got = append(got, one.Ref+" failed")
		case one.Changed():
			got = append(got, one.Ref+" = "+one.Card.Key())
		default:
			got = append(got, one.Ref+" was so")
		}
	}
	want := []string{
		"WEB-3 = WEB-3", "NOPE-1 failed", "WEB-1 = WEB-1", "WEB-99 failed", "WEB-99 failed", seven + " = WEB-7", "2 = API-2", "rubbish failed",
		"WEB-2 = WEB-2", "WEB-4 = WEB-4", "WEB-14 was so",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if writes := o.wire.takeWrites(); len(writes) != 6 {
		t.Errorf("sent %q", writes)
	}
}

func TestLabelsOfABatchComeWithItsBoard(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	out, err := o.desk(t, "owner").Update(t.Context(), numbered("WEB", 1, 6), board.Change{AddLabels: []string{"bug"}})
	if err != nil || firstErr(out) != nil {
		t.Fatal(err, firstErr(out))
	}
	for _, request := range o.wire.take() {
		if strings.HasPrefix(request, "GET /label/task/") {
			t.Errorf("sent %s", request)
		}
	}
}

func TestUnknownNumbersOfOneBoardCostOneRead(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	found, err := o.desk(t, "owner").Cards(t.Context(), numbered("WEB", 500, 540))
	if err != nil || len(found) != 41 {
		t.Fatalf("%d, %v", len(found), err)
	}
	for _, one := range found {
		says(t, one.Err, "There is no task "+one.Ref)
	}
	if sent := o.wire.take(); len(sent) != 3 { // workspaces, projects, board
		t.Errorf("sent %q", sent)
	}
}

// TestLongDescriptionInABatch is a description that newer boards leave out: it must not look empty.
func TestLongDescriptionInABatch(t *testing.T) {
	t.Parallel()
	o := newOffice(t, sandbox.Options{AlwaysPaged: true})
	desk := o.desk(t, "owner")
	long := strings.Repeat("é", 33<<10)
	change(t, desk, "WEB-6", board.Change{Description: long})
	o.wire.take()
	out, err := desk.Update(t.Context(), numbered("WEB", 4, 8), board.Change{Description: long})
	if err != nil || firstErr(out) != nil || out[2].Changed() {
		t.Fatalf("%v, %v, changed %v", err, firstErr(out), out[2].Changed())
	}
	if writes := o.wire.takeWrites(); len(writes) != 4 {
		t.Errorf("sent %d", len(writes))
	}
}

// TestBatchIsNotAFlood holds every request up until no more of them come.
func TestBatchIsNotAFlood(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.wire.hook(func(*http.Request) error {
			time.Sleep(time.Millisecond)
			return nil
		})
		desk := o.desk(t, "owner", func(b *board.Options) { b.Client = newClient(o.Who("owner").APIKey, o.wire, 100) })
		out, err := desk.Update(t.Context(), append(numbered("WEB", 1, 24), numbered("API", 1, 8)...), board.Change{Priority: "low", Comment: "x"})
		if err != nil || firstErr(out) != nil {
			t.Fatal(err, firstErr(out))
		}
		if o.wire.most > 8 || o.wire.most < 2 {
			t.Errorf("%d requests at the same time", o.wire.most)
		}
	})
}

// TestNetworkFailsInABatch lets some writes pass. Each task says what became of it.
func TestNetworkFailsInABatch(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		desk := o.desk(t, "owner")
		o.wire.cutAfter(5)
		out, err := desk.Update(t.Context(), numbered("WEB", 5, 16), board.Change{Priority: "urgent", Comment: "x"})
		if err != nil || len(out) != 12 {
			t.Fatalf("%d outcomes, %v", len(out), err)
		}
		var done, left int
		for _, one := range out {
			if _, notTried := errors.AsType[*board.NotTried](one.Err); notTried {
				left++
				continue
			}
			for _, step := range one.Steps {
				if step.Err == nil {
					done++
				}
			}
			if len(one.Steps) != 2 || one.Err != nil || one.Steps[1].Err != nil != one.Failed() {
				t.Errorf("%s: %+v", one.Ref, one)
			}
		}
		if done != 5 || left == 0 {
			t.Errorf("%d steps said to be done, want 5; %d tasks left", done, left)
		}
	})
}

// TestNetworkIsDown fails before anything could be changed: that is one error, not one for each task.
func TestNetworkIsDown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		desk := o.desk(t, "owner")
		if _, err := desk.Profile(t.Context(), "", "WEB"); err != nil {
			t.Fatal(err)
		}
		o.wire.hook(func(*http.Request) error { return errDown })
		calls := map[string]func() error{
			"update, few": func() error {
				_, err := desk.Update(t.Context(), []string{"WEB-1", "WEB-2"}, board.Change{Status: "done"})
				return err
			},
			"update, many": func() error {
				_, err := desk.Update(t.Context(), numbered("WEB", 1, 20), board.Change{Status: "done"})
				return err
			},
			"delete": func() error { _, err := desk.Delete(t.Context(), []string{"WEB-1"}, ""); return err },
			"list":   func() error { _, err := desk.List(t.Context(), "", nil, board.Filter{}); return err },
			"sheet":  func() error { _, err := desk.Sheet(t.Context(), "WEB", nil); return err },
			"search": func() error { _, err := desk.Search(t.Context(), "", "", "x", 5); return err },
			"detail": func() error { _, err := desk.Detail(t.Context(), "WEB-1", board.Parts()); return err },
		}
		for name, call := range calls {
			if err := call(); kaneo.KindOf(err) != kaneo.Unavailable {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
