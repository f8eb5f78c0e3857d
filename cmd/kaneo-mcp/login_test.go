package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kaneo-mcp/auth"
)

func TestLoginInATerminal(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		columns int
		env     []string
		words   []string
		qr      bool
		counts  bool
	}{
		"wide":     {100, []string{"LANG", "de_DE.UTF-8"}, nil, true, true},
		"narrow":   {36, []string{"LANG", "de_DE.UTF-8"}, nil, false, true},
		"unwanted": {100, []string{"LANG", "de_DE.UTF-8"}, []string{"--no-qr"}, false, true},
		"ASCII":    {100, []string{"LC_ALL", "C", "LANG", "de_DE.UTF-8"}, nil, false, true},
		"dumb":     {100, []string{"TERM", "dumb", "LANG", "C.utf8"}, nil, false, false},
		"a pipe":   {0, []string{"LANG", "C.utf8"}, nil, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShell(t, newTown(t).url).with(c.env...)
			s.columns = c.columns
			ctx, ctrlC := context.WithCancel(t.Context())
			j := s.start(ctx, append([]string{"login"}, c.words...)...)
			j.out.await(t, "user_code=")
			if c.counts {
				j.out.await(t, "29:[0-9][0-9]")
			} else {
				j.out.await(t, "Waiting for up to")
			}
			ctrlC()
			end := j.wait()
			end.check(t, exitKilled, "called off")
			if got := strings.Contains(end.out, "█"); got != c.qr {
				t.Errorf("a QR code: %v", got)
			}
			if c.counts != strings.HasSuffix(end.out, "\r\x1b[K") || !c.counts && strings.Contains(end.out, "\x1b") {
				t.Errorf("the line is not left clean: %q", end.out)
			}
			if strings.Count(end.err, "\n") != 1 {
				t.Errorf("more than a line: %s", end.err)
			}
		})
	}
}

func TestLoginOpensTheBrowser(t *testing.T) {
	t.Parallel()
	for name, fails := range map[string]error{"one": nil, "none": errors.New("no browser")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			place := newTown(t)
			s := newShell(t, place.url)
			var opened string
			s.open = func(_ context.Context, page string) error { opened = page; return fails }
			end := signIn(t, place, s, "owner", "--open")
			end.check(t, exitDone, opened)
			if opened == "" || strings.Contains(end.out, "No browser") != (fails != nil) {
				t.Errorf("opened %q", opened)
			}
		})
	}
}

func TestTheBrowserOpensNoOtherHost(t *testing.T) {
	t.Parallel()
	out := newScreen()
	c := console{out: out, open: func(context.Context, string) error { t.Error("opened"); return nil }}
	c.browse(t.Context(), auth.Prompt{URL: "https://other.example/device", Host: "other.example", OtherHost: true})
	if !strings.Contains(out.String(), "leads to other.example") {
		t.Error(out)
	}
}

func TestKeyring(t *testing.T) {
	t.Parallel()
	place := newTown(t)
	s := newShell(t, place.url).with("KANEO_KEYRING", "true")
	signIn(t, place, s, "owner").check(t, exitDone, "Kept in the system's keyring")
	files, err := filepath.Glob(filepath.Join(s.env["XDG_STATE_HOME"], "kaneo-mcp", "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		for _, token := range sessions(t, place, "owner") {
			if err != nil || strings.Contains(string(text), token) {
				t.Errorf("%s: %v, or the token is in it", file, err)
			}
		}
	}
	s.with("KANEO_KEYRING", "").run("status").check(t, exitDone, "Ada Lovelace") // what is there counts
	s.run("doctor").check(t, exitDone, "there is one, and it answers", "kept in the system's keyring")
	s.run("logout", "--all").check(t, exitDone, ": signed out.")
	s.run("status").check(t, exitFailed, "Nobody is signed in")
}

// TestNoKeyring has a process of its own: there the keyring is the machine's, and without a bus there is none.
func TestNoKeyring(t *testing.T) {
	t.Parallel()
	place := newTown(t)
	s := newShell(t, place.url).with("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
	p := startProcess(t, s, "login", "--keyring")
	for line := ""; !strings.Contains(line, "user_code="); {
		var err error
		if line, err = p.out.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(line, "user_code=") {
			if err := place.Approve(userCode(t, line), place.Who("owner").Email); err != nil {
				t.Fatal(err)
			}
		}
	}
	p.end().check(t, exitDone, "there is no keyring to use here: the session is kept in a file", "Ada Lovelace")
	s.run("status").check(t, exitDone, "Ada Lovelace")
}

func TestDoctorCommand(t *testing.T) {
	t.Parallel()
	place := newTown(t)
	s := newShell(t, place.url).with("KANEO_API_KEY", place.Who("owner").APIKey, "KANEO_PROJECT", "$PROJECT")
	end := s.run("doctor")
	end.check(t, exitDone, "KANEO_API_URL from the environment", "KANEO_PROJECT is a placeholder", "KANEO_API_KEY, KANEO_API_URL, KANEO_PROJECT, XDG_CONFIG_HOME", "owner in Acme")
	if strings.Contains(end.out+end.err, place.Who("owner").APIKey) {
		t.Error("the key is shown")
	}
	s.run("doctor", "--json").check(t, exitDone, `"ok": true`, `"check": "clock"`)
	s.with("KANEO_API_URL", nowhere(t)).run("doctor", "--json").check(t, exitFailed, `"ok": false`, "cannot be reached")
	s.with("KANEO_API_URL", pageServer(t)).run("doctor").check(t, exitFailed, "not Kaneo's API")
	s.with("KANEO_TIMEOUT", "soon").run("doctor").check(t, exitFailed, "error    settings", "no length of time")
}
