package auth

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/rs/zerolog"
)

// Settings are all that a [Source] has to be told.
type Settings struct {
	Base     *url.URL     // the API's base URL, "https://kaneo.example/api"
	ClientID string       // "kaneo-mcp" when empty; Kaneo must allow it (kaneo-api.md §3)
	Key      string       // value of KANEO_API_KEY; blank counts as not set
	KeyFrom  string       // where Key comes with each request, such as a header; empty: it is configured
	KeyFile  string       // value of KANEO_API_KEY_FILE, likewise
	Account  string       // tells sessions at one instance apart, such as a profile's name; may be empty
	KeyOnly  bool         // no sign-in: a missing key is an error (KANEO_AUTH=key-only)
	Store    *Store       // where sessions are kept; nil: in memory only
	HTTP     *http.Client // nil: http.DefaultClient
	Log      zerolog.Logger
}

// Source hands out the credential of one Kaneo instance. It is safe for many goroutines. [Source.Close] it.
type Source struct {
	instance string
	device   device
	slot     *slot
	key      *apiKey // nil: sessions
	log      zerolog.Logger
	flows    sync.WaitGroup

	mu         sync.Mutex
	keyRefused time.Time
	session    session
	warned     bool   // that the session is about to end
	dead       string // the token refused or signed out last: a file that cannot be deleted must not bring it back
	flow       *flow  // the live one
	past       past
	closed     bool
}

// New resolves the credential: the key, the key's file, else the cached session or, later, a sign-in.
// It reads no more than the key's file and asks nobody. Its error is a *[KeyError] or says that there is no base.
func New(set Settings) (*Source, error) {
	if set.Base == nil || set.Base.Host == "" {
		return nil, errors.New("the address of Kaneo's API is missing")
	}
	key, err := resolveKey(set)
	if err != nil {
		return nil, err
	}
	clientID := cmp.Or(set.ClientID, "kaneo-mcp")
	id := identity{Base: strings.TrimSuffix(set.Base.String(), "/"), ClientID: clientID, Account: set.Account}
	return &Source{
		instance: instanceName(set.Base),
		device:   device{set.Base, clientID, cmp.Or(set.HTTP, http.DefaultClient)},
		slot:     set.Store.slot(id, set.Base.Host, set.Log),
		key:      key,
		log:      set.Log,
	}, nil
}

// Token returns the credential for the next request: [ErrSignedOut] when there is none.
func (s *Source) Token(context.Context) (string, error) {
	if s.key != nil {
		return s.key.value, nil
	}
	if held := s.current(); held.Token != "" {
		return held.Token, nil
	}
	return "", ErrSignedOut
}

// Refused says that Kaneo answered 401 to token. It returns another credential to try once, or the error for the
// caller: a *[KeyError] for a key, [ErrSignedOut] for a session. Only a 401 counts: after a network error or a 5xx the
// session is as good as before.
func (s *Source) Refused(ctx context.Context, token string) (string, error) {
	if s.key != nil {
		s.mu.Lock()
		s.keyRefused = wallClock()
		s.mu.Unlock()
		return "", s.key.refused()
	}
	if other := s.replace(token); other.Token != "" {
		return other.Token, nil
	}
	if err := s.slot.forget(ctx, token); err != nil {
		s.log.Warn().Str("file", s.slot.tokenPath()).Str("cause", bareCause(err)).
			Msg("a session that Kaneo refuses could not be deleted")
	}
	return "", ErrSignedOut
}

// Close calls a live sign-in off and waits for its end. The Source still answers from memory afterwards.
func (s *Source) Close() {
	s.mu.Lock()
	s.closed = true
	if s.flow != nil {
		s.flow.cancel(errClosed)
	}
	s.mu.Unlock()
	s.flows.Wait()
}

// current is the session in memory, else the one that another process left in the store meanwhile.
func (s *Source) current() session {
	s.mu.Lock()
	held := s.session
	s.mu.Unlock()
	if held.Token != "" {
		return held
	}
	found := s.slot.load()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.session.Token == "" && found.Token != s.dead {
		s.session = found
		s.warn()
	}
	return s.session
}

// replace drops a refused token, unless that has happened already, and takes what another process may have stored.
func (s *Source) replace(token string) session {
	found := s.slot.load()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.session.Token != "" && s.session.Token != token {
		return s.session
	}
	s.dead, s.session = token, session{}
	if found.Token != token {
		s.session = found
	}
	return s.session
}

// keep takes a fresh session and stores it. Without a store the sign-in is good for this process.
func (s *Source) keep(ctx context.Context, fresh session) {
	ctx = context.WithoutCancel(ctx)
	fresh.unsaved = ""
	fresh.vaulted = s.slot.toVault(ctx, fresh.Token)
	if err := s.slot.save(ctx, fresh); err != nil {
		fresh.unsaved = "the sign-in is lost when this process ends: " + bareCause(err)
		s.log.Warn().Str("file", s.slot.tokenPath()).Msg(fresh.unsaved)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.session = fresh
}

// wallClock goes on while the machine sleeps, as Kaneo's clock does; Go's monotonic one may not.
func wallClock() time.Time { return time.Now().Round(0) }
