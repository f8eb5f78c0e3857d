package server

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// approveAsGuest presses "Continue as guest" on the page, and Approve.
func (h *house) approveAsGuest(code string) {
	h.t.Helper()
	form := url.Values{"user_code": {code}, "as": {"guest"}, "decision": {"approve"}}
	request, err := http.NewRequestWithContext(h.t.Context(), http.MethodPost, "https://kaneo.example/device/approve", strings.NewReader(form.Encode()))
	if err != nil {
		h.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := h.kaneo.Transport().RoundTrip(request)
	if err != nil || answer.StatusCode != http.StatusOK {
		h.t.Fatalf("the page: %+v, %v", answer, err)
	}
	if err := answer.Body.Close(); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) deny(code string) {
	h.t.Helper()
	if err := h.kaneo.Deny(code, h.Who("owner").Email); err != nil {
		h.t.Fatal(err)
	}
}

func TestDeniedWhileACallWaits(t *testing.T) {
	t.Parallel()
	signIn(t, func(t *testing.T, h *house) {
		code := h.wantAuth(h.call("get_board", readBoard))
		time.Sleep(10 * time.Second)
		var answer told
		var group sync.WaitGroup
		group.Go(func() { answer = h.call("get_board", readBoard) })
		time.Sleep(time.Second)
		h.deny(code)
		group.Wait()
		golden(t, "denied.txt", answer.text)
		if !answer.isError {
			t.Error("it is no error")
		}
		h.wantNoCodeForAMinute()
	})
}

func TestDeniedBetweenCalls(t *testing.T) {
	t.Parallel()
	signIn(t, func(t *testing.T, h *house) {
		h.deny(h.wantAuth(h.call("get_board", readBoard)))
		time.Sleep(10 * time.Second)
		h.wantNoCodeForAMinute()
	})
}

// wantNoCodeForAMinute checks what follows a person's no.
func (h *house) wantNoCodeForAMinute() {
	h.t.Helper()
	for _, tool := range []string{"get_board", "list_tasks"} {
		answer := h.call(tool, `{}`)
		if !answer.isError || !strings.HasPrefix(answer.text, "SIGN-IN DECLINED: the user said no to signing in to Kaneo at https://kaneo.example. ") {
			h.t.Errorf("%s: %+v", tool, answer)
		}
	}
	h.wantCodes(1)
	time.Sleep(time.Minute)
	h.wantAuth(h.call("get_board", readBoard))
	h.wantCodes(2)
}

func TestAnExpiredCodeIsReplaced(t *testing.T) {
	t.Parallel()
	signIn(t, func(t *testing.T, h *house) {
		first := h.wantAuth(h.call("get_board", readBoard))
		time.Sleep(31 * time.Minute)
		if waited := took(func() {
			if second := h.wantAuth(h.call("get_board", readBoard)); second == first {
				t.Error("the same code is shown")
			}
		}); waited != 0 {
			t.Errorf("the new code came after %v", waited)
		}
		h.wantCodes(2)
	})
}

func TestACodeThatExpiresWhileACallWaits(t *testing.T) {
	t.Parallel()
	signIn(t, func(t *testing.T, h *house) {
		h.wantAuth(h.call("get_board", readBoard))
		time.Sleep(30*time.Minute - 20*time.Second)
		answer := h.call("get_board", readBoard)
		if !answer.isError || !strings.Contains(answer.text, "expired before it was approved") {
			t.Errorf("%+v", answer)
		}
		h.wantAuth(h.call("get_board", readBoard))
	})
}

// TestTwoServersShareASignIn: two hosts start a server each.
func TestTwoServersShareASignIn(t *testing.T) {
	t.Parallel()
	store := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		home := newTown()
		one := home.house(t, lease{era: eras()[0], store: store})
		defer one.leave()
		two := home.house(t, lease{era: eras()[1], store: store})
		defer two.leave()
		code := one.wantAuth(one.call("get_board", readBoard))
		if other := two.wantAuth(two.call("get_board", readBoard)); other != code {
			t.Errorf("two codes: %s and %s", code, other)
		}
		one.approve(code)
		time.Sleep(time.Minute)
		one.wantBoard(one.call("get_board", readBoard), welcome)
		two.wantBoard(two.call("get_board", readBoard), welcome)
		three := home.house(t, lease{era: eras()[0], store: store})
		defer three.leave()
		three.wantBoard(three.call("get_board", readBoard), "")
		one.wantCodes(1)
	})
}

func TestASignInOutlivesItsServer(t *testing.T) {
	t.Parallel()
	store := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		home := newTown()
		before := home.house(t, lease{era: eras()[0], store: store})
		before.approve(before.wantAuth(before.call("get_board", readBoard)))
		time.Sleep(time.Minute)
		before.leave()
		after := home.house(t, lease{era: eras()[1], store: store})
		defer after.leave()
		after.wantBoard(after.call("get_board", readBoard), "")
		after.wantCodes(1)
	})
}

// TestARevokedSession: whatever the call was to do, it does nothing and says how to sign in. What was looked up before
// does not let it pass.
func TestARevokedSession(t *testing.T) {
	t.Parallel()
	for tool, args := range map[string]string{
		"get_board":    readBoard,
		"update_tasks": `{"tasks":["WEB-1"],"status":"done"}`,
		"create_tasks": `{"project":"WEB","tasks":[{"title":"One"},{"title":"Two"}]}`,
		"add_comment":  `{"task":"WEB-1","text":"Hello."}`,
		"delete_tasks": `{"tasks":["WEB-1"]}`,
		"whoami":       `{}`,
	} {
		t.Run(tool, func(t *testing.T) {
			t.Parallel()
			signIn(t, func(t *testing.T, h *house) {
				h.approve(h.wantAuth(h.call("get_board", readBoard)))
				time.Sleep(time.Minute)
				h.call("get_task", `{"task":"WEB-1"}`)
				if !h.kaneo.RevokeSession(h.session()) {
					t.Fatal("the session that was noted is unknown: the search for secrets would miss it")
				}
				code := h.wantAuth(h.call(tool, args))
				h.wantCodes(2)
				h.approve(code)
				time.Sleep(time.Minute)
				if answer := h.call("list_tasks", `{"projects":["WEB"],"statuses":["all"],"text":"e"}`); !strings.HasPrefix(answer.text, welcome) {
					t.Errorf("no greeting: %+v", answer)
				}
				if answer := h.call("get_project", `{"project":"WEB"}`); !strings.HasPrefix(answer.text, "WEB Website | 24 tasks") {
					t.Errorf("something was created: %+v", answer)
				}
				if answer := h.call("get_task", `{"task":"WEB-1","include":["comments"]}`); !strings.Contains(answer.text, "\nTo Do | ") || !strings.Contains(answer.text, "\n2 comments:") {
					t.Errorf("something was changed: %+v", answer)
				}
			})
		})
	}
}

// TestAnotherPersonSignsIn: nothing of the first one is remembered.
func TestAnotherPersonSignsIn(t *testing.T) {
	t.Parallel()
	signIn(t, func(t *testing.T, h *house) {
		h.approve(h.wantAuth(h.call("whoami", `{}`)))
		time.Sleep(time.Minute)
		h.call("whoami", `{}`)
		h.kaneo.RevokeSession(h.session())
		if err := h.kaneo.Approve(h.wantAuth(h.call("get_board", readBoard)), h.Who("viewer").Email); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		answer := h.call("whoami", `{}`)
		if !strings.HasPrefix(answer.text, "Signed in as Vera Rubin <vera.rubin@example.com>.\n\nVera Rubin") || !strings.HasSuffix(answer.text, "Acme (viewer)") {
			t.Errorf("%+v", answer)
		}
	})
}
