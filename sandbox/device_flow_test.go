package sandbox

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

// flow is a device code under test.
type flow struct {
	*visitor
	code, userCode string
}

func startFlow(t *testing.T) flow {
	t.Helper()
	v := newVisitor(t)
	v.signUp("ada")
	v.signUp("grace")
	minted := v.must(v.post("/api/auth/device/code", "", `{"client_id":"kaneo-mcp","scope":"all"}`))
	return flow{v, minted.get("device_code"), minted.get("user_code")}
}

func (f flow) poll() said {
	f.t.Helper()
	return f.post("/api/auth/device/token", "", fmt.Sprintf(
		`{"grant_type":%q,"device_code":%q,"client_id":"kaneo-mcp"}`, deviceGrant, f.code))
}

func TestPollingADeviceCode(t *testing.T) {
	t.Parallel()
	approve := func(f flow) error { return f.k.Approve(f.userCode, "ada@example.com") }
	deny := func(f flow) error { return f.k.Deny(f.userCode, "ada@example.com") }
	type step struct {
		wait time.Duration
		act  func(flow) error
		want string // the error, or "" for a token
	}
	for name, steps := range map[string][]step{
		"pending":                          {{want: "authorization_pending"}},
		"approved at once":                 {{act: approve, want: ""}, {want: "invalid_grant"}},
		"a code is good for one token":     {{act: approve, want: ""}, {wait: 5 * time.Second, want: "invalid_grant"}},
		"too fast":                         {{want: "authorization_pending"}, {wait: 4999 * time.Millisecond, want: "slow_down"}},
		"just slow enough":                 {{want: "authorization_pending"}, {wait: 5 * time.Second, want: "authorization_pending"}},
		"slow_down resets nothing":         {{want: "authorization_pending"}, {wait: 3 * time.Second, want: "slow_down"}, {wait: 2 * time.Second, want: "authorization_pending"}},
		"slow_down comes before approval":  {{want: "authorization_pending"}, {wait: time.Second, act: approve, want: "slow_down"}, {wait: 4 * time.Second, want: ""}},
		"slow_down comes before expiry":    {{wait: 30*time.Minute - time.Second, want: "authorization_pending"}, {wait: 2 * time.Second, want: "slow_down"}},
		"denied, then gone":                {{act: deny, want: "access_denied"}, {wait: 5 * time.Second, want: "invalid_grant"}},
		"expired, then gone":               {{wait: 30*time.Minute + time.Millisecond, want: "expired_token"}, {want: "invalid_grant"}},
		"approved but fetched too late":    {{act: approve, wait: 31 * time.Minute, want: "expired_token"}},
		"still valid at the very last":     {{wait: 30 * time.Minute, want: "authorization_pending"}},
		"a gone code is unknown, not slow": {{act: deny, want: "access_denied"}, {want: "invalid_grant"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := startFlow(t)
			for i, s := range steps {
				if s.act != nil {
					if err := s.act(f); err != nil {
						t.Fatal(err)
					}
				}
				f.wait(s.wait)
				got := f.poll()
				switch {
				case s.want == "" && (got.status != http.StatusOK || len(got.get("access_token")) != 32):
					t.Fatalf("step %d: no token: %d %s", i, got.status, got.body)
				case s.want != "":
					f.want(got, http.StatusBadRequest, "error", s.want)
				}
			}
		})
	}
}

func TestTheTokenOfADeviceIsASession(t *testing.T) {
	t.Parallel()
	f := startFlow(t)
	if err := f.k.Approve(f.userCode, "ada@example.com"); err != nil {
		t.Fatal(err)
	}
	token := f.must(f.poll())
	f.want(token, http.StatusOK, "scope", "all")
	f.want(token, http.StatusOK, "token_type", "Bearer")
	me := f.get("/api/auth/get-session", token.get("access_token"))
	f.want(me, http.StatusOK, "user.email", "ada@example.com")
	f.want(me, http.StatusOK, "session.activeOrganizationId", "null")
	if n := f.k.DeviceCodes(); n != 1 {
		t.Errorf("%d codes minted", n)
	}
}

func TestWhoMayDecide(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		claim, decide string // who, "" nobody
		spoil         func(flow)
		status        int
		path, value   string
	}{
		"nobody signed in":        {"ada", "", nil, 401, "error", "unauthorized"},
		"not claimed":             {"", "ada", nil, 400, "error", "invalid_request"},
		"claimed by another":      {"grace", "ada", nil, 403, "error", "access_denied"},
		"claimed by the same":     {"ada", "ada", nil, 200, "success", "true"},
		"processed":               {"ada", "ada", func(f flow) { _ = f.k.Approve(f.userCode, "ada@example.com") }, 400, "error_description", "Device code already processed"},
		"expired":                 {"ada", "ada", func(f flow) { f.wait(31 * time.Minute) }, 400, "error", "expired_token"},
		"the first claim remains": {"ada", "grace", func(f flow) { f.claimAs("grace") }, 403, "error", "access_denied"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := startFlow(t)
			f.claimAs(test.claim)
			if test.spoil != nil {
				test.spoil(f)
			}
			token := ""
			if test.decide != "" {
				token = f.tokenOf(test.decide)
			}
			dashed := f.userCode[:4] + "-" + f.userCode[4:]
			f.want(f.post("/api/auth/device/deny", token, `{"userCode":"`+dashed+`"}`), test.status, test.path, test.value)
		})
	}
}

func (f flow) claimAs(name string) {
	if name != "" {
		f.must(f.get("/api/auth/device?user_code="+f.userCode, f.tokenOf(name)))
	}
}

// tokenOf opens another session for somebody.
func (v *visitor) tokenOf(name string) string {
	v.t.Helper()
	return v.must(v.post("/api/auth/sign-in/email", "",
		`{"email":"`+name+`@example.com","password":"correct horse"}`)).get("token")
}

func TestDeviceRequestsThatAreRefused(t *testing.T) {
	t.Parallel()
	f := startFlow(t)
	form := []string{"Content-Type", "application/x-www-form-urlencoded"}
	for name, test := range map[string]struct {
		got         said
		status      int
		path, value string
	}{
		"code as a form":      {f.send("POST", "/api/auth/device/code", "client_id=kaneo-mcp", form...), 415, "code", "UNSUPPORTED_MEDIA_TYPE"},
		"token as a form":     {f.send("POST", "/api/auth/device/token", "client_id=kaneo-mcp", form...), 415, "code", "UNSUPPORTED_MEDIA_TYPE"},
		"foreign client":      {f.post("/api/auth/device/code", "", `{"client_id":"x"}`), 400, "error", "invalid_client"},
		"lower-case code":     {f.get("/api/auth/device?user_code=abcdefgh", ""), 400, "error", "invalid_request"},
		"no code":             {f.get("/api/auth/device", ""), 400, "code", "VALIDATION_ERROR"},
		"a key never decides": {f.decideWithKey(), 400, "error", "invalid_request"},
		"one field of three":  {f.post("/api/auth/device/token", "", `{"client_id":1}`), 400, "message", `[body.grant_type] Invalid input: expected "` + deviceGrant + `"; [body.device_code] Invalid input: expected string, received undefined; [body.client_id] Invalid input: expected string, received number`},
	} {
		t.Run(name, func(t *testing.T) { f.want(test.got, test.status, test.path, test.value) })
	}
}

// decideWithKey tries the whole of a decision with an API key as bearer.
func (f flow) decideWithKey() said {
	f.t.Helper()
	key := f.must(f.post("/api/auth/api-key/create", f.tokenOf("ada"), `{}`)).get("key")
	f.must(f.get("/api/auth/device?user_code="+f.userCode, key))
	return f.post("/api/auth/device/approve", key, `{"userCode":"`+f.userCode+`"}`)
}
