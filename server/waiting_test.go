package server

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestCallsBesideADialog: while it is open, no other call asks; each waits its moment, and all go on with the approval.
func TestCallsBesideADialog(t *testing.T) {
	t.Parallel()
	for name, m := range map[string]manner{
		"2025": {declares: pages},
		"2026": {modern: true, declares: pages, habit: habit{31 * time.Second, "accept"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			atHost(t, m, func(t *testing.T, g *host) {
				var asking, late told
				var calls sync.WaitGroup
				calls.Go(func() { asking = g.call("get_board", readBoard) })
				code := <-g.code
				time.Sleep(time.Second)
				var beside told
				if waited := took(func() { beside = g.call("list_tasks", `{}`) }); waited != signInWait {
					t.Errorf("the call beside it waited %v, want %v", waited, signInWait)
				}
				if got := g.house.wantAuth(beside); got != code {
					t.Errorf("another code: %s and %s", got, code)
				}
				time.Sleep(5 * time.Second)
				calls.Go(func() { late = g.call("get_board", readBoard) })
				time.Sleep(2 * time.Second)
				g.house.approve(code)
				calls.Wait()
				g.house.wantBoard(told{strings.TrimPrefix(asking.text, welcome), asking.isError}, "")
				g.house.wantBoard(told{strings.TrimPrefix(late.text, welcome), late.isError}, "")
				if strings.HasPrefix(asking.text, welcome) == strings.HasPrefix(late.text, welcome) {
					t.Error("not one greeting")
				}
				if len(g.questions) != 1 {
					t.Errorf("%d dialogs", len(g.questions))
				}
				g.house.wantCodes(1)
			})
		})
	}
}

// TestThreeCallsAtOnce is the profile of hosts without dialogs whose models call in parallel.
func TestThreeCallsAtOnce(t *testing.T) {
	t.Parallel()
	for _, modern := range []bool{false, true} {
		t.Run(fmt.Sprintf("modern %t", modern), func(t *testing.T) {
			t.Parallel()
			atHost(t, manner{modern: modern}, func(t *testing.T, g *host) {
				before := g.tools()
				answers := g.atOnce(3, 0)
				for _, answer := range answers[1:] {
					if answer != answers[0] {
						t.Errorf("another answer: %+v", answer)
					}
				}
				g.house.approve(g.house.wantAuth(answers[0]))
				time.Sleep(6 * time.Second)
				greeted := 0
				for _, answer := range g.atOnce(3, 0) {
					if strings.HasPrefix(answer.text, welcome) {
						greeted++
					}
					g.house.wantBoard(told{strings.TrimPrefix(answer.text, welcome), answer.isError}, "")
				}
				if greeted != 1 || g.tools() != before {
					t.Errorf("%d greetings; the list of tools is the same: %t", greeted, g.tools() == before)
				}
				g.house.wantCodes(1)
			})
		})
	}
}

// atOnce makes n calls at the same time, which have to take so long together.
func (g *host) atOnce(n int, together time.Duration) []told {
	g.house.t.Helper()
	answers := make([]told, n)
	waited := took(func() {
		var calls sync.WaitGroup
		for i := range answers {
			calls.Go(func() { answers[i] = g.call("get_board", readBoard) })
		}
		calls.Wait()
	})
	if waited != together {
		g.house.t.Errorf("%d calls took %v, want %v", n, waited, together)
	}
	return answers
}

// TestManyCallsWaitTogether: waiting for a person takes no turn from others, nor from kaneo_auth.
func TestManyCallsWaitTogether(t *testing.T) {
	t.Parallel()
	atHost(t, manner{}, func(t *testing.T, g *host) {
		code := g.house.wantAuth(g.call("get_board", readBoard))
		time.Sleep(sameTurn)
		for _, answer := range g.atOnce(3*callsAtOnce, signInWait) {
			g.house.wantAuth(answer)
		}
		var calls sync.WaitGroup
		calls.Go(func() { g.atOnce(3*callsAtOnce, 5*time.Second) })
		synctest.Wait()
		if waited := took(func() { g.call("kaneo_auth", status) }); waited != 0 {
			t.Errorf("kaneo_auth waited %v", waited)
		}
		time.Sleep(time.Second)
		g.house.approve(code)
		calls.Wait()
	})
}

// TestSignInWait: what an operator sets counts for all waits, and for the deadline of a call.
func TestSignInWait(t *testing.T) {
	t.Parallel()
	for _, wait := range []time.Duration{2 * time.Second, 90 * time.Second} {
		for name, test := range map[string]struct {
			manner
			repeated bool
		}{
			"a repeated call": {manner{}, true},
			"2025 page":       {manner{declares: pages}, false},
			"2026 page":       {manner{modern: true, declares: pages, habit: habit{0, "accept"}}, false},
		} {
			t.Run(fmt.Sprintf("%s, %v", name, wait), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					h := newTown().house(t, lease{era: eras()[0], wait: wait})
					defer h.leave()
					g := h.host(test.manner)
					defer g.leave()
					if test.repeated {
						h.wantAuth(g.call("get_board", readBoard))
						time.Sleep(sameTurn)
					}
					if waited := took(func() { h.wantAuth(g.call("get_board", readBoard)) }); waited != wait {
						t.Errorf("it waited %v", waited)
					}
				})
			})
		}
	}
}
