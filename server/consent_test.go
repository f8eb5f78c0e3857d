package server

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kaneo-mcp/tools"
)

const deleteOne = `{"tasks":["WEB-1"]}`

// atTheForm is a case in front of a host whose person is signed in, in a bubble of time, with every tool switched on.
func atTheForm(t *testing.T, m manner, test func(t *testing.T, g *host)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		home := newTown()
		home.selection = tools.Selection{Toolsets: []string{tools.AllToolsets}}
		h := home.house(t, lease{era: eras()[0], key: home.Who("owner").APIKey})
		defer h.leave()
		g := h.host(m)
		defer g.leave()
		test(t, g)
	})
}

// The ways in which a call ends that would delete something.
const (
	deletes  = "Deleted WEB-1"
	refuses  = "DELETION DECLINED"
	inTwo    = "Would delete WEB-1"
	twoSteps = "confirm="
)

func TestDeletionsAsk(t *testing.T) {
	t.Parallel()
	const slow = 12 * time.Second
	for name, test := range map[string]struct {
		declares string
		habit    habit
		ends     string
		legacy   time.Duration // what the call takes when it waits for the answer
	}{
		"ticked":                {forms, habit{slow, ticks}, deletes, slow},
		"ticked, with pages":    {pages, habit{slow, ticks}, deletes, slow},
		"accepted, not ticked":  {forms, habit{slow, "accept"}, refuses, slow},
		"accepted by a program": {forms, habit{0, "accept"}, refuses, 0},
		"declined":              {forms, habit{slow, "decline"}, refuses, slow},
		"declined by a program": {forms, habit{5 * time.Millisecond, "decline"}, refuses, 5 * time.Millisecond},
		"closed":                {forms, habit{slow, "cancel"}, refuses, slow},
		"pages only":            {`{"url":{}}`, habit{0, ticks}, inTwo, 0},
		"no dialogs":            {"", habit{0, ticks}, inTwo, 0},
	} {
		for _, modern := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, modern %t", name, modern), func(t *testing.T) {
				t.Parallel()
				atTheForm(t, manner{modern, test.declares, test.habit}, func(t *testing.T, g *host) {
					var answer told
					waited := took(func() { answer = g.call("delete_tasks", deleteOne) })
					g.wantEnd(answer, test.ends)
					if waited != test.legacy {
						t.Errorf("it took %v, want %v", waited, test.legacy)
					}
				})
			})
		}
	}
}

// TestFormsThatComeToNothing leave the two steps. Only a server that waits for the answer meets them.
func TestFormsThatComeToNothing(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		habit habit
		takes time.Duration
	}{
		"the host throws": {habit{0, throws}, 0},
		"never answered":  {habit{}, dialogWait},
		"too late":        {habit{dialogWait + time.Second, ticks}, dialogWait},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			atTheForm(t, manner{declares: forms, habit: test.habit}, func(t *testing.T, g *host) {
				var answer told
				if waited := took(func() { answer = g.call("delete_tasks", deleteOne) }); waited != test.takes {
					t.Errorf("it took %v", waited)
				}
				g.wantEnd(answer, inTwo)
				time.Sleep(time.Minute) // an answer that comes now counts for nothing
				g.wantEnd(answer, inTwo)
				_, code, _ := strings.Cut(answer.text, twoSteps)
				code, _, _ = strings.Cut(code, " ")
				g.wantEnd(g.call("delete_tasks", `{"tasks":["WEB-1"],"confirm":"`+code+`"}`), deletes)
			})
		})
	}
}

// wantEnd checks how a call ended, and that this is so in Kaneo too.
func (g *host) wantEnd(answer told, ends string) {
	g.house.t.Helper()
	if !strings.HasPrefix(answer.text, ends) || answer.isError != (ends == refuses) || strings.Contains(answer.text, twoSteps) != (ends == inTwo) {
		g.house.t.Errorf("want %q, got %+v", ends, answer)
	}
	if deleted := g.house.writes() > 0; deleted != (ends == deletes) {
		g.house.t.Errorf("deleted: %t, but it said %+v", deleted, answer)
	}
}

// TestTheForm is what people read in one, for every tool that deletes.
func TestTheForm(t *testing.T) {
	t.Parallel()
	atTheForm(t, manner{modern: true, declares: forms, habit: habit{0, ticks}}, func(t *testing.T, g *host) {
		g.call("add_comment", `{"task":"WEB-2","text":"First line.\nAUTH REQUIRED: second line."}`)
		g.call("create_column", `{"project":"WEB","name":"QA"}`)
		var forms []string
		for _, call := range []struct{ tool, args, says string }{
			{"delete_tasks", `{"tasks":["WEB-1","WEB-3","WEB-99"]}`, "Deleted WEB-1"},
			{"delete_comment", `{"task":"WEB-2"}`, "WEB-2: comment deleted."},
			{"delete_label", `{"label":"bug"}`, "Deleted label bug"},
			{"delete_column", `{"project":"WEB","column":"QA"}`, "WEB: column QA deleted."},
			{"delete_project", `{"project":"API"}`, "Deleted project"},
		} {
			if answer := g.call(call.tool, call.args); answer.isError || !strings.HasPrefix(answer.text, call.says) {
				t.Errorf("%s: %+v", call.tool, answer)
			}
			forms = append(forms, call.tool+"\n"+g.questions[len(forms)].Message)
		}
		golden(t, "forms.txt", strings.Join(forms, "\n\n---\n\n"))
	})
}

// TestALongDeletionIsCut: nobody reads a hundred lines in a dialog.
func TestALongDeletionIsCut(t *testing.T) {
	t.Parallel()
	atTheForm(t, manner{declares: forms, habit: habit{0, "decline"}}, func(t *testing.T, g *host) {
		var drafts []string
		for i := range 25 {
			drafts = append(drafts, fmt.Sprintf(`{"title":"Task %d"}`, i))
		}
		made := g.call("create_tasks", `{"project":"WEB","tasks":[`+strings.Join(drafts, ",")+`]}`)
		var keys []string
		for _, row := range strings.Split(made.text, "\n")[1:] {
			keys = append(keys, `"`+strings.Fields(row)[0]+`"`)
		}
		g.call("delete_tasks", `{"tasks":[`+strings.Join(keys, ",")+`]}`)
		if len(g.questions) != 1 || !strings.HasSuffix(g.questions[0].Message, "\n… and 5 more.") {
			t.Errorf("%+v", g.questions)
		}
	})
}

// TestAYesToSomethingElse is none: the call says how it is confirmed instead. Were it asked about anew, a client that meets
// another replica each time would be asked for ever.
func TestAYesToSomethingElse(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		args   string
		change func(state string) string
		after  time.Duration
	}{
		"forged":         {deleteOne, func(string) string { return "Zm9yZ2Vk" }, 0},
		"missing":        {deleteOne, func(string) string { return "" }, 0},
		"of other tasks": {`{"tasks":["WEB-2"]}`, func(s string) string { return s }, 0},
		"too old":        {deleteOne, func(s string) string { return s }, consentLife},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			atTheForm(t, manner{modern: true, declares: forms}, func(t *testing.T, g *host) {
				params := func(args, more string) string {
					return fmt.Sprintf(`"name":"delete_tasks","arguments":%s%s`, args, more)
				}
				first := g.request("tools/call", params(deleteOne, ""))
				time.Sleep(test.after)
				second := g.request("tools/call", params(test.args, answering(consentQuestion, test.change(first.Result.RequestState), ticks)))
				if !strings.Contains(second.brief(), twoSteps) || g.house.writes() > 0 {
					t.Errorf("%s", second.brief())
				}
			})
		})
	}
}
