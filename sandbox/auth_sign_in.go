package sandbox

import (
	"net/http"
	"regexp"
	"strings"
)

func signInOperations() []operation {
	return []operation{
		{
			method: post, path: "/api/auth/sign-up/email", public: true, run: signUp,
			body: shape{must("name", text), must("email", text), must("password", text)},
		},
		{
			method: post, path: "/api/auth/sign-in/email", public: true, run: signIn,
			body: shape{must("email", text), must("password", text)},
		},
		{method: post, path: "/api/auth/sign-in/anonymous", public: true, run: signInAsGuest},
		{method: post, path: "/api/auth/sign-out", public: true, run: signOut},
		{
			method: post, path: "/api/auth/update-user", run: updateUser,
			body: shape{may("name", text), may("image", nullable(text)), may("locale", nullable(text))},
		},
	}
}

type credentials struct{ Name, Email, Password string }

// welcomed is the answer to a sign-up and to a guest's sign-in.
type welcomed struct {
	Token string `json:"token"`
	User  *user  `json:"user"`
}

// shortestPassword is in UTF-16 units; for the passwords of a sandbox, bytes do.
const shortestPassword = 8

var mailAddress = regexp.MustCompile(`^[^\s@]+@[^\s@]+\.[A-Za-z]{2,}$`)

func signUp(k *Kaneo, c *call) (any, error) {
	in := input[credentials](c)
	switch {
	case !mailAddress.MatchString(in.Email):
		return nil, refuseAuth(http.StatusBadRequest, "Invalid email")
	case len(in.Password) < shortestPassword:
		return nil, refuseAuth(http.StatusBadRequest, "Password too short")
	case k.userByEmail(in.Email) != nil:
		return nil, refuseAuth(http.StatusUnprocessableEntity, "User already exists. Use another email.")
	}
	u := k.addUser(in.Name, in.Email, in.Password)
	return k.greet(c, u, func(token string) any { return welcomed{token, u} }), nil
}

func signIn(k *Kaneo, c *call) (any, error) {
	in := input[credentials](c)
	if !mailAddress.MatchString(in.Email) {
		return nil, refuseAuth(http.StatusBadRequest, "Invalid email")
	}
	u := k.userByEmail(in.Email)
	if u == nil || u.password == "" || u.password != in.Password {
		return nil, refuseAuth(http.StatusUnauthorized, "Invalid email or password")
	}
	return k.greet(c, u, func(token string) any {
		return struct {
			Redirect bool `json:"redirect"`
			welcomed
		}{false, welcomed{token, u}}
	}), nil
}

func signInAsGuest(k *Kaneo, c *call) (any, error) {
	if c.caller.user != nil && c.caller.user.IsAnonymous {
		return nil, refuseAuth(http.StatusBadRequest, "Anonymous users cannot sign in again anonymously")
	}
	u := k.addGuest()
	return k.greet(c, u, func(token string) any { return welcomed{token, u} }), nil
}

// signOut revokes the session of the call. Without one, and with a key, it
// succeeds all the same.
func signOut(k *Kaneo, c *call) (any, error) {
	if s := c.caller.session; s != nil {
		k.sessions.drop(s.ID)
	}
	return succeeded{true}, nil
}

type succeeded struct {
	Success bool `json:"success"`
}

// done is the answer of operations that speak of a status.
type done struct {
	Status bool `json:"status"`
}

// greet opens a session whose active workspace is the user's first one, and
// answers with its token in the body and, signed, in the header.
func (k *Kaneo) greet(c *call, u *user, body func(token string) any) reply {
	s := k.openSession(u.ID, c.UserAgent())
	if first := k.members.first(func(m *member) bool { return m.UserID == u.ID }); first != nil {
		s.ActiveOrg = ref(first.WorkspaceID)
	}
	return answer(http.StatusOK, body(s.Token)).with("Set-Auth-Token", signed(s.Token))
}

// updateUser changes the caller's name, image or language; null clears the latter two.
func updateUser(k *Kaneo, c *call) (any, error) {
	sent := input[map[string]any](c)
	if sent["email"] != nil {
		return nil, refuseAuth(http.StatusBadRequest, "Email can not be updated")
	}
	if !setUser(c.caller.user, sent) {
		return nil, refuseCoded(http.StatusBadRequest, "", "No fields to update")
	}
	c.caller.user.UpdatedAt = k.now()
	made := answer(http.StatusOK, done{true})
	if s := c.caller.session; s != nil {
		made = made.with("Set-Auth-Token", signed(s.Token))
	}
	return made, nil
}

// setUser takes over the fields that were sent, and says whether there were any.
func setUser(u *user, sent map[string]any) bool {
	name, hasName := sent["name"].(string)
	image, hasImage := sent["image"]
	locale, hasLocale := sent["locale"]
	if hasName {
		u.Name = name
	}
	if hasImage {
		u.Image = nullableText(image)
	}
	if hasLocale {
		u.Locale = nullableText(locale)
	}
	return hasName || hasImage || hasLocale
}

func nullableText(value any) *string {
	if s, is := value.(string); is {
		return &s
	}
	return nil
}

func (k *Kaneo) userByEmail(email string) *user {
	return k.users.first(func(u *user) bool { return strings.EqualFold(u.Email, email) })
}

// addUser makes an account. The first user of an instance administers it.
func (k *Kaneo) addUser(name, email, password string) *user {
	u := k.newUser(name, strings.ToLower(email))
	u.password = password
	if k.users.len() == 1 {
		u.Role = "admin"
	}
	return u
}

// addGuest makes an anonymous account, which never administers anything.
func (k *Kaneo) addGuest() *user {
	u := k.newUser("serene-lynx", "temp@"+strings.ToLower(accountID())+".kaneo.app")
	u.IsAnonymous = true
	return u
}

func (k *Kaneo) newUser(name, email string) *user {
	now := k.now()
	id := accountID()
	return k.users.put(id, &user{ID: id, Name: name, Email: email, CreatedAt: now, UpdatedAt: now, Role: "user"})
}
