package board_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kaneo-mcp/board"
)

// TestWhatIsNewIsFound changes Kaneo behind a desk that has looked already.
func TestWhatIsNewIsFound(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	if _, err := desk.Profile(t.Context(), "", "WEB"); err != nil {
		t.Fatal(err)
	}
	o.clock.move(time.Second)
	o.newcomer(t, "Katherine Johnson", "kj@example.com", true)
	fresh := o.newProject(t, "", "Fresh", "NEW")
	o.newTask(t, fresh, "first", "to-do")
	if got, err := desk.Person(t.Context(), o.Workspace.ID, "Katherine"); err != nil || got.Email != "kj@example.com" {
		t.Errorf("person: %+v, %v", got, err)
	}
	if card, err := desk.Card(t.Context(), "NEW-1"); err != nil || card.Project.ID != fresh {
		t.Errorf("task: %v", err)
	}
	o.clock.move(time.Second)
	again := o.newProject(t, "", "Again", "AGA")
	if got, err := desk.Project(t.Context(), "", "again"); err != nil || got.ID != again {
		t.Errorf("project: %v", err)
	}
}

func TestDirectoryIsReadOncePerMinute(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	read := func() []string {
		if _, err := desk.Profile(t.Context(), "", "WEB"); err != nil {
			t.Fatal(err)
		}
		return o.wire.take()
	}
	const requests = 5 // workspaces, projects, columns, labels, members; and at first whether there are custom fields
	for _, step := range []struct {
		name string
		do   func()
		want int
	}{
		{"at first", func() {}, requests + 1},
		{"again", func() {}, 0},
		{"nearly a minute later", func() { o.clock.move(time.Minute - time.Second) }, 0},
		{"a minute later", func() { o.clock.move(time.Second) }, requests},
		{"forgotten", desk.Forget, requests},
	} {
		step.do()
		if sent := read(); len(sent) != step.want {
			t.Errorf("%s: sent %q, want %d", step.name, sent, step.want)
		}
	}
}

func TestConcurrentCallsShareRequests(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			if _, err := desk.Project(t.Context(), "", "WEB"); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	want := []string{"GET /auth/organization/list", "GET /project"}
	if diff := cmp.Diff(want, o.wire.take()); diff != "" {
		t.Error(diff)
	}
}

// TestForgetDropsNumbers is about what is remembered of tasks: another person may not see them.
func TestForgetDropsNumbers(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	id(t, desk, "WEB-1")
	desk.Forget()
	o.wire.take()
	id(t, desk, "WEB-1")
	if sent := o.wire.take(); len(sent) != 5 { // workspaces, projects, search, task, columns
		t.Errorf("sent %q", sent)
	}
}

// TestABatchAsksOnceForWhoIsNotThere, not as often as it has tasks: Kaneo counts what a key asks about members.
func TestABatchAsksOnceForWhoIsNotThere(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	out, err := o.desk(t, "member").Update(t.Context(), numbered("WEB", 1, 20), board.Change{Assignee: "Katherine"})
	if err != nil {
		t.Fatal(err)
	}
	says(t, out[19].Err, `No person "Katherine"`)
	var asked int
	for _, sent := range o.wire.take() {
		if strings.HasSuffix(sent, "/members") {
			asked++
		}
	}
	if asked != 1 {
		t.Errorf("members were read %d times", asked)
	}
}
