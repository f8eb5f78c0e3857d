package server

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGuardProxy(t *testing.T) {
	t.Parallel()
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/24"), netip.MustParsePrefix("fd00::5/128")}
	through := []string{"X-Forwarded-For: 203.0.113.9", "X-Forwarded-Host: mcp.example"}
	for name, test := range map[string]struct {
		proxies []netip.Prefix
		from    string
		headers []string
		want    int
		seen    seen
	}{
		"no proxy":                 {nil, "192.0.2.1:5", through, passed, seen{host: "upstream", client: "192.0.2.1:5"}},
		"the proxy":                {proxies, "10.0.0.7:5", through, passed, seen{host: "mcp.example", client: "203.0.113.9"}},
		"the proxy over IPv6":      {proxies, "[fd00::5]:5", through, passed, seen{host: "mcp.example", client: "203.0.113.9"}},
		"the proxy, mapped":        {proxies, "[::ffff:10.0.0.7]:5", through, passed, seen{host: "mcp.example", client: "203.0.113.9"}},
		"somebody else":            {proxies, "192.0.2.1:5", through, 403, seen{}},
		"a neighbour":              {proxies, "10.0.1.7:5", nil, 403, seen{}},
		"no address":               {proxies, "@", through, 403, seen{}},
		"the proxy for itself":     {proxies, "10.0.0.7:5", nil, passed, seen{host: "upstream", client: "10.0.0.7:5"}},
		"two proxies":              {proxies, "10.0.0.7:5", []string{"X-Forwarded-For: 203.0.113.9, 10.0.0.8"}, passed, seen{host: "upstream", client: "203.0.113.9"}},
		"the client made some up":  {proxies, "10.0.0.7:5", []string{"X-Forwarded-For: 10.0.0.1, 6.6.6.6", "X-Forwarded-For: 203.0.113.9"}, passed, seen{host: "upstream", client: "203.0.113.9"}},
		"the client made rot up":   {proxies, "10.0.0.7:5", []string{"X-Forwarded-For: rot, 203.0.113.9"}, passed, seen{host: "upstream", client: "203.0.113.9"}},
		"the proxy forwards rot":   {proxies, "10.0.0.7:5", []string{"X-Forwarded-For: rot"}, passed, seen{host: "upstream", client: "10.0.0.7:5"}},
		"other headers than those": {proxies, "10.0.0.7:5", []string{"Forwarded: for=6.6.6.6;host=x", "X-Real-Ip: 6.6.6.6"}, passed, seen{host: "upstream", client: "10.0.0.7:5"}},
	} {
		r := asking(t, http.MethodGet, "/mcp", "", test.headers...)
		r.RemoteAddr, r.Host = test.from, "upstream"
		answer, got := meet(func(next http.Handler) http.Handler { return guardProxy(test.proxies, next) }, r)
		answer.Body.Close()
		if diff := cmp.Diff(test.seen, got, cmp.AllowUnexported(seen{})); diff != "" || answer.StatusCode != test.want {
			t.Errorf("%s: status %d, what came through (-want +got):\n%s", name, answer.StatusCode, diff)
		}
		for _, header := range forwarded() {
			if test.want == passed && r.Header.Get(header) != "" {
				t.Errorf("%s: %s is left", name, header)
			}
		}
	}
}

func TestGuardProxyLetsTheMachineAskItself(t *testing.T) {
	t.Parallel()
	guard := func(next http.Handler) http.Handler {
		return guardProxy([]netip.Prefix{netip.MustParsePrefix("10.0.0.0/24")}, next)
	}
	for _, test := range []struct {
		path, from string
		want       int
	}{
		{"/healthz", "127.0.0.1:5", passed}, {"/readyz", "[::1]:5", passed}, {"/metrics", "127.0.0.1:5", 403}, {"/mcp", "127.0.0.1:5", 403},
		{"/healthz", "192.0.2.1:5", 403}, {"/readyz", "192.0.2.7:5", passed}, {"/metrics", "192.0.2.7:5", 403},
	} {
		r := asking(t, http.MethodGet, test.path, "")
		r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, &net.TCPAddr{IP: net.ParseIP("192.0.2.7"), Port: 8722}))
		r.RemoteAddr = test.from
		wantStatus(t, test.path+" from "+test.from, guard, r, test.want)
	}
}
