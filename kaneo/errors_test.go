package kaneo_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kaneo-mcp/kaneo"
)

const (
	text = "text/plain;charset=UTF-8"
	js   = "application/json"
	html = "text/html; charset=utf-8"
)

// failure makes one call that is answered like this, and returns its error.
func failure(t *testing.T, status int, media, body string, headers ...string) *kaneo.Error {
	t.Helper()
	var err error
	synctest.Test(t, func(t *testing.T) {
		c := client(t, always(status, media, body, headers...), func(o *kaneo.Options) { o.Tokens = &tokens{first: "a", next: "b"} })
		_, err = c.Task(t.Context(), "task1")
	})
	var e *kaneo.Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, not one of our errors", err)
	}
	return e
}

func TestKinds(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 400)
	tests := map[string]struct {
		status            int
		media, body       string
		headers           []string
		want              kaneo.Error
		wantError, absent string
	}{
		"unknown id":        {status: 400, media: text, body: "Workspace ID could not be determined", want: kaneo.Error{Kind: kaneo.NotFound, Message: "Workspace ID could not be determined"}, wantError: "get task: not found: Workspace ID could not be determined"},
		"gone":              {status: 404, media: text, body: "Task not found", want: kaneo.Error{Kind: kaneo.NotFound, Message: "Task not found"}},
		"auth route miss":   {status: 404, media: "", body: "", want: kaneo.Error{Kind: kaneo.NotFound, Message: "Not Found"}},
		"malformed":         {status: 400, media: text, body: "Malformed JSON in request body", want: kaneo.Error{Kind: kaneo.Invalid, Message: "Malformed JSON in request body"}},
		"signed out":        {status: 401, media: text, body: "Unauthorized", want: kaneo.Error{Kind: kaneo.NotSignedIn, Message: "Unauthorized"}},
		"bad key":           {status: 403, media: js, body: `{"message":"Invalid API key.","code":"INVALID_API_KEY"}`, want: kaneo.Error{Kind: kaneo.NotSignedIn, Code: "INVALID_API_KEY", Message: "Invalid API key."}},
		"expired key":       {status: 401, media: js, body: `{"message":"API Key has expired","code":"KEY_EXPIRED"}`, want: kaneo.Error{Kind: kaneo.NotSignedIn, Code: "KEY_EXPIRED", Message: "API Key has expired"}},
		"another's login":   {status: 401, media: js, body: `{"message":"GitHub refused","code":"INTEGRATION_AUTH_FAILED"}`, want: kaneo.Error{Kind: kaneo.NotAllowed, Code: "INTEGRATION_AUTH_FAILED", Message: "GitHub refused"}},
		"not a member":      {status: 403, media: text, body: "You don't have access to this workspace", want: kaneo.Error{Kind: kaneo.NotAllowed, Message: "You don't have access to this workspace"}},
		"role":              {status: 403, media: text, body: "Insufficient permissions", want: kaneo.Error{Kind: kaneo.NotAllowed, Message: "Insufficient permissions"}},
		"role, newest":      {status: 403, media: js, body: `{"message":"Insufficient permissions","code":"MISSING_PERMISSION","missingPermissions":["task:assign","task:delete"]}`, want: kaneo.Error{Kind: kaneo.NotAllowed, Code: "MISSING_PERMISSION", Message: "Insufficient permissions (missing: task:assign, task:delete)"}},
		"plan":              {status: 402, media: text, body: "Plan expired", want: kaneo.Error{Kind: kaneo.NotAllowed, Message: "Plan expired"}},
		"conflict":          {status: 409, media: text, body: "Relation exists", want: kaneo.Error{Kind: kaneo.Conflict, Message: "Relation exists"}},
		"too large":         {status: 413, media: html, body: "<html>413</html>", want: kaneo.Error{Kind: kaneo.Invalid, Message: "a web page came instead of an answer"}},
		"key limit":         {status: 429, media: js, body: `{"message":"Rate limit exceeded.","code":"RATE_LIMITED","details":{"tryAgainIn":59971}}`, want: kaneo.Error{Kind: kaneo.TooMany, Code: "RATE_LIMITED", Message: "Rate limit exceeded.", RetryAfter: 59971 * time.Millisecond}},
		"cloud limit":       {status: 429, media: text, body: `{"message":"Too many requests. Please try again later."}`, headers: []string{"X-Retry-After", "60"}, want: kaneo.Error{Kind: kaneo.TooMany, Message: "Too many requests. Please try again later.", RetryAfter: time.Minute}},
		"proxy's limit":     {status: 429, media: html, body: "<html>", headers: []string{"Retry-After", "30"}, want: kaneo.Error{Kind: kaneo.TooMany, Message: "a web page came instead of an answer", RetryAfter: 30 * time.Second}},
		"absurd wait":       {status: 429, media: text, body: "x", headers: []string{"Retry-After", "1e300"}, want: kaneo.Error{Kind: kaneo.TooMany, Message: "x", RetryAfter: 24 * time.Hour}},
		"unhandled":         {status: 500, media: js, body: `{"message":"Internal Server Error"}`, want: kaneo.Error{Kind: kaneo.Unexpected, Message: "Internal Server Error"}},
		"bad gateway":       {status: 502, media: html, body: "<html><h1>502</h1>", want: kaneo.Error{Kind: kaneo.Unavailable, Message: "a web page came instead of an answer"}},
		"cloudflare":        {status: 521, media: html, body: "<html>", want: kaneo.Error{Kind: kaneo.Unavailable, Message: "a web page came instead of an answer"}},
		"board too slow":    {status: 503, media: text, body: "Task list request took too long; retry later", want: kaneo.Error{Kind: kaneo.Unavailable, Message: "Task list request took too long; retry later"}},
		"web app":           {status: 200, media: html, body: "<!doctype html><html>", want: kaneo.Error{Kind: kaneo.NotKaneo, Message: "the answer is not JSON: is this the address of a Kaneo?"}},
		"proxy's login":     {status: 401, media: html, body: "<html>sign in</html>", want: kaneo.Error{Kind: kaneo.NotKaneo, Message: "a web page came instead of an answer"}},
		"another server":    {status: 404, media: html, body: "<html>", want: kaneo.Error{Kind: kaneo.NotKaneo, Message: "a web page came instead of an answer"}},
		"redirect":          {status: 301, media: html, body: "", headers: []string{"Location", "https://other.example/api/task/task1?x=y"}, want: kaneo.Error{Kind: kaneo.NotKaneo, Message: "the address redirects to https://other.example"}},
		"garbage":           {status: 200, media: js, body: `{"id":`, want: kaneo.Error{Kind: kaneo.Unexpected, Message: "the answer is not what Kaneo answers here"}},
		"another shape":     {status: 200, media: js, body: `[1]`, want: kaneo.Error{Kind: kaneo.Unexpected, Message: "the answer is not what Kaneo answers here"}},
		"null":              {status: 200, media: js, body: `null`, want: kaneo.Error{Kind: kaneo.NotFound, Message: "Kaneo's answer is empty"}},
		"empty":             {status: 200, media: js, body: ``, want: kaneo.Error{Kind: kaneo.NotFound, Message: "Kaneo's answer is empty"}},
		"zod":               {status: 400, media: text, body: "title: Too small: expected string to have >=1 characters", want: kaneo.Error{Kind: kaneo.Invalid, Message: "title: Too small: expected string to have >=1 characters"}},
		"newest validation": {status: 400, media: js, body: `{"message":"Validation failed","code":"VALIDATION_ERROR","issues":[{"path":"body.title","message":"Required"},{"path":"query.limit","message":"Too big"}]}`, want: kaneo.Error{Kind: kaneo.Invalid, Code: "VALIDATION_ERROR", Message: "body.title: Required; query.limit: Too big"}},
		"device flow":       {status: 400, media: js, body: `{"error":"invalid_client","error_description":"Invalid client ID"}`, want: kaneo.Error{Kind: kaneo.Invalid, Code: "invalid_client", Message: "Invalid client ID"}},
		"odd members":       {status: 400, media: js, body: `{"message":"m","code":7,"details":"x","issues":{},"error":5}`, want: kaneo.Error{Kind: kaneo.Invalid, Message: "m"}},
		"valibot": {
			status: 400, media: js, absent: "hunter2",
			body: `{"data":{"priority":"hunter2"},"error":[{"input":"hunter2","message":"Invalid type: Expected (\"low\" | \"high\") but received \"hunter2\"","path":[{"key":"tasks"},{"key":0},{"key":"priority","value":"hunter2"}]}],"success":false}`,
			want: kaneo.Error{Kind: kaneo.Invalid, Message: `tasks.0.priority: Invalid type: Expected ("low" | "high")`},
		},
		"valibot, cut short": {
			status: 400, media: js, absent: "hunter2",
			body: `{"data":{"x":"hunter2` + strings.Repeat("hunter2", 20_000) + `"},"error":[]}`,
			want: kaneo.Error{Kind: kaneo.Invalid, Message: "Bad Request"},
		},
		"long":          {status: 400, media: text, body: long, want: kaneo.Error{Kind: kaneo.Invalid, Message: long[:299] + "…"}},
		"control codes": {status: 400, media: text, body: "a\x1b[31m\r\nb\x00\u202ec", want: kaneo.Error{Kind: kaneo.Invalid, Message: "a [31m b c"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := failure(t, tt.status, tt.media, tt.body, tt.headers...)
			tt.want.Status = tt.status
			if diff := cmp.Diff(&tt.want, got, cmpopts.IgnoreUnexported(kaneo.Error{})); diff != "" {
				t.Error(diff)
			}
			if tt.wantError != "" && got.Error() != tt.wantError {
				t.Errorf("Error() = %q", got.Error())
			}
			if tt.absent != "" && strings.Contains(got.Error(), tt.absent) {
				t.Errorf("%q repeats what was sent", got.Error())
			}
		})
	}
}

// fixture is a recorded exchange with a real Kaneo.
type fixture struct {
	name    string
	Request struct {
		Method, Path string
		Body         json.RawMessage
	}
	Response struct {
		Status  int
		Headers map[string]string
		Body    json.RawMessage
	}
}

func fixtures(t *testing.T) []fixture {
	t.Helper()
	names, err := filepath.Glob("../../shared/kaneo-fixtures/*.*.json")
	if err != nil || len(names) == 0 {
		t.Skip("the recorded exchanges are missing: ../shared/kaneo-fixtures")
	}
	all := make([]fixture, len(names))
	for i, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(raw, &all[i]); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[i].name = strings.TrimSuffix(filepath.Base(name), ".json")
	}
	return all
}

// body is the answer as it was on the wire.
func (f fixture) body() string {
	var plain string
	if json.Unmarshal(f.Response.Body, &plain) == nil {
		return plain
	}
	return string(f.Response.Body)
}

// wants is what the recorded refusals mean; by status where not told apart here.
func (f fixture) wants() kaneo.Kind {
	switch {
	case strings.Contains(f.body(), "Workspace ID could not be determined"):
		return kaneo.NotFound
	case strings.Contains(f.body(), "INVALID_API_KEY"):
		return kaneo.NotSignedIn
	}
	return map[int]kaneo.Kind{
		400: kaneo.Invalid, 401: kaneo.NotSignedIn, 403: kaneo.NotAllowed, 404: kaneo.NotFound, 409: kaneo.Conflict,
		415: kaneo.Invalid, 422: kaneo.Invalid, 429: kaneo.TooMany, 500: kaneo.Unexpected, 503: kaneo.Unavailable,
	}[f.Response.Status]
}

func TestRecordedRefusals(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		if f.Response.Status < 400 {
			continue
		}
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			var headers []string
			for name, value := range f.Response.Headers {
				headers = append(headers, name, value)
			}
			e := failure(t, f.Response.Status, f.Response.Headers["content-type"], f.body(), headers...)
			if want := f.wants(); want == 0 || e.Kind != want {
				t.Errorf("kind %v, want %v", e.Kind, want)
			}
			if n := utf8.RuneCountInString(e.Message); n == 0 || n > 300 {
				t.Errorf("a message of %d characters", n)
			}
			if e.Kind == kaneo.TooMany && e.RetryAfter == 0 {
				t.Error("nothing about how long to wait")
			}
			for _, sent := range texts(f.Request.Body) {
				if strings.Contains(f.body(), `"success": false`) && strings.Contains(e.Error(), sent) {
					t.Errorf("%q repeats %q", e.Error(), sent)
				}
			}
		})
	}
}

// texts are the strings in a request's body that are long enough to be recognised.
func texts(body json.RawMessage) []string {
	var members map[string]json.RawMessage
	_ = json.Unmarshal(body, &members)
	var all []string
	for _, raw := range members {
		var s string
		if json.Unmarshal(raw, &s) == nil && len(s) > 3 {
			all = append(all, s)
		}
	}
	return all
}

func TestKindOf(t *testing.T) {
	t.Parallel()
	if got := kaneo.KindOf(errors.Join(errSignedOut, &kaneo.Error{Kind: kaneo.Conflict})); got != kaneo.Conflict {
		t.Errorf("wrapped: %v", got)
	}
	for _, err := range []error{nil, errSignedOut} {
		if got := kaneo.KindOf(err); got != 0 {
			t.Errorf("%v: %v", err, got)
		}
	}
}
