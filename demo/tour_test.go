package demo

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mark3labs/mcp-go/client"
	"github.com/rs/zerolog"

	"kaneo-mcp/auth"
	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
	"kaneo-mcp/sandbox"
	"kaneo-mcp/server"
	"kaneo-mcp/tools"
)

// visit walks the tour with a server in this process and a person who acts on the code, and returns what was printed.
func visit(t *testing.T, person func(k *sandbox.Kaneo, code string) error, byItself bool) (string, error) {
	t.Helper()
	instance := sandbox.New(sandbox.Options{})
	instance.Seed()
	base, err := kaneo.ParseBase("https://kaneo.example")
	if err != nil {
		t.Fatal(err)
	}
	web := &http.Client{Transport: instance.Transport()}
	source, err := auth.New(auth.Settings{Base: base, HTTP: web})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	desk := board.New(board.Options{Client: kaneo.New(kaneo.Options{Base: base, Tokens: source, HTTP: web}), Zone: time.UTC})
	host, err := client.NewInProcessClient(server.New(server.Options{Catalogue: tools.New(desk, tools.Selection{}), Auth: source, Log: zerolog.Nop()}))
	if err != nil {
		t.Fatal(err)
	}
	defer host.Close()
	if err := host.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	tour := tour{host: host, out: transcript{&out}}
	if byItself {
		tour.approve = func(code string) error { return person(instance, code) }
	} else {
		go func() {
			time.Sleep(time.Minute) // of the bubble
			synctest.Wait()
			if err := person(instance, userCode(out.String())); err != nil {
				t.Error(err)
			}
		}()
	}
	err = tour.walk(t.Context())
	return out.String(), err
}

const (
	ada  = "ada.lovelace@example.com"
	vera = "vera.rubin@example.com" // a viewer
)

func TestTour(t *testing.T) {
	t.Parallel()
	approvedBy := func(email string) func(*sandbox.Kaneo, string) error {
		return func(k *sandbox.Kaneo, code string) error { return k.Approve(code, email) }
	}
	for name, c := range map[string]struct {
		person   func(*sandbox.Kaneo, string) error
		byItself bool
		want     []string // in the text
		fault    string   // in the error
	}{
		"by itself":            {approvedBy(ada), true, []string{"on behalf of Ada", "Signed in as Ada", "Created API-9", "comment added", "1 task."}, ""},
		"by a person":          {approvedBy(ada), false, []string{"Now you are that person", "Signed in as Ada", "Created API-9", "comment added"}, ""},
		"by one who only sees": {approvedBy(vera), false, []string{"Signed in as Vera", "API Backend", "viewer"}, "create_tasks did not work"},
		"denied":               {func(k *sandbox.Kaneo, code string) error { return k.Deny(code, ada) }, false, nil, "get_board did not work"},
		"not possible":         {approvedBy("nobody@example.com"), true, nil, "could not be approved"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				text, err := visit(t, c.person, c.byItself)
				if (err == nil) != (c.fault == "") || err != nil && !strings.Contains(err.Error(), c.fault) {
					t.Errorf("error: %v", err)
				}
				for _, want := range c.want {
					if !strings.Contains(text, want) {
						t.Errorf("%q is missing", want)
					}
				}
				if t.Failed() {
					t.Log(text)
				}
			})
		})
	}
}

func TestAnswersAreSetIn(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	transcript{&out}.answer("one\n\n  two\n")
	if diff := cmp.Diff("  one\n\n    two\n\n", out.String()); diff != "" {
		t.Error(diff)
	}
}

func TestSurroundings(t *testing.T) {
	t.Parallel()
	got := surroundings([]string{"PATH=/bin", "KANEO_API_KEY=secret", "XDG_STATE_HOME=/home/ada"}, "http://127.0.0.1:1", "/tmp/x")
	want := []string{"PATH=/bin", "XDG_STATE_HOME=/home/ada", "KANEO_API_URL=http://127.0.0.1:1", "KANEO_LOG_LEVEL=warn", "XDG_STATE_HOME=/tmp/x/state"}
	if diff := cmp.Diff(want, got); diff != "" { // of two that are the same, os/exec takes the last
		t.Error(diff)
	}
}
