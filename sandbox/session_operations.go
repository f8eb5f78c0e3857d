package sandbox

import (
	"net/http"
	"slices"
	"time"
)

// freshFor is how long after its making a session may list the others.
const freshFor = 24 * time.Hour

// keySessionLife is what get-session names as the end of a key that has none:
// seven days mistaken for milliseconds (kaneo-api.md §3).
const keySessionLife = sessionLife / 1000

func sessionOperations() []operation {
	return []operation{
		{method: get, path: "/api/auth/get-session", public: true, run: getSession},
		{method: post, path: "/api/auth/get-session", public: true, run: postSession},
		{method: get, path: "/api/auth/list-sessions", run: listSessions},
		{
			method: post, path: "/api/auth/revoke-session", run: revokeSession,
			body: shape{must("token", text)},
		},
		{method: post, path: "/api/auth/revoke-sessions", run: revokeAll},
		{method: post, path: "/api/auth/revoke-other-sessions", run: revokeOthers},
	}
}

// getSession says who calls; null is nobody.
func getSession(k *Kaneo, c *call) (any, error) {
	if c.caller.key != nil {
		return k.keySession(c), nil
	}
	s := c.caller.session
	if s == nil {
		return nil, nil
	}
	made := answer(http.StatusOK, struct {
		Session *session `json:"session"`
		User    *user    `json:"user"`
	}{s, c.caller.user})
	if c.caller.slid {
		made = made.with("Set-Auth-Token", signed(s.Token))
	}
	return made, nil
}

func postSession(*Kaneo, *call) (any, error) {
	return nil, refuseCoded(http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED_DEFER_SESSION_REQUIRED",
		"POST method requires deferSessionRefresh to be enabled in session config")
}

// keySession is the session that a key in the header x-api-key pretends to be.
func (k *Kaneo) keySession(c *call) any {
	type pretended struct {
		ID        string  `json:"id"`
		Token     string  `json:"token"`
		UserID    string  `json:"userId"`
		UserAgent string  `json:"userAgent"`
		IPAddress *string `json:"ipAddress"`
		CreatedAt stamp   `json:"createdAt"`
		UpdatedAt stamp   `json:"updatedAt"`
		ExpiresAt stamp   `json:"expiresAt"`
	}
	key, now := c.caller.key, k.now()
	expires := key.ExpiresAt
	if expires.IsZero() {
		expires = now.plus(keySessionLife)
	}
	return struct {
		User    *user     `json:"user"`
		Session pretended `json:"session"`
	}{c.caller.user, pretended{
		ID: key.ID, Token: key.secret, UserID: key.ReferenceID, UserAgent: c.UserAgent(),
		CreatedAt: now, UpdatedAt: now, ExpiresAt: expires,
	}}
}

// listSessions shows the caller's live sessions to fresh ones and to keys. Kaneo
// promises no order; here it is the newest first and the caller's own last.
func listSessions(k *Kaneo, c *call) (any, error) {
	now, own := k.now(), c.caller.session
	if own != nil && now.Sub(own.CreatedAt.Time) >= freshFor {
		return nil, refuseCoded(http.StatusForbidden, "SESSION_NOT_FRESH", "Session is not fresh")
	}
	live := k.sessions.where(func(s *session) bool {
		return s != own && s.UserID == c.caller.user.ID && now.Before(s.ExpiresAt.Time)
	})
	slices.Reverse(live)
	if own != nil {
		live = append(live, own)
	}
	return live, nil
}

// revokeSession leaves other people's and unknown tokens alone, and says yes.
func revokeSession(k *Kaneo, c *call) (any, error) {
	s := k.sessionOf(input[struct{ Token string }](c).Token)
	if s != nil && s.UserID == c.caller.user.ID {
		k.sessions.drop(s.ID)
	}
	return done{true}, nil
}

func revokeAll(k *Kaneo, c *call) (any, error) {
	k.sessions.dropAll(func(s *session) bool { return s.UserID == c.caller.user.ID })
	return done{true}, nil
}

func revokeOthers(k *Kaneo, c *call) (any, error) {
	k.sessions.dropAll(func(s *session) bool { return s.UserID == c.caller.user.ID && s != c.caller.session })
	return done{true}, nil
}
