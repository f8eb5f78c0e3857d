package e2e

import (
	"regexp"
	"strings"
	"testing"
)

var (
	userCode = regexp.MustCompile(`the code ([A-Z2-9]{8})\.`)
	link     = regexp.MustCompile(`(?m)^https?://\S+user_code=[A-Z2-9]{8}$`)
)

func TestSignIn(t *testing.T) {
	t.Parallel()
	eachKaneo(t, func(t *testing.T, w *world) {
		eachEra(t, func(t *testing.T, era string) {
			t.Parallel()
			folder := t.TempDir()
			first := signedOut(t, w, era, folder)
			text := first.refused(t, "get_board", `{"project":"WEB"}`, "AUTH REQUIRED", "Nothing was changed.")
			if !strings.HasPrefix(text, "AUTH REQUIRED") || !link.MatchString(text) {
				t.Fatalf("the link is not on a line of its own, or the text does not begin with AUTH REQUIRED:\n%s", text)
			}
			w.approve(t, w.ada, userCode.FindStringSubmatch(text)[1])
			repeated(t, first)

			t.Run("another process", func(t *testing.T) {
				signedOut(t, w, era, folder).want(t, "whoami", `{}`, "Ada Lovelace", "signed in until")
			})
			t.Run("sign-out", func(t *testing.T) {
				first.want(t, "kaneo_auth", `{"action":"logout"}`, "Signed out of Kaneo")
				signedOut(t, w, era, t.TempDir()).refused(t, "whoami", `{}`, "AUTH REQUIRED")
			})
		})
	})
}

// repeated makes the same call until the approval has come through. Kaneo lets a client ask every 5 s only; each call
// waits for that by itself, save for one that follows the first too closely.
func repeated(t *testing.T, h host) {
	t.Helper()
	var text string
	for range 60 {
		var isError bool
		if text, isError = h.call(t, "get_board", `{"project":"WEB"}`); !isError {
			contains(t, text, "Signed in as Ada Lovelace <ada-", "WEB Website: 4 tasks")
			return
		}
		pause(t)
	}
	t.Fatalf("still not signed in:\n%s", text)
}

func TestDenied(t *testing.T) {
	t.Parallel()
	eachKaneo(t, func(t *testing.T, w *world) {
		h := signedOut(t, w, eras()[0], t.TempDir())
		text := h.refused(t, "whoami", `{}`, "AUTH REQUIRED")
		denied := userCode.FindStringSubmatch(text)[1]
		w.must(t, w.ada, "GET", "/auth/device?user_code="+denied, nil)
		w.must(t, w.ada, "POST", "/auth/device/deny", fields{"userCode": denied})
		for range 60 {
			if text, _ = h.call(t, "whoami", `{}`); !strings.HasPrefix(text, "AUTH REQUIRED") {
				break
			}
			pause(t)
		}
		contains(t, text, "SIGN-IN DECLINED", "Nothing was changed.")
	})
}
