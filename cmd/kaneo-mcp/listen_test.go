package main

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kaneo-mcp/server"
)

func TestListenRefusesToStart(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		words, want string
	}{
		"no secret, everybody": {"--listen 0.0.0.0:0 --no-http-auth", "loopback"},
		"no secret, a team":    {"--listen 127.0.0.1:0 --no-http-auth --per-caller", "anybody could try keys"},
		"in the clear":         {"--listen 0.0.0.0:0 --per-caller", "needs TLS"},
		"every proxy":          {"--listen 0.0.0.0:0 --behind-proxy 0.0.0.0/0", "believe everybody"},
		"no proxy":             {"--listen 0.0.0.0:0 --behind-proxy nginx", "no address"},
		"half of TLS":          {"--listen 127.0.0.1:0 --tls-cert x", "both"},
		"no certificate":       {"--listen 127.0.0.1:0 --tls-cert x --tls-key y", "certificate"},
		"no origin":            {"--listen 127.0.0.1:0 --allow-origin *", "web origin"},
		"no such port":         {"--listen 127.0.0.1:99999", "host:port"},
		"no address":           {"--listen 8722", "host:port"},
		"a team, nowhere":      {"--per-caller", "say where"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			end := newShell(t, nowhere(t)).run(append([]string{"serve"}, strings.Fields(test.words)...)...)
			if end.code != exitMisuse || !strings.Contains(end.err, test.want) {
				t.Errorf("code %d, want %q in %s", end.code, test.want, end.err)
			}
		})
	}
}

func TestListenWhereSomebodyListens(t *testing.T) {
	t.Parallel()
	taken, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	at := taken.Addr().String()
	newShell(t, nowhere(t)).run("serve", "--listen", at).check(t, exitFailed, "can not listen at "+at, "in use", "choose another")
}

// TestListenSaysWhatClientsNeed where nobody sits: which secret counts, and that there is no name to reach it by.
func TestListenSaysWhatClientsNeed(t *testing.T) {
	t.Parallel()
	own := newIdentity(t)
	s := newShell(t, nowhere(t))
	for name, test := range map[string]struct {
		shell shell
		words string
		want  string
	}{
		"kept":     {s, "--listen 127.0.0.1:0", filepath.Join(s.env["XDG_STATE_HOME"], "kaneo-mcp", "http-token")},
		"given":    {s.with("KANEO_MCP_HTTP_TOKEN", doorSecret), "--listen 127.0.0.1:0", "the secret in KANEO_MCP_HTTP_TOKEN."},
		"nameless": {s.with("KANEO_MCP_HTTP_TOKEN", doorSecret), "--listen 0.0.0.0:0 --tls-cert " + own.cert + " --tls-key " + own.key, "none is given"},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		running := test.shell.start(ctx, append([]string{"serve"}, strings.Fields(test.words)...)...)
		running.err.await(t, "clients send")
		cancel()
		if end := running.wait(); !strings.Contains(end.err, test.want) {
			t.Errorf("%s: %s", name, end.err)
		}
	}
}

func TestListenKeepsASecret(t *testing.T) {
	t.Parallel()
	state := t.TempDir()
	s := newShell(t, nowhere(t)).with("XDG_STATE_HOME", state)
	for range 2 {
		ctx, cancel := context.WithCancel(t.Context())
		running := s.start(ctx, "serve", "--listen", "127.0.0.1:0")
		at := running.err.await(t, `serving MCP at (http://127\.0\.0\.1:\d+)/mcp`)
		secret, err := os.ReadFile(filepath.Join(state, "kaneo-mcp", "http-token"))
		if err != nil {
			t.Fatal(err)
		}
		for bearer, want := range map[string]int{"": http.StatusUnauthorized, strings.TrimSpace(string(secret)): http.StatusOK} {
			if got := statusOf(t, at+"/metrics", bearer); got != want {
				t.Errorf("status %d, want %d", got, want)
			}
		}
		cancel()
		end := running.wait()
		if strings.Contains(end.out+end.err, strings.TrimSpace(string(secret))) {
			t.Error("the secret is written where nobody sits")
		}
	}
}

func TestEntrance(t *testing.T) {
	t.Parallel()
	named := []string{"mcp.example", "other.example"}
	proxies := []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	for name, test := range map[string]struct {
		options server.HTTPOptions
		want    string
	}{
		"for oneself":             {server.HTTPOptions{}, "http://localhost:8722/mcp"},
		"TLS":                     {server.HTTPOptions{TLS: new(tls.Config), AllowHosts: named}, "https://mcp.example:8722/mcp"},
		"behind a proxy":          {server.HTTPOptions{Proxies: proxies, AllowHosts: named}, "https://mcp.example/mcp"},
		"behind a nameless proxy": {server.HTTPOptions{Proxies: proxies}, "http://localhost:8722/mcp"},
	} {
		if got := entrance(test.options, &net.TCPAddr{IP: net.IPv4zero, Port: 8722}); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

func statusOf(t *testing.T, address, bearer string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+bearer)
	answer, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	return answer.StatusCode
}
