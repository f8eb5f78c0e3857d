package server

import (
	"crypto/tls"
	"net/netip"
	"strings"
	"testing"
)

func TestHTTPOptions(t *testing.T) {
	t.Parallel()
	const team, long = "0.0.0.0:8722", "a-secret-of-sixteen-characters-or-more"
	proxy := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/24")}
	for name, test := range map[string]struct {
		o    HTTPOptions
		want string // part of the sentence; empty: fine
	}{
		"one person":                       {HTTPOptions{Listen: "127.0.0.1:8722", Secret: "short"}, ""},
		"by name":                          {HTTPOptions{Listen: "localhost:0", Secret: "short"}, ""},
		"IPv6":                             {HTTPOptions{Listen: "[::1]:8722", Secret: "short"}, ""},
		"mapped":                           {HTTPOptions{Listen: "[::ffff:127.0.0.1]:8722", Secret: "short"}, ""},
		"no secret, loopback":              {HTTPOptions{Listen: "127.0.0.1:8722", NoSecret: true}, ""},
		"no secret, all":                   {HTTPOptions{Listen: ":8722", NoSecret: true, TLS: new(tls.Config)}, "loopback"},
		"no secret, localhost's neighbour": {HTTPOptions{Listen: "localhost.example:8722", NoSecret: true}, "loopback"},
		"no secret, a team":                {HTTPOptions{Listen: "127.0.0.1:8722", NoSecret: true, PerCaller: true}, "anybody could try keys"},
		"no secret, behind a proxy":        {HTTPOptions{Listen: "127.0.0.1:8722", NoSecret: true, Proxies: proxy}, "behind a proxy"},
		"short secret, behind a proxy":     {HTTPOptions{Listen: "127.0.0.1:8722", Secret: "short", Proxies: proxy}, "at least 16"},
		"forgotten secret":                 {HTTPOptions{Listen: "127.0.0.1:8722"}, "a secret is needed"},
		"odd secret":                       {HTTPOptions{Listen: "127.0.0.1:8722", Secret: "two words"}, "spaces"},
		"short secret":                     {HTTPOptions{Listen: team, Secret: "short", TLS: new(tls.Config)}, "at least 16"},
		"TLS":                              {HTTPOptions{Listen: team, Secret: long, TLS: new(tls.Config)}, ""},
		"a proxy":                          {HTTPOptions{Listen: team, Secret: long, Proxies: proxy}, ""},
		"in the clear":                     {HTTPOptions{Listen: team, Secret: long}, "needs TLS"},
		"any proxy":                        {HTTPOptions{Listen: team, Secret: long, Proxies: []netip.Prefix{netip.MustParsePrefix("0.0.0.0/0")}}, "everybody"},
		"no such port":                     {HTTPOptions{Listen: "127.0.0.1:99999", Secret: long}, "host:port"},
		"no port":                          {HTTPOptions{Listen: "127.0.0.1", Secret: long}, "host:port"},
		"any host":                         {HTTPOptions{Listen: "127.0.0.1:1", Secret: long, AllowHosts: []string{"*"}}, "no name"},
		"host with port":                   {HTTPOptions{Listen: "127.0.0.1:1", Secret: long, AllowHosts: []string{"a.example:1"}}, "no name"},
		"hosts":                            {HTTPOptions{Listen: "127.0.0.1:1", Secret: long, AllowHosts: []string{"MCP.example", "10.0.0.1"}}, ""},
		"any origin":                       {HTTPOptions{Listen: "127.0.0.1:1", Secret: long, AllowOrigins: []string{"*"}}, "no web origin"},
		"null":                             {HTTPOptions{Listen: "127.0.0.1:1", Secret: long, AllowOrigins: []string{"null"}}, "no web origin"},
		"origin with a path":               {HTTPOptions{Listen: "127.0.0.1:1", Secret: long, AllowOrigins: []string{"https://a.example/"}}, "no web origin"},
		"origins":                          {HTTPOptions{Listen: "127.0.0.1:1", Secret: long, AllowOrigins: []string{"https://a.example", "http://localhost:3000"}}, ""},
	} {
		err := test.o.Validate()
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
		if err != nil && strings.Contains(err.Error(), long) {
			t.Errorf("%s: the sentence holds the secret", name)
		}
	}
}
