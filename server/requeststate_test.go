package server

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestARequestStateOfSomethingElse is ignored: with a state that is not of this very call, even a person's no ends nothing,
// and the call simply begins anew.
func TestARequestStateOfSomethingElse(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		tool, args string
		change     func(t *testing.T, g *host, state string) string
	}{
		"forged": {"get_board", readBoard, func(*testing.T, *host, string) string { return "Zm9yZ2Vk" }},
		"garbled": {"get_board", readBoard, func(_ *testing.T, _ *host, state string) string {
			return map[bool]string{true: "B", false: "A"}[strings.HasPrefix(state, "A")] + state[1:]
		}},
		"no base64":         {"get_board", readBoard, func(*testing.T, *host, string) string { return "~~~" }},
		"of another tool":   {"list_tasks", `{"projects":["WEB"]}`, sameState},
		"of other words":    {"get_board", `{"project":"WEB"}`, sameState},
		"of another caller": {"get_board", readBoard, foreignState},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			atHost(t, manner{modern: true, declares: pages}, func(t *testing.T, g *host) {
				state := g.asked("get_board", readBoard)
				time.Sleep(10 * time.Second)
				var answer told
				waited := took(func() { answer = g.resume(test.tool, test.args, carrying(test.change(t, g, state), "decline")) })
				g.house.wantAuth(answer)
				if waited != signInWait {
					t.Errorf("it waited %v, want that of a repeated call", waited)
				}
				g.house.wantCodes(1)
				if answer := g.resume("get_board", readBoard, carrying(state, "decline")); !strings.HasPrefix(answer.text, "SIGN-IN DECLINED") {
					t.Errorf("its own state does not count: %+v", answer)
				}
			})
		})
	}
}

// asked makes a call that is answered with a question, and returns the state that came along.
func (g *host) asked(tool, args string) string {
	g.house.t.Helper()
	r := g.request("tools/call", fmt.Sprintf(`"name":%q,"arguments":%s`, tool, args))
	if r.Result == nil || r.Result.ResultType != "input_required" {
		g.house.t.Fatalf("no question: %s", r.brief())
	}
	g.see(r.Result.InputRequests[signInQuestion].Params.Message)
	return r.Result.RequestState
}

func sameState(_ *testing.T, _ *host, state string) string { return state }

// foreignState is that of another server, as every caller has one, for the same call.
func foreignState(t *testing.T, g *host, _ string) string {
	elsewhere := newTown().house(t, lease{era: eras()[0]})
	defer elsewhere.leave()
	other := elsewhere.host(g.manner)
	defer other.leave()
	return other.asked("get_board", readBoard)
}

// TestARequestStateOfAnEndedSignIn: the question is asked again, with the new code, and not waited for.
func TestARequestStateOfAnEndedSignIn(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(g *host){
		"expired":    func(*host) { time.Sleep(31 * time.Minute) },
		"called off": func(g *host) { g.house.call("kaneo_auth", logout) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			atHost(t, manner{modern: true, declares: pages, habit: habit{0, "cancel"}}, func(t *testing.T, g *host) {
				state := g.asked("get_board", readBoard)
				first := <-g.code
				end(g)
				var answer told
				if waited := took(func() { answer = g.resume("get_board", readBoard, carrying(state, "accept")) }); waited != 0 {
					t.Errorf("it waited %v for a code that is dead", waited)
				}
				if len(g.questions) != 1 || strings.Contains(g.questions[0].Message, first) || g.house.wantAuth(answer) == first {
					t.Errorf("no question with a new code: %+v, %+v", g.questions, answer)
				}
				g.house.wantCodes(2)
			})
		})
	}
}

// TestApprovedAndDeclined: who approves on the page and then closes the dialog with a no has signed in.
func TestApprovedAndDeclined(t *testing.T) {
	t.Parallel()
	atHost(t, manner{modern: true, declares: pages}, func(t *testing.T, g *host) {
		for _, call := range []struct{ tool, args string }{{"get_board", readBoard}, {"kaneo_auth", login}} {
			state := g.asked(call.tool, call.args)
			g.house.approve(<-g.code)
			time.Sleep(10 * time.Second)
			if answer := g.resume(call.tool, call.args, carrying(state, "decline")); answer.isError || !strings.HasPrefix(answer.text, "Signed in as Ada") {
				t.Errorf("%s: %+v", call.tool, answer)
			}
			g.house.call("kaneo_auth", logout)
			g.seen = time.Time{}
		}
	})
}
