package sandbox

import (
	"strings"
	"testing"
)

func TestSigningUp(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		body   string
		status int
		code   string
	}{
		"new":           {`{"name":"B","email":"b@example.com","password":"12345678"}`, 200, "null"},
		"known":         {`{"name":"A","email":"ADA@example.com","password":"12345678"}`, 422, "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL"},
		"short":         {`{"name":"B","email":"b@example.com","password":"1234567"}`, 400, "PASSWORD_TOO_SHORT"},
		"no address":    {`{"name":"B","email":"b","password":"12345678"}`, 400, "INVALID_EMAIL"},
		"no name":       {`{"email":"b@example.com","password":"12345678"}`, 400, "VALIDATION_ERROR"},
		"nothing":       {`[]`, 400, "VALIDATION_ERROR"},
		"no JSON":       {`{`, 400, "BAD_REQUEST"},
		"wrong types":   {`{"name":null,"email":[],"password":true}`, 400, "VALIDATION_ERROR"},
		"unknown extra": {`{"name":"B","email":"b@example.com","password":"12345678","x":1}`, 200, "null"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := newVisitor(t)
			v.signUp("ada")
			v.want(v.post("/api/auth/sign-up/email", "", test.body), test.status, "code", test.code)
		})
	}
}

func TestTheFirstUserAdministersTheInstance(t *testing.T) {
	t.Parallel()
	v := newVisitor(t)
	v.k = New(Options{Clock: v.k.clock})
	v.want(v.get(meRoute, v.signUp("first")), 200, "user.role", "admin")
	v.want(v.get(meRoute, v.signUp("second")), 200, "user.role", "user")

	v.k = New(Options{Clock: v.k.clock})
	v.must(v.post("/api/auth/sign-in/anonymous", "", `{}`))
	v.want(v.get(meRoute, v.signUp("late")), 200, "user.role", "user")
}

func TestGuests(t *testing.T) {
	t.Parallel()
	v := newVisitor(t)
	guest := v.must(v.post("/api/auth/sign-in/anonymous", "", `{}`))
	token := guest.get("token")
	if !strings.HasPrefix(guest.header.Get("Set-Auth-Token"), token+".") {
		t.Errorf("set-auth-token: %s", guest.header.Get("Set-Auth-Token"))
	}
	v.want(guest, 200, "user.isAnonymous", "true")
	v.want(v.get(meRoute, guest.header.Get("Set-Auth-Token")), 200, "user.isAnonymous", "true")
	v.want(v.post("/api/auth/sign-in/anonymous", token, `{}`), 400, "code", "ANONYMOUS_USERS_CANNOT_SIGN_IN_AGAIN_ANONYMOUSLY")
	v.want(v.post("/api/auth/sign-in/email", "", `{"email":"`+guest.get("user.email")+`","password":""}`), 401, "code", "INVALID_EMAIL_OR_PASSWORD")
}

func TestChangingOneself(t *testing.T) {
	t.Parallel()
	v := newVisitor(t)
	token := v.signUp("ada")
	v.must(v.post("/api/auth/update-user", token, `{"name":"Countess","image":"x.png","locale":"de"}`))
	me := v.get(meRoute, token)
	v.want(me, 200, "user.name", "Countess")
	v.want(me, 200, "user.image", "x.png")
	v.must(v.post("/api/auth/update-user", token, `{"image":null}`))
	v.want(v.get(meRoute, token), 200, "user.image", "null")
	v.want(v.post("/api/auth/update-user", token, `{}`), 400, "message", "No fields to update")
	v.want(v.post(meRoute, token, `{}`), 405, "code", "METHOD_NOT_ALLOWED_DEFER_SESSION_REQUIRED")
}
