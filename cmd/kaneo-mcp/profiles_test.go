package main

import (
	"maps"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kaneo-mcp/sandbox"
)

// profiled has a file of profiles.
func (s shell) profiled(text string) shell {
	s.t.Helper()
	file := s.profileFile()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return s
}

func (s shell) profileFile() string {
	return filepath.Join(s.env["XDG_CONFIG_HOME"], "kaneo-mcp", "config.toml")
}

// unaddressed has no KANEO_API_URL, so that the profile's counts.
func (s shell) unaddressed() shell { return s.with("KANEO_API_URL", "${KANEO_API_URL}") }

const twoProfiles = `
[profiles.work]
api_url = "https://work.example"
project = "WEB"
timeout = "20s"
tz      = "Europe/Berlin"
keyring = true

[profiles.home]
api_url = "https://home.example/kaneo"
`

func TestProfilePrecedence(t *testing.T) {
	t.Parallel()
	type values struct {
		Base, Project, Profile string
		Timeout                time.Duration
		Keyring                bool
	}
	for name, c := range map[string]struct {
		env   map[string]string
		words []string
		want  values
	}{
		"none":                   {nil, nil, values{"http://localhost:1337/api", "", "", 15 * time.Second, false}},
		"profile beats default":  {map[string]string{"KANEO_PROFILE": "work"}, nil, values{"https://work.example/api", "WEB", "work", 20 * time.Second, true}},
		"by flag":                {nil, []string{"--profile", "home"}, values{"https://home.example/kaneo/api", "", "home", 15 * time.Second, false}},
		"flag beats environment": {map[string]string{"KANEO_PROFILE": "work"}, []string{"--profile=home"}, values{"https://home.example/kaneo/api", "", "home", 15 * time.Second, false}},
		"environment beats it":   {map[string]string{"KANEO_PROFILE": "work", "KANEO_PROJECT": "API", "KANEO_KEYRING": "false"}, nil, values{"https://work.example/api", "API", "work", 20 * time.Second, false}},
		"flag beats all":         {map[string]string{"KANEO_PROFILE": "work", "KANEO_PROJECT": "API"}, []string{"--project=OPS"}, values{"https://work.example/api", "OPS", "work", 20 * time.Second, true}},
		"placeholder beats none": {map[string]string{"KANEO_PROFILE": "work", "KANEO_PROJECT": "${PROJECT}"}, nil, values{"https://work.example/api", "WEB", "work", 20 * time.Second, true}},
		"placeholder for a name": {map[string]string{"KANEO_PROFILE": "${input:profile}"}, nil, values{"http://localhost:1337/api", "", "", 15 * time.Second, false}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := map[string]string{"XDG_CONFIG_HOME": newShell(t, "").profiled(twoProfiles).env["XDG_CONFIG_HOME"]}
			maps.Copy(env, c.env)
			set, _, err := configured(t, env, c.words...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, values{set.base.String(), set.project, set.profile.Name, set.timeout, set.keyring}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBadProfiles(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, profile, want string }{
		"unknown profile": {twoProfiles, "other", `there is no profile "other"; there are: work, home`},
		"no file":         {"", "work", `there is no profile "work"; there are: none`},
		"bad name":        {"", "a/b", "no name for a profile"},
		"unknown key":     {"[profiles.a]\nurl = \"x\"", "a", `line 2: "url" is unknown; a profile takes api_url`},
		"bad value":       {"[profiles.a]\n\ntimeout = \"soon\"", "a", `line 3: timeout: "soon" is no length of time; it takes one such as 15s`},
		"bad switch":      {"[profiles.a]\nkeyring = \"maybe\"", "a", `line 2: keyring: "maybe" is unknown; it takes true`},
		"credential":      {"[profiles.a]\napi_key = \"secret-word\"", "a", "line 2: api_key looks like a credential"},
		"no profile key":  {"[profiles.a]\nprofile = \"b\"", "a", `"profile" is unknown`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			end := newShell(t, nowhere(t)).profiled(c.text).run("status", "--profile", c.profile)
			end.check(t, exitMisuse, c.want)
			if strings.Count(end.err, "\n") != 1 || strings.Contains(end.err, "secret-word") {
				t.Errorf("not one sentence: %s", end.err)
			}
		})
	}
}

// TestTwoAccountsAtOneKaneo adds two profiles by signing in, and has them apart.
func TestTwoAccountsAtOneKaneo(t *testing.T) {
	t.Parallel()
	place := newTown(t)
	s := newShell(t, nowhere(t)).unaddressed().profiled("# mine\n")
	s.run("profiles").check(t, exitDone, "There are no profiles")
	for profile, role := range map[string]string{"boss": "owner", "me": "member"} {
		signIn(t, place, s, role, "--profile", profile, "--api-url", place.url, "--project", "WEB").check(t, exitDone, "The profile "+profile+" is now in")
	}
	text, err := os.ReadFile(s.profileFile())
	if err != nil || !strings.HasPrefix(string(text), "# mine\n") {
		t.Errorf("%v, %s", err, text)
	}
	s.run("status", "--profile", "boss").check(t, exitDone, "That is Ada Lovelace", "Other sign-ins", "(profile me)  signed in until")
	s.run("status", "--profile", "me").check(t, exitDone, "That is Grace Hopper", "(profile boss)")
	s.run("profiles").check(t, exitDone, "boss  "+place.url+"  signed in as Ada Lovelace", "me  "+place.url+"  signed in as Grace Hopper")
	s.run("status", "--api-url", place.url).check(t, exitFailed, "Nobody is signed in", "(profile me)", "(profile boss)")
	s.with("KANEO_API_URL", place.url).run("status", "--profile", "me").check(t, exitDone, "KANEO_API_URL beats the api_url of the profile me")
	s.run("logout", "--profile", "me").check(t, exitDone, "Signed out")
	s.run("profiles").check(t, exitDone, "signed in as Ada", "me  "+place.url+"  nobody is signed in")
}

func TestAFailedLoginAddsNoProfile(t *testing.T) {
	t.Parallel()
	s := newShell(t, "")
	s.run("login", "--profile", "new", "--api-url", nowhere(t)).check(t, exitFailed, "cannot be reached")
	if _, err := os.Stat(s.profileFile()); err == nil {
		t.Error("the profile was added")
	}
	s.run("login", "--profile", "new").check(t, exitMisuse, `no profile "new"`)
}

func TestLogoutAll(t *testing.T) {
	t.Parallel()
	near, kaneo := newTown(t), sandbox.New(sandbox.Options{})
	web := httptest.NewServer(kaneo)
	t.Cleanup(web.Close)
	far := town{kaneo, kaneo.Seed(), web.URL}
	s := newShell(t, near.url)
	s.run("logout", "--all").check(t, exitDone, "signed in nowhere")
	signIn(t, near, newShell(t, near.url), "owner") // on another machine, which stays
	signIn(t, near, s, "owner")
	signIn(t, near, s, "member", "--profile", "me", "--api-url", near.url)
	signIn(t, far, s.with("KANEO_API_URL", far.url), "owner")
	folder := filepath.Join(s.env["XDG_STATE_HOME"], "kaneo-mcp")
	damaged := filepath.Join(folder, "kaneo.example-0123456789ab.json")
	if err := os.WriteFile(damaged, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.run("status").check(t, exitDone, "Other sign-ins", far.url+"  signed in", damaged+" is damaged")
	before := len(sessions(t, near, "owner"))
	web.Close()
	s.run("logout", "--all").check(t, exitFailed,
		near.url+": signed out.", near.url+" (profile me): signed out.", far.url+": signed out here, but", "could not be told", damaged+": damaged, deleted.")
	if after := len(sessions(t, near, "owner")); after != before-1 {
		t.Errorf("%d sessions, then %d", before, after)
	}
	if left, err := filepath.Glob(filepath.Join(folder, "*[0-9a-f].json")); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}
