package sandbox

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// press sends the form of the approval page.
func (f flow) press(decision, as, code string) said {
	f.t.Helper()
	form := url.Values{"user_code": {code}, "as": {as}, "decision": {decision}}
	return f.send("POST", "/device/approve", form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
}

func (f flow) page(path string) said {
	f.t.Helper()
	return f.send("GET", path, "")
}

func (f flow) idOf(name string) string {
	f.k.mu.Lock()
	defer f.k.mu.Unlock()
	return f.k.userByEmail(name + "@example.com").ID
}

// shows wants all of the texts on a page.
func (f flow) shows(s said, status int, texts ...string) {
	f.t.Helper()
	if s.status != status || !strings.HasPrefix(s.header.Get("Content-Type"), "text/html") {
		f.t.Errorf("status %d, type %s", s.status, s.header.Get("Content-Type"))
	}
	for _, text := range texts {
		if !strings.Contains(s.body, text) {
			f.t.Errorf("no %q on the page:\n%s", text, s.body)
		}
	}
}

func TestTheApprovalPage(t *testing.T) {
	t.Parallel()
	f := startFlow(t)
	asked := "?user_code=" + f.userCode
	f.shows(f.page("/device"+asked), 200, "<h1>Connect a device</h1>", `value="`+f.userCode+`"`, `<label for="user_code">`, ">Continue</button>")
	f.shows(f.page("/device/approve"+asked), 200, "<h1>Sign in to continue</h1>", "ada@example.com", "grace@example.com", "Continue as guest")
	dashed := "?user_code=" + strings.ToLower(f.userCode[:4]) + "-" + f.userCode[4:] + "&as=" + f.idOf("grace")
	f.shows(f.page("/device/approve"+dashed), 200, "<h1>Approve device</h1>", f.userCode, ">Approve</button>", ">Deny</button>", "Signed in as grace")
	f.want(f.poll(), 400, "error", "authorization_pending") // looking decides nothing

	f.shows(f.press("approve", f.idOf("grace"), f.userCode), 200, "<h1>Device connected</h1>")
	f.wait(pollPause)
	f.want(f.get(meRoute, f.must(f.poll()).get("access_token")), 200, "user.email", "grace@example.com")
	f.shows(f.press("approve", f.idOf("grace"), f.userCode), 400, `role="alert"`, "Invalid user code")
}

func TestWhatTheApprovalPageRefuses(t *testing.T) {
	t.Parallel()
	ada := func(f flow) string { return f.idOf("ada") }
	for name, test := range map[string]struct {
		before func(flow)
		act    func(flow) said
		status int
		text   string
	}{
		"an unknown code":        {nil, func(f flow) said { return f.page("/device/approve?user_code=ZZZZZZZZ") }, 400, "Invalid user code"},
		"no code":                {nil, func(f flow) said { return f.page("/device/approve") }, 400, "Invalid user code"},
		"an answered code":       {func(f flow) { f.press("deny", ada(f), f.userCode) }, func(f flow) said { return f.press("approve", ada(f), f.userCode) }, 400, "Device code already processed"},
		"an expired code":        {func(f flow) { f.wait(31 * time.Minute) }, func(f flow) said { return f.press("approve", ada(f), f.userCode) }, 400, "User code has expired"},
		"a code that is Grace's": {func(f flow) { f.claimAs("grace") }, func(f flow) said { return f.press("deny", ada(f), f.userCode) }, 400, "You are not authorized to deny"},
		"nobody":                 {nil, func(f flow) said { return f.press("approve", "", f.userCode) }, 200, "Sign in to continue"},
		"neither yes nor no":     {nil, func(f flow) said { return f.press("", ada(f), f.userCode) }, 200, "Approve device"},
		"a GET that decides": {nil, func(f flow) said {
			return f.page("/device/approve?decision=approve&user_code=" + f.userCode + "&as=" + ada(f))
		}, 200, "Approve device"},
		"a broken form": {nil, func(f flow) said { return f.send("POST", "/device/approve", "%zz") }, 400, "Invalid or expired code"},
		"markup":        {nil, func(f flow) said { return f.page("/device?user_code=%22%3E%3Cscript%3E") }, 200, "&lt;script&gt;"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := startFlow(t)
			if test.before != nil {
				test.before(f)
			}
			got := test.act(f)
			f.shows(got, test.status, test.text)
			if strings.Contains(got.body, "<script") || strings.Contains(got.body, "http://") || strings.Contains(got.body, "https://") {
				t.Errorf("script or external resource:\n%s", got.body)
			}
		})
	}
}

func TestAGuestDecides(t *testing.T) {
	t.Parallel()
	f := startFlow(t)
	f.shows(f.press("approve", asGuest, f.userCode), 200, "Device connected")
	token := f.must(f.poll()).get("access_token")
	f.want(f.get(meRoute, token), 200, "user.isAnonymous", "true")
	if got := f.must(f.get(authRoute, token)); got.body != "[]" {
		t.Errorf("a guest's workspaces: %s", got.body)
	}
}

func TestDecidingWithoutThePage(t *testing.T) {
	t.Parallel()
	f := startFlow(t)
	for _, step := range []struct {
		decide      func(userCode, email string) error
		code, email string
		want        string
	}{
		{f.k.Approve, f.userCode, "nobody@example.com", "nobody here has the address nobody@example.com"},
		{f.k.Deny, "ZZZZZZZZ", "ada@example.com", "Invalid user code"},
		{f.k.Deny, f.userCode, "ada@example.com", ""},
		{f.k.Approve, f.userCode, "ada@example.com", "Device code already processed"},
	} {
		got := ""
		if err := step.decide(step.code, step.email); err != nil {
			got = err.Error()
		}
		if got != step.want {
			t.Errorf("%s as %s: %q, want %q", step.code, step.email, got, step.want)
		}
	}
}

func TestTheWebApp(t *testing.T) {
	t.Parallel()
	f := startFlow(t)
	for _, path := range []string{"/", "/dashboard", "/project", "/api"} {
		f.shows(f.page(path), http.StatusOK, "<title>Kaneo</title>")
	}
	if got := f.page("/.well-known/openid-configuration"); got.status != http.StatusNotFound {
		t.Errorf("/.well-known: %d", got.status)
	}
}
