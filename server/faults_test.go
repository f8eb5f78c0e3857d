package server

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rs/zerolog"

	"kaneo-mcp/tools"
)

// TestAPanicInATool is answered, and tells nothing. A catalogue without a desk has nothing but panics.
func TestAPanicInATool(t *testing.T) {
	t.Parallel()
	for _, era := range eras() {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			h := newTown().house(t, lease{era: era})
			defer h.leave()
			h.server = New(Options{Catalogue: tools.New(nil, tools.Selection{}), Auth: h.source, Version: "1", Log: zerolog.New(h)})
			h.connect()
			answer := h.call("get_board", readBoard)
			if !answer.isError || !strings.HasPrefix(answer.text, "internal error: the tool broke off") {
				t.Errorf("%+v", answer)
			}
			h.heard.Lock()
			defer h.heard.Unlock()
			if !strings.Contains(h.said.String(), "a tool panicked") {
				t.Error("the log does not tell")
			}
		})
	}
}

// TestADeadKaneo: reads and writes each end in one sentence, and nobody is signed out by it.
func TestADeadKaneo(t *testing.T) {
	t.Parallel()
	home := newTown()
	h := home.house(t, lease{era: eras()[0], key: home.Who("owner").APIKey})
	defer h.leave()
	h.cutOff(errors.New("no route to host"))
	for tool, args := range map[string]string{
		"list_projects": `{}`, "update_tasks": `{"tasks":["WEB-1"],"status":"done"}`, "whoami": `{}`,
	} {
		answer := h.call(tool, args)
		if !answer.isError || !strings.HasPrefix(answer.text, "Kaneo at https://kaneo.example cannot be reached") {
			t.Errorf("%s: %+v", tool, answer)
		}
	}
	h.cutOff(nil)
	h.wantBoard(h.call("get_board", readBoard), "")
}

// TestASilentKaneo: a read ends after one request's time, and so does a batch, which does not try what cannot go better.
func TestASilentKaneo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		home := newTown()
		h := home.house(t, lease{era: eras()[0], key: home.Who("owner").APIKey})
		defer h.leave()
		h.call("get_project", `{"project":"WEB"}`)
		h.hush(func(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/api/task/") })
		var transcript []string
		const oneRequest = 30 * time.Second
		for _, c := range []struct{ tool, args string }{
			{"get_board", `{"project":"WEB"}`},
			{"create_tasks", `{"project":"WEB","tasks":[{"title":"One"},{"title":"Two"},{"title":"Three"}]}`},
		} {
			var answer told
			if waited := took(func() { answer = h.call(c.tool, c.args) }); waited != oneRequest || !answer.isError {
				t.Errorf("%s took %v, want %v: %+v", c.tool, waited, oneRequest, answer)
			}
			transcript = append(transcript, c.tool+" "+c.args+"\n\n"+answer.text)
		}
		golden(t, "silent.txt", strings.Join(transcript, "\n\n"))
	})
}
