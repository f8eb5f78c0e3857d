package board_test

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kaneo-mcp/board"
)

func two() []board.Draft { return []board.Draft{{Title: "One"}, {Title: "Two", Status: "nonsense"}} }

func TestRepeatedCallCreatesOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	create := func(id string, drafts []board.Draft) (string, bool, error) {
		out, again, err := desk.CreateOnce(t.Context(), id, "", "WEB", drafts)
		if err != nil {
			return "", again, err
		}
		return out[0].Card.Key(), again, nil
	}
	for _, step := range []struct {
		id    string
		later time.Duration
		key   string
		again bool
	}{
		{"r1", 0, "WEB-25", false}, {"r1", 0, "WEB-25", true}, {"r2", 9 * time.Minute, "WEB-26", false},
		{"r1", time.Minute, "WEB-25", true}, {"r1", time.Second, "WEB-27", false},
	} {
		o.clock.move(step.later)
		if key, again, err := create(step.id, two()); err != nil || key != step.key || again != step.again {
			t.Errorf("%+v: %s, %t, %v", step, key, again, err)
		}
	}
	_, _, err := create("r1", two()[:1])
	says(t, err, "request_id was used for other tasks", "Nothing was created")
	desk.Forget()
	if _, again, err := create("r1", two()[:1]); err != nil || again {
		t.Errorf("somebody else: %t, %v", again, err)
	}
}

// TestWhatCameToNothingIsTriedAgain: only what may exist must not be made twice.
func TestWhatCameToNothingIsTriedAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		desk := o.desk(t, "owner")
		out, again, err := desk.CreateOnce(t.Context(), "r", "", "WEB", two()[1:])
		if err != nil || again || out[0].Err == nil {
			t.Fatalf("%+v, %t, %v", out, again, err)
		}
		if _, again, _ = desk.CreateOnce(t.Context(), "r", "", "WEB", two()); again {
			t.Error("a mistake is remembered")
		}
		o.wire.cutAfter(0)
		if out, _, _ = desk.CreateOnce(t.Context(), "cut", "", "WEB", two()); out[0].Err == nil {
			t.Fatal("the network is down")
		}
		o.wire.hook(nil)
		if _, again, _ = desk.CreateOnce(t.Context(), "cut", "", "WEB", two()); !again {
			t.Error("what may exist is made again")
		}
	})
}

func TestTheSameCallTwiceAtOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	keys := make([]string, 8)
	var group sync.WaitGroup
	for i := range keys {
		group.Go(func() {
			if out, _, err := desk.CreateOnce(t.Context(), "r", "", "WEB", two()); err == nil {
				keys[i] = out[0].Card.Key()
			}
		})
	}
	group.Wait()
	for _, key := range keys {
		if key != "WEB-25" {
			t.Errorf("%q", keys)
		}
	}
}

// TestManyCallsAreForgotten holds the ledger to its size.
func TestManyCallsAreForgotten(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	for _, id := range numbered("r", 1, 201) {
		o.clock.move(time.Second)
		if _, _, err := desk.CreateOnce(t.Context(), id, "", "WEB", two()[:1]); err != nil {
			t.Fatal(err)
		}
	}
	if _, again, _ := desk.CreateOnce(t.Context(), "r-1", "", "WEB", two()[:1]); again {
		t.Error("the oldest is still there")
	}
	if _, again, _ := desk.CreateOnce(t.Context(), "r-3", "", "WEB", two()[:1]); !again {
		t.Error("a young one is not")
	}
}
