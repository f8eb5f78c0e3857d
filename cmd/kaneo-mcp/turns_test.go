//go:build unix

package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofrs/flock"
)

// chance is what another server gets to write between the reading and the writing of a whole task.
const chance = 100 * time.Millisecond

// behind puts something in front of a town, and returns a shell that goes there.
func behind(t *testing.T, place town, front http.HandlerFunc) shell {
	t.Helper()
	web := httptest.NewServer(front)
	t.Cleanup(web.Close)
	return newShell(t, web.URL).with("KANEO_API_KEY", place.Who("owner").APIKey)
}

// writesWholeTask tells the write that sets a start date: /api/task/{id}.
func writesWholeTask(r *http.Request) bool {
	return r.Method == http.MethodPut && strings.HasPrefix(r.URL.Path, "/api/task/") && strings.Count(r.URL.Path, "/") == 3
}

// TestTwoServersAtOneTask: whenever one of them writes a start date, and with it the whole task as it has read it, the other
// one appends a text. None is lost.
func TestTwoServersAtOneTask(t *testing.T) {
	t.Parallel()
	place, whole, text := newTown(t), make(chan struct{}), make(chan struct{})
	s := behind(t, place, func(w http.ResponseWriter, r *http.Request) {
		if writesWholeTask(r) {
			whole <- struct{}{}
			select {
			case <-text:
			case <-time.After(chance):
			}
		}
		place.ServeHTTP(w, r)
		if strings.HasPrefix(r.URL.Path, "/api/task/description/") {
			select {
			case text <- struct{}{}:
			default:
			}
		}
	})
	first, second := startProcess(t, s, "serve").greet(), startProcess(t, s, "serve").greet()
	for n := range 20 {
		var calls sync.WaitGroup
		calls.Go(func() {
			first.call("update_tasks", fmt.Sprintf(`{"tasks":["WEB-5"],"start":"2026-10-%02d"}`, n+1))
		})
		<-whole
		second.call("edit_description", fmt.Sprintf(`{"task":"WEB-5","append":"Round %d."}`, n))
		calls.Wait()
	}
	task := second.call("get_task", `{"task":"WEB-5"}`)
	for n := range 20 {
		if !strings.Contains(task, fmt.Sprintf("Round %d.", n)) {
			t.Errorf("round %d is lost", n)
		}
	}
	if !strings.Contains(task, "2026-10-20") {
		t.Errorf("no start date: %s", task)
	}
	first.hangUp().check(t, exitDone)
	second.hangUp().check(t, exitDone)
}

// TestKilledDuringATurn: what it held is free for others at once, also for one that waits already.
func TestKilledDuringATurn(t *testing.T) {
	t.Parallel()
	place, held := newTown(t), make(chan struct{})
	s := behind(t, place, func(w http.ResponseWriter, r *http.Request) {
		if writesWholeTask(r) {
			_, _ = io.Copy(io.Discard, r.Body) // only then is it noticed that the client is gone
			close(held)
			<-r.Context().Done()
			return
		}
		place.ServeHTTP(w, r)
	})
	first, second := startProcess(t, s, "serve").greet(), startProcess(t, s, "serve").greet()
	fmt.Fprintln(first.in, `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"update_tasks","arguments":{"tasks":["WEB-5"],"start":"2026-10-01"}}}`)
	<-held
	files, err := filepath.Glob(filepath.Join(s.env["XDG_STATE_HOME"], "kaneo-mcp", "turns", "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("locks: %v, %v", files, err)
	}
	if locked, err := flock.New(files[0]).TryLock(); locked || err != nil {
		t.Errorf("nobody holds the turn: %v", err)
	}
	var waits sync.WaitGroup
	waits.Go(func() {
		if text := second.call("update_tasks", `{"tasks":["WEB-5"],"priority":"low"}`); !strings.Contains(text, "low") {
			t.Errorf("the other one: %s", text)
		}
	})
	first.kill()
	waits.Wait()
	second.hangUp().check(t, exitDone)
}

// TestNoLocksAtHome says so once, and works.
func TestNoLocksAtHome(t *testing.T) {
	t.Parallel()
	place := newTown(t)
	s := newShell(t, place.url).with("KANEO_API_KEY", place.Who("owner").APIKey)
	home := filepath.Join(s.env["XDG_STATE_HOME"], "kaneo-mcp")
	if err := os.Mkdir(home, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, "turns"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	p := startProcess(t, s, "serve").greet()
	for _, priority := range []string{"urgent", "low"} {
		if text := p.call("update_tasks", fmt.Sprintf(`{"tasks":["WEB-5"],"priority":%q}`, priority)); !strings.Contains(text, priority) {
			t.Errorf("%s: %s", priority, text)
		}
	}
	if end := p.hangUp(); strings.Count(end.err, "because they cannot be locked out: not a directory") != 1 {
		t.Errorf("told: %s", end.err)
	}
}
