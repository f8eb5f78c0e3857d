package auth

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rs/zerolog"
)

const (
	secretCode  = "devicecode-devicecode-devicecode-devicec"
	secretToken = "tokentokentokentokentokentoken"
	testBase    = "https://kaneo.example/api"
	pageAddress = "https://web.kaneo.example/device"
)

// said is an odd or plain answer.
type said struct {
	status int
	body   string
	header map[string]string
	err    error // no answer at all
	cut    bool  // the body breaks off
}

// script is a Kaneo that says what a test wants; by default nothing is approved.
type script struct {
	mu       sync.Mutex
	asked    map[string]int
	bodies   []map[string]string
	bearers  []string
	polled   []time.Time
	verdicts map[string]said // by device code
	code     func(n int) said
	token    func(n int) said
	signOut  func() said
}

func newScript() *script {
	return &script{asked: map[string]int{}, verdicts: map[string]said{}}
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	text, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	var body map[string]string
	if r.Header.Get("Content-Type") != "application/json" || json.Unmarshal(text, &body) != nil {
		return said{status: 415, body: `{"code":"UNSUPPORTED_MEDIA_TYPE"}`}.response(r)
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return s.answer(r, body).response(r)
}

func (s *script) answer(r *http.Request, body map[string]string) said {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked[r.URL.Path]++
	s.bodies = append(s.bodies, body)
	s.bearers = append(s.bearers, r.Header.Get("Authorization"))
	n := s.asked[r.URL.Path]
	switch r.URL.Path {
	case "/api/auth/device/code":
		return s.codeAnswer(n)
	case "/api/auth/device/token":
		s.polled = append(s.polled, time.Now())
		return s.tokenAnswer(n, body["device_code"])
	case "/api/auth/sign-out":
		if s.signOut != nil {
			return s.signOut()
		}
		return ok(`{"success":true}`)
	}
	return said{status: 404, body: "404 Not Found"}
}

func (s *script) codeAnswer(n int) said {
	if s.code != nil {
		return s.code(n)
	}
	return ok(codeJSON(n, `"expires_in":1800,"interval":5`))
}

func (s *script) tokenAnswer(n int, code string) said {
	if s.token != nil {
		return s.token(n)
	}
	if verdict, decided := s.verdicts[code]; decided {
		return verdict
	}
	return pending()
}

// approve decides the nth code.
func (s *script) approve(n int) { s.decide(n, granted(n)) }

func (s *script) decide(n int, verdict said) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.verdicts[codeName(n)] = verdict
}

func (s *script) count(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked["/api/auth/"+path]
}

func codeName(n int) string  { return fmt.Sprintf("%s-%d", secretCode, n) }
func tokenName(n int) string { return fmt.Sprintf("%s%d", secretToken, n) }

func codeJSON(n int, rest string) string {
	return fmt.Sprintf(`{"device_code":%q,"user_code":"ABCDEF%02d","verification_uri":%q,"verification_uri_complete":"%s?user_code=ABCDEF%02d",%s}`,
		codeName(n), n, pageAddress, pageAddress, n, rest)
}

func ok(body string) said { return said{status: 200, body: body} }
func granted(n int) said {
	return ok(fmt.Sprintf(`{"access_token":%q,"token_type":"Bearer","expires_in":604799,"scope":""}`, tokenName(n)))
}
func flowError(code, text string) said {
	return said{status: 400, body: fmt.Sprintf(`{"error":%q,"error_description":%q}`, code, text)}
}
func pending() said { return flowError("authorization_pending", "Authorization pending") }
func html(status int) said {
	return said{status: status, body: "<html><body>Bad gateway</body></html>"}
}

func (a said) response(r *http.Request) (*http.Response, error) {
	if a.err != nil {
		return nil, a.err
	}
	header := http.Header{}
	for name, value := range a.header {
		header.Set(name, value)
	}
	body := io.Reader(strings.NewReader(a.body))
	if a.cut {
		body = io.MultiReader(strings.NewReader(a.body[:len(a.body)/2]), broken{})
	}
	return &http.Response{StatusCode: a.status, Header: header, Body: io.NopCloser(body), Request: r}, nil
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

var errNoRoute = &net.OpError{Op: "dial", Net: "tcp", Err: syscall.EHOSTUNREACH}

// journal is a log that tests can read.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

func (j *journal) count(s string) int { return strings.Count(j.String(), s) }

func mustParse(t *testing.T, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// process is one Source and its log.
type process struct {
	*Source
	log *journal
}

// newProcess starts a Source at the script; dir "" keeps nothing.
func newProcess(t *testing.T, kaneo http.RoundTripper, dir string) process {
	t.Helper()
	log := &journal{}
	source, err := New(Settings{
		Base: mustParse(t, testBase), Store: NewStore(dir),
		HTTP: &http.Client{Transport: kaneo}, Log: zerolog.New(log).Level(zerolog.DebugLevel),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(source.Close)
	return process{source, log}
}

// mustSignIn returns the code that is shown.
func (p process) mustSignIn(t *testing.T) Prompt {
	t.Helper()
	prompt, err := p.SignIn(t.Context())
	if err != nil {
		t.Fatalf("SignIn: %v", err)
	}
	return prompt
}

func (p process) wantToken(t *testing.T, want string) {
	t.Helper()
	got, err := p.Token(t.Context())
	if err != nil || got != want {
		t.Fatalf("Token: %q, %v; want %q", got, err, want)
	}
}

func (p process) wantSignedOut(t *testing.T) {
	t.Helper()
	if _, err := p.Token(t.Context()); !errors.Is(err, ErrSignedOut) {
		t.Fatalf("Token: %v; want ErrSignedOut", err)
	}
}

// wantReason checks for a FlowError and returns it.
func wantReason(t *testing.T, err error, want Reason) *FlowError {
	t.Helper()
	failed, ok := errors.AsType[*FlowError](err)
	if !ok || failed.Reason != want {
		t.Fatalf("error %v; want reason %q", err, want)
	}
	if failed.Instance != "https://kaneo.example" || !strings.Contains(failed.Error(), failed.Instance) {
		t.Errorf("the error does not name the instance: %v", failed)
	}
	return failed
}
