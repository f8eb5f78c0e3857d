package kaneo_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"kaneo-mcp/kaneo"
)

const session = `{"session":{"token":"live-secret","expiresAt":"2026-01-12T09:00:00.000Z"},"user":{"id":"u1","name":"Ada","email":"ada@example.com","role":"user"}}`

// registry knows sessions and keys, and answers get-session as Kaneo does.
func registry(r *http.Request) (*http.Response, error) {
	token, isBearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	key := r.Header.Get("X-Api-Key")
	switch {
	case isBearer && key != "":
		return nil, errors.New("two credentials in one request")
	case token == "session", key == "key":
		return jsonReply(200, session), nil
	case key != "":
		return jsonReply(403, `{"message":"Invalid API key.","code":"INVALID_API_KEY"}`), nil
	}
	return jsonReply(200, "null"), nil
}

func TestMe(t *testing.T) {
	t.Parallel()
	ada := kaneo.User{ID: "u1", Name: "Ada", Email: "ada@example.com", Role: "user"}
	until := time.Date(2026, 1, 12, 9, 0, 0, 0, time.UTC)
	tests := []struct {
		name    string
		tokens  *tokens
		want    kaneo.Session
		kind    kaneo.Kind
		err     error
		refused []string
	}{
		{"session", &tokens{first: "session"}, kaneo.Session{User: ada, ExpiresAt: until}, 0, nil, nil},
		{"key", &tokens{first: "key"}, kaneo.Session{User: ada, IsKey: true}, 0, nil, nil},
		{"ended, then signed in anew", &tokens{first: "ended", next: "session"}, kaneo.Session{User: ada, ExpiresAt: until}, 0, nil, []string{"ended"}},
		{"ended, then a key", &tokens{first: "ended", next: "key"}, kaneo.Session{User: ada, IsKey: true}, 0, nil, []string{"ended"}},
		{"ended", &tokens{first: "ended"}, kaneo.Session{}, 0, errSignedOut, []string{"ended"}},
		{"ended twice", &tokens{first: "ended", next: "too"}, kaneo.Session{}, kaneo.NotSignedIn, nil, []string{"ended"}},
		{"none", &tokens{}, kaneo.Session{}, 0, errSignedOut, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := client(t, wire(registry), func(o *kaneo.Options) { o.Tokens = tt.tokens }).Me(t.Context())
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if kaneo.KindOf(err) != tt.kind || tt.kind == 0 && !errors.Is(err, tt.err) {
				t.Errorf("got %v", err)
			}
			if diff := cmp.Diff(tt.refused, tt.tokens.refused); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNullForBothIsSignedOut(t *testing.T) {
	t.Parallel()
	_, err := client(t, always(200, js, "null"), func(o *kaneo.Options) { o.Tokens = &tokens{first: "a", next: "b"} }).Me(t.Context())
	if want := "get session: not signed in: the session has ended"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		wire wire
		want kaneo.Config
		kind kaneo.Kind
	}{
		{"kaneo", always(200, js, `{"disableRegistration":true,"hasGuestAccess":true,"new":[1]}`), kaneo.Config{DisableRegistration: true, HasGuestAccess: true}, 0},
		{"web app", always(200, html, `<!doctype html>`), kaneo.Config{}, kaneo.NotKaneo},
		{"another API", always(200, js, `{"ok":true}`), kaneo.Config{}, kaneo.NotKaneo},
		{"a list", always(200, js, `[]`), kaneo.Config{}, kaneo.NotKaneo},
		{"nothing", always(200, "", ``), kaneo.Config{}, kaneo.NotKaneo},
		{"no such page", always(404, text, `404 page not found`), kaneo.Config{}, kaneo.NotKaneo},
		{"a login", always(401, text, `who are you?`), kaneo.Config{}, kaneo.NotKaneo},
		{"down", always(502, html, `<html>`), kaneo.Config{}, kaneo.Unavailable},
		{"dead", func(*http.Request) (*http.Response, error) { return nil, errReset }, kaneo.Config{}, kaneo.Unavailable},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				anonymous := wire(func(r *http.Request) (*http.Response, error) {
					if len(r.Header["Authorization"])+len(r.Header["X-Api-Key"]) > 0 {
						t.Error("a public question with a credential")
					}
					return tt.wire(r)
				})
				got, err := client(t, anonymous, func(o *kaneo.Options) { o.Tokens = &tokens{} }).Config(t.Context())
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Error(diff)
				}
				if kaneo.KindOf(err) != tt.kind || (err == nil) != (tt.kind == 0) {
					t.Errorf("got %v", err)
				}
			})
		})
	}
}
