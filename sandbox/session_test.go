package sandbox

import (
	"strings"
	"testing"
	"time"
)

const (
	restRoute = "/api/notification"
	authRoute = "/api/auth/organization/list"
	meRoute   = "/api/auth/get-session"
)

// TestWhatABadTokenGets is the table of kaneo-api.md §3.
func TestWhatABadTokenGets(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		token func(*visitor) string
		auth  int
		code  string
		again string // the code of the next call
	}{
		"unknown":          {func(*visitor) string { return "bogus" }, 403, "INVALID_API_KEY", "INVALID_API_KEY"},
		"unknown and long": {func(*visitor) string { return strings.Repeat("Z", 64) }, 401, "INVALID_API_KEY", "INVALID_API_KEY"},
		"expired session":  {spoiled((*Kaneo).ExpireSession), 403, "INVALID_API_KEY", "INVALID_API_KEY"},
		"revoked session":  {spoiled((*Kaneo).RevokeSession), 403, "INVALID_API_KEY", "INVALID_API_KEY"},
		"disabled key":     {spoiledKey((*Kaneo).DisableKey), 401, "KEY_DISABLED", "KEY_DISABLED"},
		"expired key":      {spoiledKey((*Kaneo).ExpireKey), 401, "KEY_EXPIRED", "INVALID_API_KEY"},
		"deleted key":      {spoiledKey((*Kaneo).RevokeKey), 401, "INVALID_API_KEY", "INVALID_API_KEY"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := newVisitor(t)
			token := test.token(v)
			if got := v.get(restRoute, token); got.status != 401 || got.body != "Unauthorized" {
				t.Errorf("REST: %d %s", got.status, got.body)
			}
			if got := v.get(meRoute, token); got.status != 200 || got.body != "null" {
				t.Errorf("get-session: %d %s", got.status, got.body)
			}
			v.want(v.get(authRoute, token), test.auth, "code", test.code)
			v.want(v.get(authRoute, token), v.get(authRoute, token).status, "code", test.again)
		})
	}
}

func spoiled(spoil func(*Kaneo, string) bool) func(*visitor) string {
	return func(v *visitor) string {
		token := v.signUp("ada")
		if !spoil(v.k, token) {
			v.t.Fatal("nothing to spoil")
		}
		return token
	}
}

func spoiledKey(spoil func(*Kaneo, string) bool) func(*visitor) string {
	return func(v *visitor) string {
		key := v.keyOf(v.signUp("ada"))
		if !spoil(v.k, key) {
			v.t.Fatal("nothing to spoil")
		}
		return key
	}
}

// keyOf makes an API key.
func (v *visitor) keyOf(token string) string {
	v.t.Helper()
	return v.must(v.post("/api/auth/api-key/create", token, `{"name":"lab"}`)).get("key")
}

func TestSessionsSlide(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for name, test := range map[string]struct {
		idle    time.Duration
		route   string
		expires string // after the call
		renewed bool   // get-session says so
	}{
		"young":                    {day, meRoute, "2026-01-12T09:00:00.000Z", false},
		"old, by get-session":      {day + time.Second, meRoute, "2026-01-13T09:00:01.000Z", true},
		"old, by REST":             {2 * day, restRoute, "2026-01-14T09:00:00.000Z", false},
		"old, by an auth route":    {2 * day, authRoute, "2026-01-14T09:00:00.000Z", false},
		"in the last second of it": {7*day - time.Second, meRoute, "2026-01-19T08:59:59.000Z", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := newVisitor(t)
			token := v.signUp("ada")
			v.wait(test.idle)
			got := v.must(v.get(test.route, token))
			if renewed := strings.HasPrefix(got.header.Get("Set-Auth-Token"), token+"."); renewed != test.renewed {
				t.Errorf("renewed: %v", renewed)
			}
			v.want(v.get(meRoute, token), 200, "session.expiresAt", test.expires)
		})
	}
	t.Run("an idle week ends it", func(t *testing.T) {
		t.Parallel()
		v := newVisitor(t)
		token := v.signUp("ada")
		v.wait(7 * day)
		if got := v.get(meRoute, token); got.body != "null" {
			t.Errorf("still signed in: %s", got.body)
		}
	})
}

func TestSignOut(t *testing.T) {
	t.Parallel()
	v := newVisitor(t)
	token := v.signUp("ada")
	v.want(v.send("POST", "/api/auth/sign-out", "", "Authorization", "Bearer "+token), 415,
		"message", "Content-Type is required. Allowed types: application/json")
	v.must(v.get(restRoute, token))
	v.want(v.post("/api/auth/sign-out", token, "{}"), 200, "success", "true")
	if got := v.get(restRoute, token); got.status != 401 {
		t.Errorf("the session survived: %d", got.status)
	}
	v.want(v.post("/api/auth/sign-out", "", "{}"), 200, "success", "true")

	key := v.keyOf(v.tokenOf("ada"))
	v.want(v.post("/api/auth/sign-out", key, "{}"), 200, "success", "true")
	v.must(v.get(restRoute, key))
}

func TestSessionsAreListedAndRevoked(t *testing.T) {
	t.Parallel()
	v := newVisitor(t)
	first := v.signUp("ada")
	second, third := v.tokenOf("ada"), v.tokenOf("ada")
	stranger := v.signUp("grace")
	if got := v.must(v.get("/api/auth/list-sessions", first)); strings.Count(got.body, `"token"`) != 3 {
		t.Errorf("sessions: %s", got.body)
	}
	v.want(v.post("/api/auth/revoke-session", first, `{"token":"`+stranger+`"}`), 200, "status", "true")
	v.must(v.get(restRoute, stranger))
	v.must(v.post("/api/auth/revoke-session", first, `{"token":"`+second+`"}`))
	v.must(v.post("/api/auth/revoke-other-sessions", first, `{}`))
	for _, gone := range []string{second, third} {
		if got := v.get(restRoute, gone); got.status != 401 {
			t.Errorf("still there: %d", got.status)
		}
	}
	v.wait(24 * time.Hour)
	v.want(v.get("/api/auth/list-sessions", first), 403, "code", "SESSION_NOT_FRESH")
	v.must(v.post("/api/auth/revoke-sessions", first, `{}`))
	if got := v.get(restRoute, first); got.status != 401 {
		t.Errorf("still there: %d", got.status)
	}
}

func TestOriginsAndCookies(t *testing.T) {
	t.Parallel()
	v := newVisitor(t)
	token := v.signUp("ada")
	const signIn = "/api/auth/sign-in/email"
	body := `{"email":"ada@example.com","password":"correct horse"}`
	for name, test := range map[string]struct {
		path   string
		header []string
		status int
		code   string
	}{
		"no origin":                        {signIn, nil, 200, "null"},
		"the web origin":                   {signIn, []string{"Origin", "https://web.kaneo.example"}, 200, "null"},
		"the API origin":                   {signIn, []string{"Origin", "https://kaneo.example"}, 200, "null"},
		"a foreign origin":                 {signIn, []string{"Origin", "https://other.example"}, 403, "INVALID_ORIGIN"},
		"a foreign origin, signed in":      {"/api/auth/update-user", []string{"Origin", "https://other.example"}, 400, "EMAIL_CAN_NOT_BE_UPDATED"},
		"a cookie without an origin":       {"/api/auth/update-user", []string{"Cookie", "a=b"}, 403, "MISSING_OR_NULL_ORIGIN"},
		"a cookie with the web origin":     {"/api/auth/update-user", []string{"Cookie", "a=b", "Origin", "https://web.kaneo.example"}, 400, "EMAIL_CAN_NOT_BE_UPDATED"},
		"a cookie with a foreign origin":   {"/api/auth/update-user", []string{"Cookie", "a=b", "Origin", "https://other.example"}, 403, "INVALID_ORIGIN"},
		"a cookie with the origin of null": {signIn, []string{"Cookie", "a=b", "Origin", "null"}, 403, "MISSING_OR_NULL_ORIGIN"},
	} {
		t.Run(name, func(t *testing.T) {
			header := append([]string{"Content-Type", typeJSON, "Authorization", "Bearer " + token}, test.header...)
			v.want(v.send("POST", test.path, body, header...), test.status, "code", test.code)
		})
	}
}
