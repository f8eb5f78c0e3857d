package server

import (
	"maps"
	"net/http"
	"testing"
)

func TestAllowPages(t *testing.T) {
	t.Parallel()
	const origin = "Origin: https://agent.example"
	for name, test := range map[string]struct {
		method  string
		headers []string
		status  int
		want    map[string]string
	}{
		"no page":      {http.MethodPost, nil, passed, map[string]string{"Access-Control-Allow-Origin": ""}},
		"a page":       {http.MethodPost, []string{origin}, passed, map[string]string{"Access-Control-Allow-Origin": "https://agent.example"}},
		"OPTIONS only": {http.MethodOptions, []string{origin}, passed, map[string]string{"Access-Control-Allow-Methods": ""}},
		"a page asks": {http.MethodOptions, []string{origin, "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: Authorization, cookie,mcp-param-x"}, 204,
			map[string]string{"Access-Control-Allow-Methods": "GET, POST, DELETE", "Access-Control-Allow-Headers": "authorization, mcp-param-x"}},
	} {
		want := maps.Clone(test.want)
		want["Vary"], want["Access-Control-Allow-Credentials"] = "Origin", ""
		h := wantStatus(t, name, allowPages, asking(t, test.method, "/mcp", "", test.headers...), test.status)
		for header, value := range want {
			if h.Get(header) != value {
				t.Errorf("%s: %s is %q, want %q", name, header, h.Get(header), value)
			}
		}
	}
}
