package main

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/adrg/xdg"
	"github.com/google/go-cmp/cmp"
)

// configured reads settings from an environment and flags.
func configured(t *testing.T, env map[string]string, words ...string) (config, string, error) {
	t.Helper()
	notes := newScreen()
	f := newFlags()
	if err := f.common.Parse(words); err != nil {
		t.Fatal(err)
	}
	set, err := configure(console{out: io.Discard, err: notes, env: func(name string) (string, bool) {
		value, there := env[name]
		return value, there
	}}, f)
	return set, notes.String(), err
}

func TestPrecedence(t *testing.T) {
	t.Parallel()
	type values struct {
		Base, Project, Client string
		Timeout               time.Duration
	}
	for name, c := range map[string]struct {
		env   map[string]string
		words []string
		want  values
	}{
		"standards": {nil, nil, values{"http://localhost:1337/api", "", "kaneo-mcp", 15 * time.Second}},
		"environment": {
			map[string]string{"KANEO_API_URL": " https://k.example/sub/ ", "KANEO_PROJECT": "WEB", "KANEO_TIMEOUT": "1m30s"}, nil,
			values{"https://k.example/sub/api", "WEB", "kaneo-mcp", 90 * time.Second},
		},
		"flags beat it": {
			map[string]string{"KANEO_API_URL": "https://k.example", "KANEO_PROJECT": "WEB"},
			[]string{"--api-url", "https://f.example/api", "--project=API", "--client-id=other"},
			values{"https://f.example/api", "API", "other", 15 * time.Second},
		},
		"unless empty": {
			map[string]string{"KANEO_PROJECT": "WEB"}, []string{"--project="},
			values{"http://localhost:1337/api", "WEB", "kaneo-mcp", 15 * time.Second},
		},
		"placeholders": {
			map[string]string{"KANEO_API_URL": "${KANEO_API_URL}", "KANEO_PROJECT": "$PROJECT", "KANEO_TIMEOUT": "", "KANEO_MCP_CLIENT_ID": "${input:client}"},
			nil, values{"http://localhost:1337/api", "", "kaneo-mcp", 15 * time.Second},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			set, _, err := configured(t, c.env, c.words...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, values{set.base.String(), set.project, set.clientID, set.timeout}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatCountsAsNotSetIsTold(t *testing.T) {
	t.Parallel()
	for _, s := range settings() {
		if s.guards() {
			continue // TestGuardsThatMakeNoSense
		}
		for _, raw := range []string{"", "  ", "${X}", "$X", "${input:x}", "${user_config.x}"} {
			_, notes, err := configured(t, map[string]string{s.variable: raw})
			if err != nil || strings.Count(notes, "\n") != 1 || !strings.Contains(notes, s.variable+" is ") {
				t.Errorf("%s=%q: %v, %q", s.variable, raw, err, notes)
			}
		}
	}
}

func TestBadSettings(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	noPEM := filepath.Join(folder, "ca.pem")
	if err := os.WriteFile(noPEM, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		variable, value string
		want            string
	}{
		"scheme":        {"KANEO_API_URL", "ftp://kaneo.example", "must start with https:// or http://"},
		"sign-in wait":  {"KANEO_SIGN_IN_WAIT", "1h", "up to 10m0s"},
		"password":      {"KANEO_API_URL", "https://u:secret-word@kaneo.example", "must not contain a user name or password"},
		"zone":          {"KANEO_TZ", "Mars/Olympus", `no time zone "Mars/Olympus"; it takes a name such as Europe/Berlin`},
		"auth":          {"KANEO_AUTH", "browser", `"browser" is unknown; it takes auto, key-only`},
		"timeout":       {"KANEO_TIMEOUT", "15", `"15" is no length of time; it takes one such as 15s`},
		"no timeout":    {"KANEO_TIMEOUT", "-1s", "no length of time"},
		"level":         {"KANEO_LOG_LEVEL", "loud", "it takes debug, info, warn, error"},
		"log":           {"KANEO_LOG_FILE", folder, "the log cannot be written: is a directory"},
		"no CA file":    {"KANEO_CA_FILE", filepath.Join(folder, "none"), "can not be read"},
		"bad CA file":   {"KANEO_CA_FILE", noPEM, "no certificate"},
		"key":           {"KANEO_API_KEY", "two secret-word", "KANEO_API_KEY holds spaces"},
		"no key file":   {"KANEO_API_KEY_FILE", filepath.Join(folder, "none"), "KANEO_API_KEY_FILE names a file that cannot be read"},
		"key-only":      {"KANEO_AUTH", "key-only", "KANEO_API_KEY or KANEO_API_KEY_FILE must be set"},
		"too long zone": {"KANEO_TZ", strings.Repeat("x", 500), "no time zone"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			end := newShell(t, "http://127.0.0.1:1").with(c.variable, c.value).run("serve")
			end.check(t, exitMisuse, c.variable, c.want)
			if end.out != "" || strings.Count(end.err, "\n") != 1 || len(end.err) > 300 || strings.Contains(end.err, "secret-word") {
				t.Errorf("not one sentence on stderr: %q, %q", end.out, end.err)
			}
		})
	}
}

// TestSwitchesAndLists are read alike, whatever they are for.
func TestSwitchesAndLists(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]bool{"true": true, "1": true, "TRUE": true, "t": true, "false": false, "0": false, "False": false} {
		set, _, err := configured(t, map[string]string{"KANEO_READ_ONLY": value, "KANEO_MCP_PER_CALLER": value, "KANEO_KEYRING": value})
		if got := []bool{set.selection.ReadOnly, set.http.PerCaller, set.keyring}; err != nil || !slices.Equal(got, []bool{want, want, want}) {
			t.Errorf("%s: %v, %v", value, got, err)
		}
	}
	for _, variable := range []string{"KANEO_READ_ONLY", "KANEO_MCP_NO_HTTP_AUTH", "KANEO_MCP_STATELESS", "KANEO_KEYRING"} {
		if _, _, err := configured(t, map[string]string{variable: "yes"}); err == nil || !strings.Contains(err.Error(), "it takes true or false") {
			t.Errorf("%s: %v", variable, err)
		}
	}
	set, _, err := configured(t, map[string]string{
		"KANEO_ALLOW_WORKSPACES": " Acme Inc ,,Beta", "KANEO_MCP_ALLOW_HOST": "a.example, b.example,", "KANEO_MCP_BEHIND_PROXY": "10.0.0.5 , fd00::/64",
	})
	if err != nil {
		t.Fatal(err)
	}
	got := [][]string{set.allowedWorkspaces, set.http.AllowHosts, {set.http.Proxies[0].String(), set.http.Proxies[1].String()}}
	if diff := cmp.Diff([][]string{{"Acme Inc", "Beta"}, {"a.example", "b.example"}, {"10.0.0.5/32", "fd00::/64"}}, got); diff != "" {
		t.Error(diff)
	}
}

func TestZonesComeAlong(t *testing.T) {
	t.Parallel()
	set, _, err := configured(t, map[string]string{"KANEO_TZ": "Pacific/Chatham"})
	if err != nil || set.zone.String() != "Pacific/Chatham" {
		t.Errorf("%v, %v", set.zone, err)
	}
}

func TestStateFolder(t *testing.T) {
	t.Parallel()
	given := t.TempDir()
	for value, want := range map[string]string{
		given:      filepath.Join(given, "kaneo-mcp"),
		"relative": filepath.Join(xdg.StateHome, "kaneo-mcp"),
		"":         filepath.Join(xdg.StateHome, "kaneo-mcp"),
	} {
		if got := stateFolder(func(string) (string, bool) { return value, true }); got != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
}
