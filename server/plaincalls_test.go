package server

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mark3labs/mcp-go/mcp"
)

// plainly is a call of 2026-07-28 that nothing is wrong with.
func plainly(id, name, arguments, meta string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"method":"tools/call","params":{"name":%q,"arguments":%s,"_meta":{%s`+
		`"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"},`+
		`"io.modelcontextprotocol/clientCapabilities":{"elicitation":{}}}}}`, id, name, arguments, meta)
}

// TestPlainCalls: they get the same answers as on mcp-go's own way, and all that is not plain goes there.
func TestPlainCalls(t *testing.T) {
	t.Parallel()
	call := plainly("1", "echo", `{"text":"hello"}`, "")
	for name, test := range map[string]struct {
		body   string
		header map[string]string
		plain  bool
	}{
		"a call":               {call, nil, true},
		"an id that is a text": {plainly(`"seven"`, "echo", `{"text":"hello"}`, ""), nil, true},
		"a name in base64":     {call, map[string]string{mcp.HeaderName: "=?base64?ZWNobw==?="}, true},
		"a question":           {plainly("1", "confirm", `{}`, ""), map[string]string{mcp.HeaderName: "confirm"}, true},
		"no such tool":         {plainly("1", "nothing", `{}`, ""), map[string]string{mcp.HeaderName: "nothing"}, true},
		"a tool that fails":    {plainly("1", "ask", `{"text":""}`, ""), map[string]string{mcp.HeaderName: "ask"}, true},
		"another JSON-RPC":     {strings.Replace(call, `"2.0"`, `"1.0"`, 1), nil, true},
		"no capabilities":      {strings.Replace(call, "clientCapabilities", "else", 1), nil, true},

		"arguments that are none":   {plainly("1", "echo", `"hello"`, ""), nil, true},
		"with progress":             {plainly("1", "echo", `{"text":"hello"}`, `"progressToken":1,`), nil, false},
		"another name":              {call, map[string]string{mcp.HeaderName: "wait"}, false},
		"a name in bad base64":      {call, map[string]string{mcp.HeaderName: "=?base64?*?="}, false},
		"another method":            {call, map[string]string{mcp.HeaderMethod: "tools/list"}, false},
		"another version":           {strings.Replace(call, "2026-07-28", "2027-01-01", 1), nil, false},
		"a version from the future": {strings.Replace(call, "2026-07-28", "2027-01-01", 1), map[string]string{mcp.HeaderProtocolVersion: "2027-01-01"}, false},
		"to be resumed":             {call, map[string]string{mcp.HeaderLastEventID: "1"}, false},
		"a notification":            {strings.Replace(call, `"id":1,`, "", 1), nil, false},
		"no id":                     {strings.Replace(call, `"id":1,`, `"id":null,`, 1), nil, false},
		"not JSON":                  {call[1:], nil, false},
		"several":                   {"[" + call + "]", nil, false},
		"a session's":               {`{"jsonrpc":"2.0","id":1,"method":"tools/list"}`, map[string]string{mcp.HeaderProtocolVersion: "2025-11-25", mcp.HeaderMethod: ""}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newTestServer(newBench())
			s.AddTool(mcp.Tool{Name: "confirm", InputSchema: mcp.ToolInputSchema{Type: "object"}}, confirm)
			long := newStreamable(s, newVisits(newTurnstile(10, nil)), true, time.Minute)
			plain := true
			short := plainCalls(s, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				plain = false
				long.ServeHTTP(w, r)
			}))
			header := map[string]string{
				"Content-Type": "application/json", mcp.HeaderProtocolVersion: "2026-07-28", mcp.HeaderMethod: "tools/call", mcp.HeaderName: "echo",
			}
			maps.Copy(header, test.header)
			if diff := cmp.Diff(answered(t, long, test.body, header), answered(t, short, test.body, header)); diff != "" {
				t.Errorf("the short way (-long +short):\n%s", diff)
			}
			if plain != test.plain {
				t.Errorf("plain: %v", plain)
			}
		})
	}
}

// answered is the status, the kind and the text of an answer.
func answered(t *testing.T, h http.Handler, body string, header map[string]string) string {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/mcp", strings.NewReader(body))
	for name, value := range header {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return fmt.Sprintf("%d %s\n%s", w.Code, w.Header().Get("Content-Type"), w.Body)
}
