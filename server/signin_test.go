package server

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

const (
	readBoard = `{"project":"WEB","statuses":["in review"]}`
	welcome   = "Signed in as Ada Lovelace <ada.lovelace@example.com>.\n\n"
)

// signIn is a case of somebody who is not signed in, in a bubble of time.
func signIn(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	for _, era := range eras() {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			store := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				h := newTown().house(t, lease{era: era, store: store})
				defer h.leave()
				test(t, h)
			})
		})
	}
}

// took runs something and returns how long it took.
func took(do func()) time.Duration {
	start := time.Now()
	do()
	return time.Since(start)
}

func TestTheFirstCallSaysHowToSignIn(t *testing.T) {
	t.Parallel()
	signIn(t, func(t *testing.T, h *house) {
		before := h.tools()
		var answer told
		if waited := took(func() { answer = h.call("get_board", readBoard) }); waited != 0 {
			t.Errorf("it waited %v before the code was shown", waited)
		}
		code := h.wantAuth(answer)
		golden(t, "auth_required.txt", steady(answer.text))
		if want := "\nhttps://kaneo.example/device?user_code=" + code + "\n"; !strings.Contains(answer.text, want) {
			t.Errorf("the address is not on a line of its own:\n%s", answer.text)
		}
		h.wantCodes(1)
		if diff := cmp.Diff(before, h.tools()); diff != "" {
			t.Errorf("the list of tools changed (-before +after):\n%s", diff)
		}
	})
}

func TestParallelCallsShowOneCode(t *testing.T) {
	t.Parallel()
	signIn(t, func(t *testing.T, h *house) {
		var answers [3]told
		waited := took(func() {
			var group sync.WaitGroup
			for i, tool := range []string{"get_board", "list_tasks", "whoami"} {
				group.Go(func() { answers[i] = h.call(tool, `{}`) })
			}
			group.Wait()
		})
		if waited != 0 {
			t.Errorf("they waited %v", waited)
		}
		h.wantAuth(answers[0])
		if diff := cmp.Diff([3]told{answers[0], answers[0], answers[0]}, answers, cmp.AllowUnexported(told{})); diff != "" {
			t.Errorf("(-first +all):\n%s", diff)
		}
		h.wantCodes(1)
	})
}

func TestARepeatedCallWaitsAMoment(t *testing.T) {
	t.Parallel()
	signIn(t, func(t *testing.T, h *house) {
		first := h.call("get_board", readBoard)
		time.Sleep(sameTurn - time.Millisecond)
		if waited := took(func() { h.call("get_board", readBoard) }); waited != 0 {
			t.Errorf("a call of the same turn waited %v", waited)
		}
		time.Sleep(sameTurn)
		var second told
		if waited := took(func() { second = h.call("get_board", readBoard) }); waited != signInWait {
			t.Errorf("it waited %v, want %v", waited, signInWait)
		}
		if diff := cmp.Diff(first, second, cmp.AllowUnexported(told{})); diff != "" {
			t.Errorf("(-first +second):\n%s", diff)
		}
		h.wantCodes(1)
	})
}

func TestTheWaitingCallGoesOnAfterApproval(t *testing.T) {
	t.Parallel()
	signIn(t, func(t *testing.T, h *house) {
		before := h.tools()
		code := h.wantAuth(h.call("get_board", readBoard))
		time.Sleep(10 * time.Second)
		var answer told
		waited := took(func() {
			var group sync.WaitGroup
			group.Go(func() { answer = h.call("get_board", readBoard) })
			time.Sleep(7 * time.Second)
			h.approve(code)
			group.Wait()
		})
		if waited > 10*time.Second {
			t.Errorf("it went on after %v", waited)
		}
		h.wantBoard(answer, welcome)
		h.wantBoard(h.call("get_board", readBoard), "")
		h.wantCodes(1)
		if diff := cmp.Diff(before, h.tools()); diff != "" {
			t.Errorf("the list of tools changed (-before +after):\n%s", diff)
		}
	})
}

// wantBoard checks that an answer is the board, after a greeting.
func (h *house) wantBoard(answer told, greeting string) {
	h.t.Helper()
	if answer.isError || !strings.HasPrefix(answer.text, greeting+"WEB Website: 3 tasks") {
		h.t.Errorf("want %q and the board, got %+v", greeting, answer)
	}
}

// TestApprovalBetweenCalls is the usual case: the person says "done", and the model calls again.
func TestApprovalBetweenCalls(t *testing.T) {
	t.Parallel()
	signIn(t, func(t *testing.T, h *house) {
		h.approve(h.wantAuth(h.call("get_board", readBoard)))
		time.Sleep(time.Minute)
		if waited := took(func() { h.wantBoard(h.call("get_board", readBoard), welcome) }); waited != 0 {
			t.Errorf("it waited %v", waited)
		}
		h.wantBoard(h.call("get_board", readBoard), "")
	})
}

// TestTheGreetingWaitsForAnAnswer: an error is about the call, and the greeting comes with the next success.
func TestTheGreetingWaitsForAnAnswer(t *testing.T) {
	t.Parallel()
	signIn(t, func(t *testing.T, h *house) {
		h.approve(h.wantAuth(h.call("get_board", readBoard)))
		time.Sleep(time.Minute)
		if answer := h.call("get_board", `{"project":"Moon"}`); !answer.isError || strings.Contains(answer.text, "Signed in") {
			t.Errorf("%+v", answer)
		}
		h.wantBoard(h.call("get_board", readBoard), welcome)
	})
}

// TestAnswersGoToAll: of calls that wait together, all go on, and one greets.
func TestAnswersGoToAll(t *testing.T) {
	t.Parallel()
	signIn(t, func(t *testing.T, h *house) {
		code := h.wantAuth(h.call("get_board", readBoard))
		time.Sleep(10 * time.Second)
		var answers [4]told
		var group sync.WaitGroup
		for i := range answers {
			group.Go(func() { answers[i] = h.call("get_board", readBoard) })
		}
		time.Sleep(time.Second)
		h.approve(code)
		group.Wait()
		greeted := 0
		for _, answer := range answers {
			if strings.HasPrefix(answer.text, welcome) {
				greeted++
			}
			h.wantBoard(told{strings.TrimPrefix(answer.text, welcome), answer.isError}, "")
		}
		if greeted != 1 {
			t.Errorf("%d greetings", greeted)
		}
	})
}

// TestACancelledCallLeavesTheSignIn: the code that was shown stays good.
func TestACancelledCallLeavesTheSignIn(t *testing.T) {
	t.Parallel()
	signIn(t, func(t *testing.T, h *house) {
		code := h.wantAuth(h.call("get_board", readBoard))
		time.Sleep(10 * time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if answer, err := h.try(ctx, "get_board", readBoard); err == nil {
			t.Errorf("the call was cancelled, but answered %+v", answer)
		}
		h.approve(code)
		time.Sleep(10 * time.Second)
		h.wantBoard(h.call("get_board", readBoard), welcome)
		h.wantCodes(1)
	})
}

func TestAGuestIsTold(t *testing.T) {
	t.Parallel()
	signIn(t, func(t *testing.T, h *house) {
		h.approveAsGuest(h.wantAuth(h.call("list_projects", `{}`)))
		time.Sleep(time.Minute)
		answer := h.call("list_projects", `{}`)
		golden(t, "guest.txt", anyGuestMail.ReplaceAllString(answer.text, "<e-mail>"))
		if answer.isError {
			t.Errorf("%+v", answer)
		}
	})
}

// TestKaneoIsAwayAtSignIn: no code, one sentence, and the next call tries again.
func TestKaneoIsAwayAtSignIn(t *testing.T) {
	t.Parallel()
	signIn(t, func(t *testing.T, h *house) {
		h.cutOff(errors.New("no route to host"))
		answer := h.call("get_board", readBoard)
		if want := (told{"Kaneo at https://kaneo.example cannot be reached, so no sign-in is possible now (no route to host).", true}); answer != want {
			t.Errorf("%+v", answer)
		}
		h.cutOff(nil)
		h.wantAuth(h.call("get_board", readBoard))
	})
}
