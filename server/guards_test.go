package server

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/mark3labs/mcp-go/mcp"
)

// Each guard by itself: which requests it lets through, and how it refuses the others. What they do together, over a
// socket, is in attacks_test.go.

// passed is what a handler behind a guard answers with.
const passed = http.StatusTeapot

// seen is what has come through a guard.
type seen struct{ host, client, body string }

// meet has a guard meet a request, and returns the answer and what came through.
func meet(guard func(http.Handler) http.Handler, r *http.Request) (*http.Response, seen) {
	var got seen
	w := httptest.NewRecorder()
	guard(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = seen{r.Host, r.RemoteAddr, string(body)}
		w.WriteHeader(passed)
	})).ServeHTTP(w, r)
	return w.Result(), got
}

// asking is a request with headers, each "Name: value".
func asking(t *testing.T, method, target, body string, headers ...string) *http.Request {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, target, strings.NewReader(body))
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Add(name, value)
	}
	return r
}

// wantStatus has a guard meet a request, wants a status, and a sentence and an unread body's end where it is refused.
func wantStatus(t *testing.T, what string, guard func(http.Handler) http.Handler, r *http.Request, want int) http.Header {
	t.Helper()
	answer, _ := meet(guard, r)
	defer answer.Body.Close()
	text, _ := io.ReadAll(answer.Body)
	refused := want != passed && want/100 != 2
	if answer.StatusCode != want || refused != strings.HasSuffix(string(text), ".\n") {
		t.Errorf("%s: status %d, want %d: %q", what, answer.StatusCode, want, text)
	}
	if refused && r.ContentLength != 0 && answer.Header.Get("Connection") != "close" {
		t.Errorf("%s: the connection waits for the body", what)
	}
	return answer.Header
}

func TestGuardOrigin(t *testing.T) {
	t.Parallel()
	guard := func(next http.Handler) http.Handler { return guardOrigin([]string{"https://agent.example"}, next) }
	for name, test := range map[string]struct {
		headers []string
		want    int
	}{
		"none":              {nil, passed},
		"allowed":           {[]string{"Origin: https://agent.example"}, passed},
		"in capitals":       {[]string{"Origin: HTTPS://Agent.Example"}, passed},
		"foreign":           {[]string{"Origin: https://evil.example"}, 403},
		"null":              {[]string{"Origin: null"}, 403},
		"empty":             {[]string{"Origin: "}, 403},
		"other scheme":      {[]string{"Origin: http://agent.example"}, 403},
		"other port":        {[]string{"Origin: https://agent.example:8443"}, 403},
		"longer":            {[]string{"Origin: https://agent.example.evil.example"}, 403},
		"allowed and other": {[]string{"Origin: https://agent.example", "Origin: https://evil.example"}, 403},
	} {
		wantStatus(t, name, guard, asking(t, http.MethodPost, "/mcp", "{}", test.headers...), test.want)
	}
}

func TestGuardHost(t *testing.T) {
	t.Parallel()
	guard := func(next http.Handler) http.Handler {
		return guardHost([]string{"localhost", "::1", "mcp.example"}, next)
	}
	for host, want := range map[string]int{
		"localhost": passed, "localhost:8722": passed, "LOCALHOST.": passed, "[::1]:8722": passed, "[::1]": passed, "mcp.example:443": passed,
		"": 403, "evil.example": 403, "localhost.evil.example": 403, "127.0.0.2": 403, "mcp.example@evil.example": 403, "evil.example:mcp.example": 403,
	} {
		r := asking(t, http.MethodGet, "/mcp", "")
		r.Host = host
		wantStatus(t, host, guard, r, want)
	}
}

func TestGuardQuery(t *testing.T) {
	t.Parallel()
	guard := func(next http.Handler) http.Handler { return guardQuery(testSecret, next) }
	for target, want := range map[string]int{
		"/mcp": passed, "/message?sessionId=123": passed,
		"/mcp?access_token=x": 400, "/mcp?Token=x": 400, "/mcp?api-key=x": 400, "/mcp?X-Kaneo-Api-Key=x": 400,
		"/mcp?a=" + testSecret: 400, "/mcp?" + testSecret: 400, "/mcp?a=%77" + testSecret[1:]: 400, "/mcp?a=x;b=" + testSecret: 400,
	} {
		wantStatus(t, target, guard, asking(t, http.MethodGet, target, ""), want)
	}
}

func TestGuardBearer(t *testing.T) {
	t.Parallel()
	guard := func(next http.Handler) http.Handler { return guardBearer(testSecret, next) }
	const right = "Authorization: Bearer " + testSecret
	for name, test := range map[string]struct {
		headers []string
		want    int
	}{
		"right":            {[]string{right}, passed},
		"scheme's capital": {[]string{"Authorization: bearer " + testSecret}, passed},
		"none":             {nil, 401},
		"empty":            {[]string{"Authorization: Bearer "}, 401},
		"wrong":            {[]string{"Authorization: Bearer wrong"}, 401},
		"cut off":          {[]string{right[:len(right)-1]}, 401},
		"longer":           {[]string{right + "x"}, 401},
		"other scheme":     {[]string{"Authorization: Basic " + testSecret}, 401},
		"no scheme":        {[]string{"Authorization: " + testSecret}, 401},
		"twice":            {[]string{right, right}, 401},
		"other header":     {[]string{"X-Authorization: Bearer " + testSecret}, 401},
	} {
		h := wantStatus(t, name, guard, asking(t, http.MethodPost, "/mcp", "{}", test.headers...), test.want)
		if challenge := h.Get("WWW-Authenticate"); (challenge != "") != (test.want == 401) ||
			strings.Contains(challenge, "invalid_token") != (test.want == 401 && name != "none" && name != "other header") {
			t.Errorf("%s: challenge %q", name, challenge)
		}
	}
	wantStatus(t, "no secret is asked for", func(next http.Handler) http.Handler { return guardBearer("", next) },
		asking(t, http.MethodGet, "/mcp", ""), passed)
}

func TestGuardMedia(t *testing.T) {
	t.Parallel()
	for media, want := range map[string]int{
		"application/json": passed, "application/json; charset=utf-8": passed, "Application/JSON": passed,
		"": 415, "text/plain": 415, "application/x-www-form-urlencoded": 415, "multipart/form-data; boundary=x": 415,
		"text/plain; application/json": 415, "application/json-seq": 415, "application/json, text/plain": 415,
	} {
		wantStatus(t, media, guardMedia, asking(t, http.MethodPost, "/mcp", "{}", "Content-Type: "+media), want)
	}
	for coding, want := range map[string]int{"": passed, "identity": passed, "gzip": 415, "Br": 415} {
		r := asking(t, http.MethodPost, "/mcp", "{}", "Content-Type: application/json", "Content-Encoding: "+coding)
		wantStatus(t, "coding "+coding, guardMedia, r, want)
	}
	wantStatus(t, "a GET has no body", guardMedia, asking(t, http.MethodGet, "/mcp", ""), passed)
}

func TestGuardBody(t *testing.T) {
	t.Parallel()
	fits, tooLong := strings.Repeat("x", maxBody), strings.Repeat("x", maxBody+1)
	unknown := func(r *http.Request) { r.ContentLength = -1 }
	for name, test := range map[string]struct {
		body   string
		change func(*http.Request)
		want   int
	}{
		"fits":               {fits, func(*http.Request) {}, passed},
		"of unknown length":  {fits, unknown, passed},
		"too long":           {tooLong, func(*http.Request) {}, 413},
		"too long, unawares": {tooLong, unknown, 413},
		"breaks off":         {"", func(r *http.Request) { r.Body = io.NopCloser(iotest.ErrReader(io.ErrUnexpectedEOF)); unknown(r) }, 400},
		"breaks off for another reason": {"", func(r *http.Request) {
			r.Body = io.NopCloser(iotest.ErrReader(errors.New("a secret place")))
			unknown(r)
		}, 400},
	} {
		r := asking(t, http.MethodPost, "/mcp", test.body)
		test.change(r)
		wantStatus(t, name, guardBody, r, test.want)
	}
	if _, got := meet(guardBody, asking(t, http.MethodPost, "/mcp", "all of it")); got.body != "all of it" {
		t.Errorf("what came through: %q", got.body)
	}
}

func TestGuardMethod(t *testing.T) {
	t.Parallel()
	guard := func(next http.Handler) http.Handler {
		return guardMethod([]string{http.MethodGet, http.MethodPost}, next)
	}
	for method, want := range map[string]int{"GET": passed, "POST": passed, "PUT": 405, "OPTIONS": 405, "TRACE": 405, "get": 405} {
		if h := wantStatus(t, method, guard, asking(t, method, "/mcp", ""), want); want == 405 && h.Get("Allow") != "GET, POST" {
			t.Errorf("%s: Allow %q", method, h.Get("Allow"))
		}
	}
}

func TestGuardStop(t *testing.T) {
	t.Parallel()
	stopping := make(chan struct{})
	guard := func(next http.Handler) http.Handler { return guardStop(stopping, next) }
	wantStatus(t, "before", guard, asking(t, http.MethodPost, "/mcp", "{}"), passed)
	close(stopping)
	if h := wantStatus(t, "after", guard, asking(t, http.MethodPost, "/mcp", "{}"), 503); h.Get("Retry-After") == "" {
		t.Error("nobody is told when to come back")
	}
}

func TestGuardRoom(t *testing.T) {
	t.Parallel()
	all := newTurnstile(2, nil)
	one, other := newTurnstile(1, all), newTurnstile(2, all)
	guard := func(room *turnstile) func(http.Handler) http.Handler {
		return func(next http.Handler) http.Handler { return guardRoom(room, noRoomForCalls, next) }
	}
	ask := func(what string, room *turnstile, want int) {
		t.Helper()
		h := wantStatus(t, what, guard(room), asking(t, http.MethodPost, "/mcp", "{}"), want)
		if want == 429 && h.Get("Retry-After") == "" {
			t.Errorf("%s: nobody is told when to come back", what)
		}
	}
	ask("room", one, passed)
	ask("room again: the first has left", one, passed)
	one.enter()
	ask("one too many of this caller", one, 429)
	ask("room for another caller", other, passed)
	other.enter()
	ask("one too many of all", other, 429)
}

func TestGuardVisits(t *testing.T) {
	t.Parallel()
	room := newTurnstile(1, nil)
	open := newVisits(room)
	guard := func(next http.Handler) http.Handler { return guardVisits(open, next) }
	wantStatus(t, "the first", guard, asking(t, http.MethodPost, "/mcp", initialize), passed)
	mine, theirs := "Mcp-Session-Id: "+open.Generate(), "Mcp-Session-Id: "+newVisits(room).Generate()
	modern := mcp.HeaderProtocolVersion + ": " + mcp.ProtocolVersion20260728
	for name, test := range map[string]struct {
		method  string
		headers []string
		want    int
	}{
		"mine":                {http.MethodPost, []string{mine}, passed},
		"my stream":           {http.MethodGet, []string{mine}, passed},
		"another caller's":    {http.MethodPost, []string{theirs}, 404},
		"theirs, to listen":   {http.MethodGet, []string{theirs}, 404},
		"theirs, to end it":   {http.MethodDelete, []string{theirs}, 404},
		"none, to listen":     {http.MethodGet, nil, 400},
		"one too many":        {http.MethodPost, nil, 429},
		"without any at all":  {http.MethodPost, []string{modern}, passed},
		"modern, theirs told": {http.MethodPost, []string{modern, theirs}, passed},
	} {
		wantStatus(t, name, guard, asking(t, test.method, "/mcp", "", test.headers...), test.want)
	}
}

func TestGuardNotifications(t *testing.T) {
	t.Parallel()
	guard := func(stateless bool) func(http.Handler) http.Handler {
		return func(next http.Handler) http.Handler { return guardNotifications(stateless, next) }
	}
	const modern = mcp.HeaderProtocolVersion + ": " + mcp.ProtocolVersion20260728
	wantStatus(t, "in a session", guard(false), asking(t, http.MethodPost, "/mcp", cancelled(1)), passed)
	wantStatus(t, "without sessions", guard(true), asking(t, http.MethodPost, "/mcp", cancelled(1)), 202)
	wantStatus(t, "2026-07-28", guard(false), asking(t, http.MethodPost, "/mcp", cancelled(1), modern), 202)
	about := call(1, "echo", "notifications/cancelled")
	if _, got := meet(guard(true), asking(t, http.MethodPost, "/mcp", about)); got.body != about {
		t.Errorf("a call about it: %q", got.body)
	}
}

// TestAdmit finds out who calls by the key alone.
func TestAdmit(t *testing.T) {
	t.Parallel()
	team, told := newGate(Limits{Callers: 2})
	alone, _ := newGate(Limits{})
	alone.options.PerCaller = false
	for _, step := range []struct {
		name    string
		gate    *callers
		headers []string
		want    int
	}{
		{"one person", alone, nil, passed},
		{"one person, somebody's key", alone, []string{KeyHeader + ": ada"}, 400},
		{"a team, no key", team, nil, 401},
		{"an empty key", team, []string{KeyHeader + ": "}, 401},
		{"two keys", team, []string{KeyHeader + ": ada", KeyHeader + ": bob"}, 401},
		{"a key", team, []string{KeyHeader + ": ada"}, passed},
		{"the same key", team, []string{KeyHeader + ": ada"}, passed},
		{"another", team, []string{KeyHeader + ": bob"}, passed},
		{"one more, for whom somebody idle goes", team, []string{KeyHeader + ": eve"}, passed},
	} {
		wantStatus(t, step.name, func(next http.Handler) http.Handler {
			return step.gate.admit(func(_ *caller, w http.ResponseWriter, r *http.Request) {
				if r.Header.Get(KeyHeader) != "" {
					t.Errorf("%s: the key goes on", step.name)
				}
				next.ServeHTTP(w, r)
			})
		}, asking(t, http.MethodPost, "/mcp", "{}", step.headers...), step.want)
	}
	if diff := cmp.Diff([]string{"+ada", "+bob", "-ada", "+eve"}, *told); diff != "" {
		t.Errorf("who came and went (-want +got):\n%s", diff)
	}
	for _, gate := range []*callers{team, alone} {
		gate.drop(func(*caller) bool { return true })
	}
}
