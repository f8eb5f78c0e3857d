package board_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kaneo-mcp/board"
)

func journalIn(t *testing.T, folder string) *board.JournalFile {
	t.Helper()
	return board.NewJournalFile(folder, "https://kaneo.example/api", func(err error) { t.Error(err) })
}

func kept(j board.Journal) func(*board.Options) { return func(o *board.Options) { o.Journal = j } }

func entry(n int) board.Entry {
	return board.Entry{Call: fmt.Sprint("c", n), Act: board.Created, Key: fmt.Sprintf("WEB-%d", n)}
}

func entries(t *testing.T, j board.Journal, most int) []board.Entry {
	t.Helper()
	all, err := j.Entries(most)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestJournalIsForItsOwnerAlone(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("no such modes")
	}
	folder := filepath.Join(t.TempDir(), "new", "folder")
	journalIn(t, folder).Append(t.Context(), entry(1))
	for _, path := range []string{folder, filepath.Join(folder, "*")} {
		matches, _ := filepath.Glob(path)
		for _, match := range matches {
			info, err := os.Stat(match)
			if err != nil || info.Mode().Perm()&0o077 != 0 {
				t.Errorf("%s: %v, %v", match, info.Mode(), err)
			}
		}
	}
}

// TestJournalIsShared: several processes, each of which works on many tasks at once, lose nothing.
func TestJournalIsShared(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	var group sync.WaitGroup
	for p := range 3 {
		process := journalIn(t, folder)
		for n := range 50 {
			group.Go(func() { process.Append(t.Context(), entry(100*p+n)) })
		}
	}
	group.Wait()
	seen := make(map[string]bool)
	for _, e := range entries(t, journalIn(t, folder), 1_000) {
		seen[e.Key] = true
	}
	if len(seen) != 150 {
		t.Errorf("%d entries, want 150", len(seen))
	}
}

func TestJournalIsBounded(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	journal := journalIn(t, folder)
	large := entry(0)
	large.Title = strings.Repeat("x", 100_000)
	for n := range 30 {
		large.Key = fmt.Sprint("WEB-", n)
		journal.Append(t.Context(), large)
	}
	files, _ := filepath.Glob(filepath.Join(folder, "*.jsonl"))
	info, err := os.Stat(files[0])
	if err != nil || info.Size() > 2<<20 {
		t.Errorf("%v bytes, %v", info.Size(), err)
	}
	if got := entries(t, journal, 1)[0].Key; got != "WEB-29" {
		t.Errorf("the newest is %s", got)
	}
	if left, _ := os.ReadDir(folder); len(left) != 2 {
		t.Errorf("left over: %v", left)
	}
}

// TestMemoryJournal: what is in memory alone is bounded too, and keeps the newest.
func TestMemoryJournal(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		title int // bytes
		want  []string
	}{
		"all":         {10, []string{"WEB-2", "WEB-1", "WEB-0"}},
		"the newest":  {100_000, []string{"WEB-2", "WEB-1"}},
		"one too big": {1_000_000, nil},
	} {
		var journal board.MemoryJournal
		for n := range 3 {
			e := entry(n)
			e.Title = strings.Repeat("x", test.title)
			journal.Append(t.Context(), e)
		}
		var keys []string
		for _, e := range entries(t, &journal, 10) {
			keys = append(keys, e.Key)
		}
		if diff := cmp.Diff(test.want, keys); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestJournalSurvivesACrash: a line cut off spoils neither itself nor the next.
func TestJournalSurvivesACrash(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	journal := journalIn(t, folder)
	journal.Append(t.Context(), entry(1))
	files, _ := filepath.Glob(filepath.Join(folder, "*.jsonl"))
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(files[0], append(text, `{"call":"cut o`...), 0o600); err != nil {
		t.Fatal(err)
	}
	journal.Append(t.Context(), entry(2))
	var keys []string
	for _, e := range entries(t, journal, 10) {
		keys = append(keys, e.Key)
	}
	if diff := cmp.Diff([]string{"WEB-2", "WEB-1"}, keys); diff != "" {
		t.Error(diff)
	}
}

// TestJournalThatCannotBeWritten: work goes on, and it is said once.
func TestJournalThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	inTheWay := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(inTheWay, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var told []error
	journal := board.NewJournalFile(filepath.Join(inTheWay, "folder"), "x", func(err error) { told = append(told, err) })
	o := newOffice(t)
	desk := o.desk(t, "owner", kept(journal))
	for _, priority := range []string{"low", "high"} {
		outcomes, err := desk.Update(t.Context(), []string{"WEB-1"}, board.Change{Priority: priority})
		if err != nil || outcomes[0].Failed() {
			t.Errorf("%+v, %v", outcomes, err)
		}
	}
	if len(told) != 1 || strings.Contains(told[0].Error(), inTheWay) {
		t.Errorf("told: %v", told)
	}
	if _, err := desk.Undo(t.Context(), ""); err == nil {
		t.Error("something was undone")
	}
}

// TestUndoNeedsTheRecordAlone: another process undoes what this one did, once and only while nobody else was at it.
func TestUndoNeedsTheRecordAlone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	folder := t.TempDir()
	before, err := o.desk(t, "owner").Detail(t.Context(), "WEB-1", nil)
	if err != nil {
		t.Fatal(err)
	}
	change := board.Change{
		Title: "Other", Description: strings.Repeat("text ", 1_000), Status: "done", Priority: "low", Assignee: "me",
		Due: "friday", Start: "today", AddLabels: []string{"chore"}, RemoveLabels: []string{"bug"},
	}
	if _, err := o.desk(t, "owner", kept(journalIn(t, folder))).Update(t.Context(), []string{"WEB-1"}, change); err != nil {
		t.Fatal(err)
	}
	undoing, err := o.desk(t, "owner", kept(journalIn(t, folder))).Undo(t.Context(), "")
	if err != nil || undoing.Outcomes[0].Failed() {
		t.Fatalf("%+v, %v", undoing, err)
	}
	after, err := o.desk(t, "owner").Detail(t.Context(), "WEB-1", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []*board.Detail{&before, &after} {
		for i := range d.Card.Task.Labels {
			d.Card.Task.Labels[i].ID = "" // a label that comes back is a new copy
		}
	}
	if diff := cmp.Diff(before.Card, after.Card); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}

// TestUndoLeavesOthersAlone: what somebody changed since stays, the rest goes back.
func TestUndoLeavesOthersAlone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner", kept(journalIn(t, t.TempDir())))
	if _, err := desk.Update(t.Context(), []string{"WEB-1"}, board.Change{Status: "done", Priority: "low"}); err != nil {
		t.Fatal(err)
	}
	o.ask(t, "PUT", "/task/status/"+id(t, desk, "WEB-1"), `{"status":"in-review"}`)
	undoing, err := desk.Undo(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range undoing.Outcomes[0].Steps {
		if (step.Err != nil) != (step.What == "status") {
			t.Errorf("%+v", step)
		}
	}
	if card := undoing.Outcomes[0].Card; card.Task.Status != "in-review" || card.Task.Priority != "urgent" {
		t.Errorf("%s, %s", card.Task.Status, card.Task.Priority)
	}
}

func TestCallsAreUndoneTogether(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner", kept(journalIn(t, t.TempDir())))
	call := board.AsOneCall(context.Background())
	for _, ref := range []string{"WEB-1", "WEB-2"} {
		if _, err := desk.Update(call, []string{ref}, board.Change{Priority: "low"}); err != nil {
			t.Fatal(err)
		}
	}
	undoing, err := desk.Undo(t.Context(), "")
	if err != nil || len(undoing.Outcomes) != 2 {
		t.Errorf("%+v, %v", undoing, err)
	}
}
