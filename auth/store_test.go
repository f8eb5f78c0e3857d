package auth

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/rs/zerolog"
)

// storedName is the token's file of the test instance.
func storedName(t *testing.T, dir string) string {
	t.Helper()
	return newProcess(t, newScript(), dir).slot.tokenPath()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func goodFile(token string) string {
	return `{"base":"` + testBase + `","clientId":"kaneo-mcp","accessToken":"` + token + `","obtainedAt":"2026-01-05T09:00:00Z"}`
}

func TestWhatIsFoundInTheStore(t *testing.T) {
	t.Parallel()
	write := func(text string, mode os.FileMode) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			must(t, os.WriteFile(path, []byte(text), mode))
			must(t, os.Chmod(path, mode))
		}
	}
	tests := map[string]struct {
		lay     func(t *testing.T, path string)
		want    string // the token that is read
		problem string
		replace bool // a new sign-in takes the place
	}{
		"nothing":        {func(*testing.T, string) {}, "", "", true},
		"good":           {write(goodFile("abc"), 0o600), "abc", "", false},
		"too open":       {write(goodFile("abc"), 0o644), "abc", "", false},
		"not JSON":       {write("{", 0o600), "", "damaged", true},
		"empty":          {write("", 0o600), "", "damaged", true},
		"no token":       {write(goodFile(""), 0o600), "", "damaged", true},
		"odd token":      {write(goodFile(`a b`), 0o600), "", "damaged", true},
		"huge":           {write(strings.Repeat(" ", largestFile+1), 0o600), "", "too large", true},
		"another Kaneo":  {write(strings.ReplaceAll(goodFile("abc"), "kaneo.example", "other.example"), 0o600), "", "another instance", true},
		"another client": {write(strings.ReplaceAll(goodFile("abc"), "kaneo-mcp", "kaneo-cli"), 0o600), "", "another instance", true},
		"link": {func(t *testing.T, path string) {
			write(goodFile("abc"), 0o600)(t, path+".else")
			must(t, os.Symlink(path+".else", path))
		}, "", "not a regular file", false},
		"another user's": {func(t *testing.T, path string) {
			if os.Geteuid() != 0 {
				t.Skip("only root can give a file to another user")
			}
			write(goodFile("abc"), 0o600)(t, path)
			must(t, os.Chown(path, 65534, -1))
		}, "", "another user", false},
		"folder": {func(t *testing.T, path string) { must(t, os.Mkdir(path, 0o700)) }, "", "not a regular file", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path := storedName(t, dir)
			test.lay(t, path)
			synctest.Test(t, func(t *testing.T) { checkFound(t, dir, test.want, test.problem, test.replace) })
			if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() && info.Mode().Perm() != 0o600 {
				t.Errorf("mode %v", info.Mode())
			}
		})
	}
}

func checkFound(t *testing.T, dir, want, problem string, replace bool) {
	kaneo := newScript()
	p := newProcess(t, kaneo, dir)
	if want != "" {
		p.wantToken(t, want)
		return
	}
	for range 3 {
		p.wantSignedOut(t)
	}
	if n := p.log.count(problem); problem != "" && n != 1 {
		t.Errorf("%d log lines about it:\n%s", n, p.log)
	}
	if status := p.Status(t.Context()); !strings.Contains(status.Problem, problem) {
		t.Errorf("status: %+v", status)
	}
	p.mustSignIn(t)
	kaneo.approve(1)
	must(t, p.Wait(t.Context()))
	p.wantToken(t, tokenName(1))
	if status := p.Status(t.Context()); status.Persisted != replace {
		t.Errorf("status: %+v", status)
	}
	again := newProcess(t, kaneo, dir)
	if replace {
		again.wantToken(t, tokenName(1))
	} else {
		again.wantSignedOut(t)
	}
}

func TestWithoutAPlaceToWriteTheSignInLastsAsLongAsTheProcess(t *testing.T) {
	t.Parallel()
	blocked := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(blocked, nil, 0o600))
	for name, dir := range map[string]string{"no folder": "", "below a file": filepath.Join(blocked, "kaneo-mcp")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				kaneo := newScript()
				p := newProcess(t, kaneo, dir)
				p.mustSignIn(t)
				kaneo.approve(1)
				must(t, p.Wait(t.Context()))
				p.wantToken(t, tokenName(1))
				status := p.Status(t.Context())
				if status.Persisted || !strings.Contains(status.Problem, "lost when this process ends") {
					t.Errorf("status: %+v", status)
				}
				if p.log.count("lost when this process ends") != 1 {
					t.Errorf("log:\n%s", p.log)
				}
				must(t, p.SignOut(t.Context()))
				p.wantSignedOut(t)
			})
		})
	}
}

func TestTheFolderIsForItsOwnerOnly(t *testing.T) {
	t.Parallel()
	open := filepath.Join(t.TempDir(), "open")
	must(t, os.Mkdir(open, 0o755))
	for name, dir := range map[string]string{"new": filepath.Join(t.TempDir(), "a", "b"), "open": open} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sl := newProcess(t, newScript(), dir).slot
			must(t, sl.save(t.Context(), session{Token: "abc", Obtained: wallClock()}))
			info, err := os.Stat(dir)
			must(t, err)
			if info.Mode().Perm() != 0o700 {
				t.Errorf("folder: %v", info.Mode())
			}
			if sl.load().Token != "abc" {
				t.Error("not found again")
			}
			left, err := filepath.Glob(filepath.Join(dir, "*.tmp"))
			if err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}

func TestInstancesAndClientsDoNotShareFiles(t *testing.T) {
	t.Parallel()
	store := NewStore("d")
	seen := map[string]string{}
	for _, id := range []identity{
		{testBase, "kaneo-mcp", ""}, {testBase, "kaneo-cli", ""}, {"https://kaneo.example/kaneo/api", "kaneo-mcp", ""},
		{"http://kaneo.example/api", "kaneo-mcp", ""}, {"https://kaneo.example:8443/api", "kaneo-mcp", ""},
		{testBase, "kaneo-mcp", "work"}, {testBase, "kaneo-mcp", "home"},
	} {
		path := store.slot(id, mustParse(t, id.Base).Host, zerolog.Nop()).tokenPath()
		if other, taken := seen[path]; taken {
			t.Errorf("%v and %s share %s", id, other, path)
		}
		seen[path] = id.Base + " " + id.ClientID
	}
}

func TestFileNames(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]string{
		"Kaneo-1.Example": "kaneo-1.example", "127.0.0.1:1337": "127.0.0.1_1337", "[::1]:80": "___1__80", "täst/..": "t_st_..",
		strings.Repeat("a", 100): strings.Repeat("a", 64),
	} {
		if got := fileName(host); got != want {
			t.Errorf("%s: %s, want %s", host, got, want)
		}
	}
}
