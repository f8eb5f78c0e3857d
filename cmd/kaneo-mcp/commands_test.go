package main

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// userCode is the code in a link to sign in.
func userCode(t *testing.T, text string) string {
	t.Helper()
	found := regexp.MustCompile(`user_code=([A-Z0-9]{8})`).FindStringSubmatch(text)
	if found == nil {
		t.Fatalf("no link in: %s", text)
	}
	return found[1]
}

func TestCall(t *testing.T) {
	t.Parallel()
	place := newTown(t)
	s := newShell(t, place.url).with("KANEO_API_KEY", place.Who("owner").APIKey)
	for name, c := range map[string]struct {
		words []string
		code  int
		want  []string
	}{
		"a board":         {[]string{"get_board", "project=API"}, exitDone, []string{"API Backend: 7 tasks", "## To Do (4)"}},
		"json":            {[]string{"get_board", "--json", `{"project":"API","statuses":["done"]}`}, exitDone, []string{"## Done (1)"}},
		"a lone value":    {[]string{"list_tasks", "projects=API", "statuses=done"}, exitDone, []string{"1 task, done"}},
		"a repeated name": {[]string{"list_tasks", "projects=API", "statuses=done", "statuses=in review"}, exitDone, []string{"2 tasks"}},
		"a list as text":  {[]string{"list_tasks", "projects=API", `statuses=["done","in review"]`}, exitDone, []string{"2 tasks"}},
		"other types":     {[]string{"list_tasks", "projects=WEB", "overdue=true", "limit=1"}, exitDone, []string{"overdue", "1 of ", " shown. Next: page=2"}},
		"an equals sign":  {[]string{"search", "query=a=b"}, exitDone, []string{"Nothing found."}},
		"a tool error":    {[]string{"get_task", "task=WEB-999"}, exitFailed, []string{"WEB-999"}},
		"a bad argument":  {[]string{"get_task", "bored=1"}, exitFailed, []string{`no parameter "bored"`}},
		"a setting":       {[]string{"get_board", "--project=API"}, exitDone, []string{"API Backend"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := s
			s.t = t
			s.run(append([]string{"call"}, c.words...)...).check(t, c.code, c.want...)
		})
	}
}

// TestCallStartsNoSignIn has a session that Kaneo has ended: the code of a sign-in would die with the process.
func TestCallStartsNoSignIn(t *testing.T) {
	t.Parallel()
	place := newTown(t)
	s := newShell(t, place.url)
	signIn(t, place, s, "owner")
	s.run("call", "get_board", "project=API").check(t, exitDone, "API Backend")
	endSessions(t, place, "owner")
	s.run("call", "get_board", "project=API").check(t, exitFailed, "nobody is signed in", "kaneo-mcp login")
	s.run("status").check(t, exitFailed, "Nobody is signed in")
	if n := place.DeviceCodes(); n != 1 {
		t.Errorf("%d codes", n)
	}
}

// signIn goes through kaneo-mcp login as somebody.
func signIn(t *testing.T, place town, s shell, role string, words ...string) ended {
	t.Helper()
	j := s.start(t.Context(), append([]string{"login"}, words...)...)
	if err := place.Approve(j.out.await(t, `user_code=([A-Z0-9]{8})`), place.Who(role).Email); err != nil {
		t.Fatal(err)
	}
	return j.wait()
}

// endSessions ends all that somebody has.
func endSessions(t *testing.T, place town, role string) {
	t.Helper()
	for _, token := range sessions(t, place, role) {
		place.ExpireSession(token)
	}
}

func TestALifeAtTheShell(t *testing.T) {
	t.Parallel()
	place := newTown(t)
	s := newShell(t, place.url)
	s.run("status").check(t, exitFailed, "Nobody is signed in to Kaneo at "+place.url)

	end := signIn(t, place, s, "member")
	end.check(t, exitDone, "open this link", "Press Continue", "Signed in to Kaneo at "+place.url, "Grace Hopper <grace.hopper@example.com>")
	for _, token := range sessions(t, place, "member") {
		if strings.Contains(end.out+end.err, token) {
			t.Error("login shows a token")
		}
	}
	s.run("status").check(t, exitDone, "Signed in", "Grace Hopper")
	s.run("login").check(t, exitDone, "Signed in", "Grace Hopper")
	s.run("logout").check(t, exitDone, "Signed out of Kaneo")
	s.run("status").check(t, exitFailed, "Nobody is signed in")
	s.run("logout").check(t, exitDone, "Nobody was signed in")
	if n := place.DeviceCodes(); n != 1 {
		t.Errorf("%d codes", n)
	}
}

func TestAGuestIsTold(t *testing.T) {
	t.Parallel()
	place := newTown(t)
	j := newShell(t, place.url).start(t.Context(), "login")
	code := j.out.await(t, `user_code=([A-Z0-9]{8})`)
	answer, err := http.PostForm(place.url+"/device/approve", map[string][]string{"user_code": {code}, "as": {"guest"}, "decision": {"approve"}})
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	j.wait().check(t, exitDone, "guest account", "kaneo-mcp logout")
}

func TestADeniedSignIn(t *testing.T) {
	t.Parallel()
	place := newTown(t)
	s := newShell(t, place.url)
	j := s.start(t.Context(), "login")
	if err := place.Deny(j.out.await(t, `user_code=([A-Z0-9]{8})`), place.Who("owner").Email); err != nil {
		t.Fatal(err)
	}
	j.wait().check(t, exitFailed, "denied")
	s.run("login").check(t, exitFailed, "denied", "try again in")
}

func TestALoginIsCalledOff(t *testing.T) {
	t.Parallel()
	ctx, callOff := context.WithCancel(t.Context())
	j := newShell(t, newTown(t).url).start(ctx, "login")
	j.out.await(t, "user_code=")
	callOff()
	j.wait().check(t, exitKilled, "called off")
}

func TestAKeyNeedsNoSignIn(t *testing.T) {
	t.Parallel()
	place := newTown(t)
	s := newShell(t, place.url).with("KANEO_API_KEY", place.Who("viewer").APIKey)
	for _, command := range []string{"status", "login"} {
		s.run(command).check(t, exitDone, "by the API key in KANEO_API_KEY", "Vera Rubin")
	}
	s.run("logout").check(t, exitFailed, "not ours to revoke")
	s.with("KANEO_API_KEY", strings.Repeat("x", 64)).run("status").check(t, exitFailed, "refused the API key in KANEO_API_KEY")
	s.with("KANEO_API_KEY", "${KANEO_API_KEY}").run("status").check(t, exitFailed, "counts as not set", "Nobody is signed in")
}

func TestNoKaneoThere(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ url, want string }{
		"a web page": {pageServer(t), "not Kaneo's API"},
		"nobody":     {nowhere(t), "cannot be reached"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShell(t, c.url)
			s.run("status").check(t, exitFailed, "Nobody is signed in", c.want)
			s.with("KANEO_API_KEY", "some-key").run("status").check(t, exitFailed, c.want)
			s.with("KANEO_API_KEY", "some-key").run("call", "get_board").check(t, exitFailed, c.want)
			s.run("login").check(t, exitFailed, strings.TrimPrefix(c.url, "http"))
		})
	}
}

// TestAHomeThatTakesNothing has a file where the folder should be: a read-only folder is none for root.
func TestAHomeThatTakesNothing(t *testing.T) {
	t.Parallel()
	place := newTown(t)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := newShell(t, place.url).with("XDG_STATE_HOME", file)
	signIn(t, place, s, "owner").check(t, exitDone, "Ada Lovelace", "this process")
}

func TestADamagedSignInFile(t *testing.T) {
	t.Parallel()
	place := newTown(t)
	s := newShell(t, place.url)
	signIn(t, place, s, "owner")
	files, err := filepath.Glob(filepath.Join(s.env["XDG_STATE_HOME"], "kaneo-mcp", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		if err := os.WriteFile(file, []byte(`{"accessToken":`), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.run("status").check(t, exitFailed, "Nobody is signed in", "damaged")
	signIn(t, place, s, "owner").check(t, exitDone, "Ada Lovelace")
}

func TestSandboxCommand(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	j := newShell(t, "").start(ctx, "sandbox", "--listen", "localhost:0")
	address := j.out.await(t, `address +(http://\S+)`)
	key := j.out.await(t, `API key +(\S+)`)
	newShell(t, address).with("KANEO_API_KEY", key).run("call", "get_board", "project=WEB").check(t, exitDone, "WEB Website")
	stop()
	j.wait().check(t, exitDone, "Ada Lovelace <ada.lovelace@example.com>, owner", "Backend (API)")
}

func TestSandboxAtATakenAddress(t *testing.T) {
	t.Parallel()
	taken := strings.TrimPrefix(newTown(t).url, "http://")
	newShell(t, "").run("sandbox", "--listen", taken).check(t, exitFailed, "cannot listen")
}
