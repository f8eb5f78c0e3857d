package kaneo

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// User is the account that a credential belongs to.
type User struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Email string `json:"email"`
	Role  string `json:"role"` // of the instance: "user" or "admin"; roles in a workspace are in Member

	IsAnonymous bool `json:"isAnonymous"` // a guest, who belongs to no workspace
}

// Session tells who is calling. The credential itself is never part of it.
type Session struct {
	User      User
	ExpiresAt time.Time // zero for API keys: what Kaneo reports for them means nothing
	IsKey     bool
}

// Config is what an instance tells anybody about itself.
type Config struct {
	DisableRegistration      bool `json:"disableRegistration"`
	DisableWorkspaceCreation bool `json:"disableWorkspaceCreation"`
	IsDemoMode               bool `json:"isDemoMode"`
	BillingEnabled           bool `json:"billingEnabled"`
	HasGuestAccess           bool `json:"hasGuestAccess"`
}

// session is get-session's answer. The token in it is left where it is.
type session struct {
	User    User `json:"user"`
	Session struct {
		ExpiresAt time.Time `json:"expiresAt"`
	} `json:"session"`
}

// Me tells who is calling. When nobody is, the TokenSource is told so, and if it has nothing else the error is its own.
func (c *Client) Me(ctx context.Context) (Session, error) {
	var who Session
	w, err := c.encode(request{op: "get session", method: http.MethodGet, path: []string{"auth", "get-session"}})
	if err != nil {
		return who, err
	}
	err = c.signed(ctx, func(token string) error {
		who, err = c.holder(ctx, w, token)
		return err
	})
	return who, err
}

// holder asks twice, because an API key sent as a bearer is "null" on this one route (kaneo-api.md §3).
func (c *Client) holder(ctx context.Context, w wire, token string) (Session, error) {
	found, err := fetch[*session](ctx, c, w, bearer(token))
	if err != nil {
		return Session{}, err
	}
	if found != nil {
		return Session{User: found.User, ExpiresAt: found.Session.ExpiresAt}, nil
	}
	switch found, err = fetch[*session](ctx, c, w, apiKey(token)); {
	case err != nil:
		return Session{}, err
	case found == nil:
		return Session{}, &Error{Kind: NotSignedIn, Status: http.StatusOK, Message: "the session has ended", op: w.op}
	}
	return Session{User: found.User, IsKey: true}, nil
}

// configAnswer can tell a setting that is off from an answer that has none.
type configAnswer struct {
	Config
	Marker *bool `json:"disableRegistration"`
}

// Config reads what an instance tells anybody, without a credential. It is the cheapest way to see that an address is a
// Kaneo's: if not, the error is NotKaneo.
func (c *Client) Config(ctx context.Context) (Config, error) {
	w, err := c.encode(request{op: "get configuration", method: http.MethodGet, path: []string{"config"}})
	if err != nil {
		return Config{}, err
	}
	found, err := fetch[configAnswer](ctx, c, w, credential{})
	switch {
	case err != nil && !strange(err):
		return Config{}, err
	case err != nil, found.Marker == nil:
		return Config{}, &Error{Kind: NotKaneo, Message: "the address does not answer as a Kaneo does", op: w.op}
	}
	found.DisableRegistration = *found.Marker
	return found.Config, nil
}

// strange says that an answer came which a Kaneo never gives to an open question.
func strange(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Status > 0 && e.Status < http.StatusInternalServerError && e.Kind != TooMany && e.Kind != Unavailable
}
