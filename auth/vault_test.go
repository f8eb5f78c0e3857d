package auth

import (
	"context"
	"errors"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rs/zerolog"
)

// safe is a vault in memory.
type safe struct {
	mu     sync.Mutex
	tokens map[string]string
	broken bool
}

var errBroken = errors.New("locked")

func (s *safe) use(do func()) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken {
		return errBroken
	}
	do()
	return nil
}

func (s *safe) Put(_ context.Context, name, token string) error {
	return s.use(func() { s.tokens[name] = token })
}

func (s *safe) Get(_ context.Context, name string) (token string, err error) {
	err = s.use(func() { token = s.tokens[name] })
	return token, err
}

func (s *safe) Delete(_ context.Context, name string) error {
	return s.use(func() { delete(s.tokens, name) })
}

// newGuarded is a process whose store has a vault.
func newGuarded(t *testing.T, kaneo http.RoundTripper, store *Store, account string) process {
	t.Helper()
	log := &journal{}
	source, err := New(Settings{
		Base: mustParse(t, testBase), Store: store, Account: account, HTTP: &http.Client{Transport: kaneo}, Log: zerolog.New(log),
	})
	must(t, err)
	t.Cleanup(source.Close)
	return process{source, log}
}

func (p process) approve(t *testing.T, kaneo *script, n int) {
	t.Helper()
	p.mustSignIn(t)
	kaneo.approve(n)
	must(t, p.Wait(t.Context()))
}

func TestATokenInTheVault(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		kaneo, vault := newScript(), &safe{tokens: map[string]string{}}
		filling := NewStore(dir).With(vault, true)
		p := newGuarded(t, kaneo, filling, "")
		p.approve(t, kaneo, 1)
		text, err := os.ReadFile(p.slot.tokenPath())
		must(t, err)
		if strings.Contains(string(text), secretToken) || len(vault.tokens) != 1 {
			t.Errorf("the file: %s; %d in the vault", text, len(vault.tokens))
		}
		if got := p.Status(t.Context()); got.Source != vaultName || !got.Persisted {
			t.Errorf("status: %+v", got)
		}
		newGuarded(t, kaneo, NewStore(dir).With(vault, false), "").wantToken(t, tokenName(1))
		newGuarded(t, kaneo, NewStore(dir), "").wantSignedOut(t)
		vault.broken = true
		blind := newGuarded(t, kaneo, filling, "")
		blind.wantSignedOut(t)
		if got := blind.Status(t.Context()); !strings.Contains(got.Problem, "does not give it out") {
			t.Errorf("problem: %q", got.Problem)
		}
		vault.broken = false
		must(t, p.SignOut(t.Context()))
		if kept, damaged, err := filling.Kept(); len(kept)+len(damaged)+len(vault.tokens) > 0 || err != nil {
			t.Error(kept, damaged, vault.tokens, err)
		}
	})
}

func TestWithoutAVaultTheFileTakesTheToken(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		kaneo := newScript()
		p := newGuarded(t, kaneo, NewStore(dir).With(&safe{broken: true}, true), "")
		p.approve(t, kaneo, 1)
		if n := p.log.count("no keyring to use here"); n != 1 {
			t.Errorf("told %d times: %s", n, p.log)
		}
		newProcess(t, kaneo, dir).wantToken(t, tokenName(1))
	})
}

func TestKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		kaneo, store := newScript(), NewStore(dir)
		newGuarded(t, kaneo, store, "").approve(t, kaneo, 1)
		work := newGuarded(t, kaneo, store, "work")
		work.wantSignedOut(t)
		work.approve(t, kaneo, 2)
		must(t, os.WriteFile(dir+"/kaneo.example-0123456789ab.json", []byte("{}"), 0o600))
		must(t, os.WriteFile(dir+"/http-token", []byte("x"), 0o600))
		kept, damaged, err := store.Kept()
		if err != nil || len(kept) != 2 || len(damaged) != 1 {
			t.Fatal(kept, damaged, err)
		}
		for _, k := range kept {
			if k.Base.String() != testBase || k.Instance != "https://kaneo.example" || k.ClientID != "kaneo-mcp" || (k.Account == "work") != (k.File == work.File()) {
				t.Errorf("%+v", k)
			}
		}
	})
}

func TestTheLastDayIsToldOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		kaneo := newScript()
		p := newProcess(t, kaneo, dir)
		must(t, p.slot.save(t.Context(), session{Token: tokenName(1), Obtained: wallClock(), Expires: wallClock().Add(time.Hour)}))
		for range 3 {
			p.wantToken(t, tokenName(1))
		}
		if n := p.log.count("ends within a day"); n != 1 {
			t.Errorf("told %d times: %s", n, p.log)
		}
		later := wallClock().Add(7 * 24 * time.Hour)
		p.Extended(t.Context(), later)
		for _, nothingNew := range []time.Time{{}, later.Add(time.Minute)} {
			p.Extended(t.Context(), nothingNew)
		}
		other := newProcess(t, kaneo, dir)
		other.wantToken(t, tokenName(1))
		if got := other.Status(t.Context()).ExpiresAt; !got.Equal(later) || other.log.count("ends within a day") > 0 {
			t.Errorf("until %v, want %v; %s", got, later, other.log)
		}
	})
}
