package auth

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
)

// signedIn is a process with the script's nth token.
func signedIn(t *testing.T, kaneo *script, dir string, n int) process {
	t.Helper()
	p := newProcess(t, kaneo, dir)
	p.mustSignIn(t)
	kaneo.approve(n)
	must(t, p.Wait(t.Context()))
	return p
}

func TestRefusedSession(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		stored  string // what is in the file when the refusal comes; empty: nothing
		refused string
		want    string // the token to try instead; empty: signed out
		left    string // what is in the file afterwards
	}{
		"the same in the file":     {tokenName(1), tokenName(1), "", ""},
		"another process renewed":  {"renewed", tokenName(1), "renewed", "renewed"},
		"another process left":     {"", tokenName(1), "", ""},
		"an older one was refused": {tokenName(1), "older", tokenName(1), tokenName(1)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				p := signedIn(t, newScript(), dir, 1)
				must(t, os.Remove(p.slot.tokenPath()))
				if test.stored != "" {
					must(t, p.slot.save(t.Context(), session{Token: test.stored}))
				}
				got, err := p.Refused(t.Context(), test.refused)
				if got != test.want || (test.want == "") != errors.Is(err, ErrSignedOut) {
					t.Errorf("Refused: %q, %v; want %q", got, err, test.want)
				}
				if left, err := p.slot.read(); left.Token != test.left || test.left == "" && !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("left: %q, %v; want %q", left.Token, err, test.left)
				}
			})
		})
	}
}

// TestARefusedTokenDoesNotComeBack has a file that still holds it, as one that could not be deleted does.
func TestARefusedTokenDoesNotComeBack(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		p := signedIn(t, newScript(), dir, 1)
		if _, err := p.Refused(t.Context(), tokenName(1)); !errors.Is(err, ErrSignedOut) {
			t.Fatal(err)
		}
		must(t, p.slot.save(t.Context(), session{Token: tokenName(1)}))
		p.wantSignedOut(t)
		must(t, p.slot.save(t.Context(), session{Token: "fresh"}))
		p.wantToken(t, "fresh")
	})
}

func TestSignOut(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		answer said
		untold string // part of the error; empty: none
	}{
		"told":          {ok(`{"success":true}`), ""},
		"dead already":  {said{status: 403, body: `{"message":"Invalid API key.","code":"INVALID_API_KEY"}`}, ""},
		"401":           {said{status: 401, body: "Unauthorized"}, ""},
		"unreachable":   {said{err: errNoRoute}, "no route to host"},
		"bad gateway":   {html(502), "502"},
		"an odd 200":    {html(200), "without JSON"},
		"not permitted": {said{status: 403, body: `{"code":"MISSING_OR_NULL_ORIGIN"}`}, "403"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				kaneo := newScript()
				kaneo.signOut = func() said { return test.answer }
				p := signedIn(t, kaneo, dir, 1)
				checkSignOutError(t, p.SignOut(t.Context()), test.untold)
				p.wantSignedOut(t)
				if _, err := os.Stat(p.slot.tokenPath()); !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("the file: %v", err)
				}
				if got := kaneo.bearers[len(kaneo.bearers)-1]; got != "Bearer "+tokenName(1) {
					t.Errorf("bearer %q", got)
				}
				must(t, p.SignOut(t.Context()))
				if n := kaneo.count("sign-out"); n != 1 {
					t.Errorf("%d requests", n)
				}
			})
		})
	}
}

func checkSignOutError(t *testing.T, err error, untold string) {
	t.Helper()
	if untold == "" {
		must(t, err)
		return
	}
	fault, ok := errors.AsType[*SignOutError](err)
	if !ok || fault.File != "" || !strings.Contains(fault.Error(), untold) {
		t.Errorf("error %v; want one about %q", err, untold)
	}
}

func TestSignOutEndsALiveFlow(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		kaneo := newScript()
		p := newProcess(t, kaneo, dir)
		p.mustSignIn(t)
		waited := make(chan error, 1)
		go func() { waited <- p.Wait(t.Context()) }()
		synctest.Wait()
		must(t, p.SignOut(t.Context()))
		wantReason(t, <-waited, Aborted)
		kaneo.approve(1)
		p.wantSignedOut(t)
		if n := kaneo.count("sign-out"); n != 0 {
			t.Errorf("%d sign-outs", n)
		}
	})
}

// TestSignOutTakesTheFilesSessionToo has two sessions: another process signed in again meanwhile.
func TestSignOutTakesTheFilesSessionToo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		kaneo := newScript()
		p := signedIn(t, kaneo, dir, 1)
		must(t, p.slot.save(t.Context(), session{Token: "renewed"}))
		must(t, p.SignOut(t.Context()))
		p.wantSignedOut(t)
		if n := kaneo.count("sign-out"); n != 2 {
			t.Errorf("%d sign-outs", n)
		}
	})
}

// TestManyGoroutines goes through sign-in, expiry and sign-out with 200 of them.
func TestManyGoroutines(t *testing.T) {
	t.Parallel()
	const many = 200
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		kaneo := newScript()
		p := newProcess(t, kaneo, dir)
		all := func(do func()) {
			var group sync.WaitGroup
			for range many {
				group.Go(do)
			}
			group.Wait()
		}
		for n := 1; n <= 2; n++ {
			kaneo.approve(n)
			all(func() { p.call(t, tokenName(n)) })
			all(func() { _, _ = p.Refused(t.Context(), tokenName(n)) })
			p.wantSignedOut(t)
			if codes := kaneo.count("device/code"); codes != n {
				t.Fatalf("%d codes after %d sign-ins", codes, n)
			}
		}
		kaneo.approve(3)
		all(func() { p.call(t, tokenName(3)) })
		all(func() {
			_ = p.SignOut(t.Context())
			_ = p.Status(t.Context())
		})
		p.wantSignedOut(t)
		if n := kaneo.count("sign-out"); n < 1 {
			t.Error("Kaneo was not told")
		}
	})
}

// call is what a tool call does: the token, or a sign-in and then the token.
func (p process) call(t *testing.T, want string) {
	if _, err := p.Token(t.Context()); err != nil {
		if _, err := p.SignIn(t.Context()); err != nil && !errors.Is(err, ErrSignedIn) {
			t.Errorf("SignIn: %v", err)
		}
		if err := p.Wait(t.Context()); err != nil {
			t.Errorf("Wait: %v", err)
		}
	}
	if got, err := p.Token(t.Context()); err != nil || got != want {
		t.Errorf("Token: %q, %v; want %q", got, err, want)
	}
}
