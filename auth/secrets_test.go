package auth

import (
	"os"
	"strings"
	"testing"
	"testing/synctest"
)

// TestNoSecretLeaves reads every log line, every file but the token's, and every error of a life with all kinds of ends.
func TestNoSecretLeaves(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		kaneo := newScript()
		var heard strings.Builder
		note := func(err error) {
			if err != nil {
				heard.WriteString(err.Error() + "\n")
			}
		}
		first, second := pair(t, kaneo, dir)
		first.mustSignIn(t)
		second.mustSignIn(t)
		checkFiles(t, dir, first.slot.tokenPath())
		kaneo.decide(1, flowError("weird", "unknown code "+codeName(1)))
		note(first.Wait(t.Context()))
		note(second.Wait(t.Context()))
		first.mustSignIn(t)
		kaneo.approve(2)
		note(first.Wait(t.Context()))
		checkFiles(t, dir, first.slot.tokenPath())
		kaneo.signOut = func() said { return said{status: 502, body: `{"message":"` + tokenName(2) + `"}`} }
		note(first.SignOut(t.Context()))
		_, err := second.Refused(t.Context(), tokenName(2))
		note(err)
		checkFiles(t, dir, first.slot.tokenPath())
		for name, text := range map[string]string{"first log": first.log.String(), "second log": second.log.String(), "errors": heard.String()} {
			if text == "" {
				t.Errorf("%s: nothing", name)
			}
			checkText(t, name, text)
			if strings.Contains(text, "ABCDEF0") {
				t.Errorf("%s: the user code in\n%s", name, text)
			}
		}
	})
}

func checkFiles(t *testing.T, dir, except string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, entry := range entries {
		path := dir + string(os.PathSeparator) + entry.Name()
		if path == except {
			continue
		}
		text, err := os.ReadFile(path)
		must(t, err)
		checkText(t, entry.Name(), string(text))
		info, err := entry.Info()
		must(t, err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v", entry.Name(), info.Mode())
		}
	}
}

func checkText(t *testing.T, name, text string) {
	t.Helper()
	if strings.Contains(text, secretCode) || strings.Contains(text, secretToken) {
		t.Errorf("%s: a secret in\n%s", name, text)
	}
}
