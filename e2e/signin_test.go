package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
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

// signedIn starts a server and signs Ada in. It returns her token too.
func signedIn(t *testing.T, w *world, era string) (host, person) {
	t.Helper()
	folder := t.TempDir()
	h := signedOut(t, w, era, folder)
	text := h.refused(t, "get_board", `{"project":"WEB"}`, "AUTH REQUIRED")
	w.approve(t, w.ada, userCode.FindStringSubmatch(text)[1])
	repeated(t, h)
	return h, person{session: keptToken(t, folder)}
}

// keptToken reads the token that a sign-in left in a folder.
func keptToken(t *testing.T, folder string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		var kept struct{ AccessToken string }
		if text, err := os.ReadFile(file); err == nil && json.Unmarshal(text, &kept) == nil && kept.AccessToken != "" {
			return kept.AccessToken
		}
	}
	t.Fatal("no token was kept")
	return ""
}

// TestRevokedWhileItRuns: the session is ended in Kaneo; reads and writes ask for a new sign-in, and a write is done once.
func TestRevokedWhileItRuns(t *testing.T) {
	t.Parallel()
	eachKaneo(t, func(t *testing.T, w *world) {
		h, ours := signedIn(t, w, eras()[1])
		w.must(t, w.ada, "POST", "/auth/revoke-session", fields{"token": ours.session})
		const write = `{"task":"WEB-1","text":"Written once."}`
		text := h.refused(t, "add_comment", write, "AUTH REQUIRED", "Nothing was changed.")
		w.approve(t, w.ada, userCode.FindStringSubmatch(text)[1])
		repeated(t, h)
		h.want(t, "add_comment", write)
		if text := h.want(t, "get_task", `{"task":"WEB-1","include":["comments"]}`); strings.Count(text, "Written once.") != 1 {
			t.Errorf("not written once:\n%s", text)
		}
	})
}

// TestSignOutRevokes: Kaneo knows the token no more.
func TestSignOutRevokes(t *testing.T) {
	t.Parallel()
	eachKaneo(t, func(t *testing.T, w *world) {
		h, ours := signedIn(t, w, eras()[0])
		if w.must(t, ours, "GET", "/auth/get-session", nil)["user"] == nil {
			t.Error("the token did not work before")
		}
		h.want(t, "kaneo_auth", `{"action":"logout"}`, "Signed out of Kaneo")
		if got := strings.TrimSpace(string(w.send(t, ours, "GET", "/auth/get-session", nil))); got != "null" {
			t.Error("the token works after the sign-out")
		}
	})
}
