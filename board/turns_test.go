package board_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gofrs/flock"

	"kaneo-mcp/board"
)

func taking(turns *board.Turns) func(*board.Options) {
	return func(o *board.Options) { o.Turns = turns }
}

// sharedTurns are those of one process.
func sharedTurns(t *testing.T, folder string) *board.Turns {
	t.Helper()
	return board.SharedTurns(folder, func(err error) { t.Error(err) })
}

// lockFiles checks that nobody else may open what is in a folder, and returns the names.
func lockFiles(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || runtime.GOOS != "windows" && info.Mode() != 0o600 || info.Size() > 0 {
			t.Errorf("%v, %v", info, err)
		}
		names = append(names, entry.Name())
	}
	return names
}

// TestLocksAreBounded: more tasks than there may be files, whose names tell nothing.
func TestLocksAreBounded(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "new", "folder")
	o := newOffice(t)
	desk := o.desk(t, "owner", taking(sharedTurns(t, folder)))
	for range 3 {
		made, err := desk.Create(t.Context(), "", "WEB", make100(), false)
		if err != nil {
			t.Fatal(err)
		}
		refs := make([]string, len(made))
		for i, m := range made {
			refs[i] = m.Card.Key()
		}
		out, err := desk.Update(t.Context(), refs, board.Change{Priority: "low"})
		if err := errors.Join(err, firstErr(out)); err != nil {
			t.Fatal(err)
		}
	}
	names := lockFiles(t, folder)
	for _, name := range names {
		if !regexp.MustCompile(`^[0-9a-f]{2}$`).MatchString(name) {
			t.Errorf("a file %q", name)
		}
	}
	if len(names) < 100 {
		t.Errorf("only %d files: tasks wait for each other", len(names))
	}
	if info, err := os.Stat(folder); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func make100() []board.Draft {
	drafts := make([]board.Draft, board.MostTasks)
	for i := range drafts {
		drafts[i].Title = "One of many"
	}
	return drafts
}

// TestNoLocks: where there can be none the work goes on, turns hold within the process, and the trouble is told once.
func TestNoLocks(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var told []error
	turns := board.SharedTurns(filepath.Join(file, "turns"), func(err error) {
		mu.Lock()
		defer mu.Unlock()
		told = append(told, err)
	})
	startBesideText(t, [2]*board.Turns{turns, turns})
	if len(told) != 1 || regexp.MustCompile(`[/\\]`).MatchString(told[0].Error()) {
		t.Errorf("told %v", told)
	}
}

// TestAnotherServerHangs while it has a turn: a change of that task waits, as long as its call may last or its patience
// does, and says what to do; it changes nothing then. Once the other one is gone, changes go on.
func TestAnotherServerHangs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		folder := t.TempDir()
		desk := o.desk(t, "owner", taking(sharedTurns(t, folder)))
		change(t, desk, "WEB-5", board.Change{Priority: "high"})
		other := flock.New(filepath.Join(folder, lockFiles(t, folder)[0]))
		if locked, err := other.TryLock(); !locked || err != nil {
			t.Fatalf("a lock is held after the turn: %v", err)
		}
		o.wire.take()
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := desk.EditDescription(short, "WEB-5", board.Edit{Append: "Mine."}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a call that ends: %v", err)
		}
		var group sync.WaitGroup
		for range 2 {
			group.Go(func() {
				_, err := desk.EditDescription(t.Context(), "WEB-5", board.Edit{Append: "Mine."})
				says(t, err, "kept this task for 30 seconds", "nothing was changed", "Try again")
			})
		}
		group.Wait()
		if writes := o.wire.takeWrites(); len(writes) > 0 {
			t.Errorf("written meanwhile: %v", writes)
		}
		group.Go(func() { change(t, desk, "WEB-5", board.Change{Priority: "low"}) })
		synctest.Wait()
		if err := other.Unlock(); err != nil {
			t.Error(err)
		}
		group.Wait()
	})
}
