package server

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"kaneo-mcp/auth"
)

const (
	status = `{"action":"status"}`
	login  = `{"action":"login"}`
	logout = `{"action":"logout"}`
)

// TestALifeWithKaneoAuth goes from nobody to somebody and back; the answers are in one golden file.
func TestALifeWithKaneoAuth(t *testing.T) {
	t.Parallel()
	signIn(t, func(t *testing.T, h *house) {
		var transcript []string
		say := func(args string) told {
			answer := h.call("kaneo_auth", args)
			transcript = append(transcript, "kaneo_auth "+args+"\n\n"+answer.text)
			if answer.isError {
				t.Errorf("%s: an error: %s", args, answer.text)
			}
			return answer
		}
		say(status)
		shown := say(login)
		say(status)
		h.approve(h.code(shown))
		time.Sleep(time.Minute)
		say(status)
		say(login)
		session := h.session()
		say(logout)
		if h.kaneo.RevokeSession(session) {
			t.Error("the session lives on after logout")
		}
		say(status)
		say(logout)
		golden(t, "kaneo_auth.txt", steady(strings.Join(transcript, "\n\n")))
		h.wantCodes(1)
	})
}

// TestLoginWaitsLikeAnyCall: shown at once, then a moment's patience, then the same code.
func TestLoginWaitsLikeAnyCall(t *testing.T) {
	t.Parallel()
	signIn(t, func(t *testing.T, h *house) {
		var first, second told
		if waited := took(func() { first = h.call("kaneo_auth", login) }); waited != 0 {
			t.Errorf("it waited %v", waited)
		}
		if first.isError || !strings.HasPrefix(first.text, "AUTH REQUIRED") {
			t.Errorf("%+v", first)
		}
		time.Sleep(sameTurn)
		if waited := took(func() { second = h.call("kaneo_auth", login) }); waited != signInWait {
			t.Errorf("it waited %v", waited)
		}
		if diff := cmp.Diff(first, second, cmp.AllowUnexported(told{})); diff != "" {
			t.Errorf("(-first +second):\n%s", diff)
		}
	})
}

// TestLoginGreetsOnce: who that is has been said by then.
func TestLoginGreetsOnce(t *testing.T) {
	t.Parallel()
	signIn(t, func(t *testing.T, h *house) {
		h.approve(h.code(h.call("kaneo_auth", login)))
		time.Sleep(time.Minute)
		want := told{strings.TrimSpace(welcome), false}
		for range 2 {
			if got := h.call("kaneo_auth", login); got != want {
				t.Errorf("%+v", got)
			}
		}
		h.wantBoard(h.call("get_board", readBoard), "")
	})
}

func TestLogoutCallsALiveSignInOff(t *testing.T) {
	t.Parallel()
	signIn(t, func(t *testing.T, h *house) {
		code := h.wantAuth(h.call("get_board", readBoard))
		h.call("kaneo_auth", logout)
		h.approve(code) // too late
		time.Sleep(time.Minute)
		if next := h.wantAuth(h.call("get_board", readBoard)); next == code {
			t.Error("the code that was called off is shown again")
		}
	})
}

func TestLogoutWithoutKaneo(t *testing.T) {
	t.Parallel()
	signIn(t, func(t *testing.T, h *house) {
		h.approve(h.wantAuth(h.call("get_board", readBoard)))
		time.Sleep(time.Minute)
		h.cutOff(errors.New("no route to host"))
		golden(t, "logout_untold.txt", h.call("kaneo_auth", logout).text)
		if answer := h.call("kaneo_auth", status); !strings.HasPrefix(answer.text, "Nobody is signed in") {
			t.Errorf("%+v", answer)
		}
	})
}

func TestWrongArgumentsOfKaneoAuth(t *testing.T) {
	t.Parallel()
	h := newTown().house(t, lease{era: eras()[0]})
	defer h.leave()
	for args, want := range map[string]string{
		`{}`:                         "action is missing: What to do.",
		`{"action":"dance"}`:         "action must be one of: status, login, logout.",
		`{"action":"STATUS","x":1}`:  `This tool has no parameter "x". It takes: action.`,
		`{"action":["status","in"]}`: "action must be one text, not a list.",
	} {
		if got := h.call("kaneo_auth", args); got != (told{want, true}) {
			t.Errorf("%s: %+v, want %q", args, got, want)
		}
	}
	h.wantCodes(0)
}

// TestAKey: a valid one works; a refused one is told and never starts a sign-in, whatever is called.
func TestAKey(t *testing.T) {
	t.Parallel()
	for _, era := range eras() {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				home := newTown()
				key := home.Who("owner").APIKey
				h := home.house(t, lease{era: era, key: key})
				defer h.leave()
				var transcript []string
				say := func(tool, args string, isError bool) {
					answer := h.call(tool, args)
					transcript = append(transcript, tool+" "+args+"\n\n"+answer.text)
					if answer.isError != isError {
						t.Errorf("%s %s: %+v", tool, args, answer)
					}
				}
				say("whoami", `{}`, false)
				say("kaneo_auth", status, false)
				say("kaneo_auth", login, true)
				say("kaneo_auth", logout, true)
				h.kaneo.RevokeKey(key)
				say("get_board", readBoard, true)
				say("update_tasks", `{"tasks":["WEB-1"],"status":"done"}`, true)
				say("kaneo_auth", status, false)
				say("kaneo_auth", login, true)
				golden(t, "key.txt", strings.Join(transcript, "\n\n"))
				h.wantCodes(0)
			})
		})
	}
}

// TestStatusTexts are those of the states that a life does not come through, or not at that time.
func TestStatusTexts(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	var transcript []string
	for _, s := range []auth.Status{
		{State: auth.Pending},
		{State: auth.Pending, Prompt: &auth.Prompt{
			Instance: "https://api.kaneo.example", URL: "https://kaneo.example/device?user_code=W52QQ4SU", Host: "kaneo.example",
			OtherHost: true, UserCode: "W52QQ4SU", Expires: now.Add(50 * time.Second),
		}},
		{State: auth.Refusal, RetryAfter: 29*time.Second + time.Millisecond},
		{State: auth.SignedOut, Problem: "it is damaged", Source: "/home/ada/token.json"},
		{State: auth.SignedIn, ExpiresAt: now.AddDate(0, 0, 7), Persisted: true, Source: "/home/ada/token.json"},
		{State: auth.SignedIn, Problem: "the sign-in is lost when this process ends: no space left"},
		{State: auth.UsingKey, Source: "KANEO_API_KEY"},
		{State: auth.KeyRefused, Source: "KANEO_API_KEY_FILE"},
		{State: auth.KeyRefused, Source: KeyHeader},
	} {
		s.Instance = "https://api.kaneo.example"
		transcript = append(transcript, "["+string(s.State)+"]\n"+StatusText(s, now))
	}
	golden(t, "status.txt", strings.Join(transcript, "\n\n"))
}
