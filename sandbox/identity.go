package sandbox

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// caller is who makes a request: a user, by a session or by an API key.
type caller struct {
	user    *user
	session *session
	key     *apiKey
	slid    bool // the session was renewed by this very call
}

const (
	// sessionLife is how long a session lives, and what sliding renews it to.
	sessionLife = 7 * 24 * time.Hour
	// slideBelow is the rest of its life from which on a session slides.
	slideBelow = 6 * 24 * time.Hour
)

var (
	bearerWord  = regexp.MustCompile(`(?i)^Bearer\b`)
	bearerToken = regexp.MustCompile(`(?i)^Bearer\s+(\S+)$`)
)

// bearer is the token of the Authorization header; malformed is "Bearer" with
// nothing usable behind it. Other schemes count as no credentials.
func bearer(r *http.Request) (token string, malformed bool) {
	header := r.Header.Get("Authorization")
	if !bearerWord.MatchString(header) {
		return "", false
	}
	found := bearerToken.FindStringSubmatch(header)
	if found == nil {
		return "", true
	}
	return found[1], false
}

// identify says who calls a REST route (kaneo-api.md §3): a key as bearer, else
// a session as bearer; an x-api-key beside it decides, good or bad.
func (k *Kaneo) identify(r *http.Request) (caller, error) {
	unauthorized := refuse(http.StatusUnauthorized, "Unauthorized")
	token, malformed := bearer(r)
	if malformed {
		return caller{}, unauthorized
	}
	if key := k.usableKey(token); key != nil {
		return k.keyCaller(key)
	}
	if header := strings.TrimSpace(r.Header.Get("x-api-key")); header != "" {
		if key := k.headerKey(token, header); key != nil {
			return k.keyCaller(key)
		}
		return caller{}, unauthorized
	}
	if s := k.liveSession(token); s != nil {
		return caller{user: k.users.get(s.UserID), session: s}, nil
	}
	return caller{}, unauthorized
}

// headerKey is the key of the header x-api-key. Beside a bearer it is looked at
// the way /api/auth does, which minds the key's limit.
func (k *Kaneo) headerKey(token, secret string) *apiKey {
	if token != "" {
		if _, err := k.claimKey(secret); err != nil {
			return nil
		}
	}
	return k.usableKey(secret)
}

func (k *Kaneo) keyCaller(key *apiKey) (caller, error) {
	return caller{user: k.users.get(key.ReferenceID), key: key}, nil
}

// keyOf finds a key by its secret, usable or not.
func (k *Kaneo) keyOf(secret string) *apiKey {
	return k.keys.first(func(a *apiKey) bool { return secret != "" && a.secret == secret })
}

// usableKey is nil unless the key exists, is enabled and has not expired.
func (k *Kaneo) usableKey(secret string) *apiKey {
	key := k.keyOf(secret)
	if key == nil || !key.Enabled || !key.ExpiresAt.IsZero() && !k.now().Before(key.ExpiresAt.Time) {
		return nil
	}
	return key
}

// liveSession finds an unexpired session by its token, plain or signed, and lets
// it slide.
func (k *Kaneo) liveSession(token string) *session {
	s := k.sessionOf(token)
	if s == nil || !k.now().Before(s.ExpiresAt.Time) {
		return nil
	}
	k.slide(s)
	return s
}

// sessionOf finds a session by its token, expired or not. The signed form is
// "<token>.<signature>", possibly URL-encoded.
func (k *Kaneo) sessionOf(token string) *session {
	if plain, err := url.QueryUnescape(token); err == nil {
		token = plain
	}
	token, _, _ = strings.Cut(token, ".")
	return k.sessions.first(func(s *session) bool { return token != "" && s.Token == token })
}

// slide renews a session of which less than six days are left, and says whether
// it did.
func (k *Kaneo) slide(s *session) bool {
	now := k.now()
	if s.ExpiresAt.Sub(now.Time) >= slideBelow {
		return false
	}
	s.ExpiresAt, s.UpdatedAt = now.plus(sessionLife), now
	return true
}
