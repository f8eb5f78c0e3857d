package kaneo_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"kaneo-mcp/kaneo"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// errSignedOut is what a TokenSource without another credential says.
var errSignedOut = errors.New("nobody is signed in")

// tokens has first, and next for when that is refused.
type tokens struct {
	first, next string
	mu          sync.Mutex
	refused     []string
}

func (t *tokens) Token(context.Context) (string, error) {
	if t.first == "" {
		return "", errSignedOut
	}
	return t.first, nil
}

func (t *tokens) Refused(_ context.Context, token string) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.refused = append(t.refused, token)
	if t.next == "" {
		return "", errSignedOut
	}
	return t.next, nil
}

// wire is a network in process.
type wire func(*http.Request) (*http.Response, error)

func (w wire) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return w(r)
}

// client calls a Kaneo at the other end of w.
func client(t testing.TB, w http.RoundTripper, change ...func(*kaneo.Options)) *kaneo.Client {
	t.Helper()
	o := kaneo.Options{
		Base:   &url.URL{Scheme: "https", Host: "kaneo.example", Path: "/api"},
		Tokens: &tokens{first: "first-secret"},
		HTTP:   &http.Client{Transport: w},
	}
	for _, c := range change {
		c(&o)
	}
	return kaneo.New(o)
}

// reply makes an answer. Headers alternate between name and value.
func reply(status int, media, body string, headers ...string) *http.Response {
	h := http.Header{"Content-Type": {media}}
	for i := 0; i+1 < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body))}
}

func plain(status int, body string, headers ...string) *http.Response {
	return reply(status, "text/plain;charset=UTF-8", body, headers...)
}

func jsonReply(status int, body string, headers ...string) *http.Response {
	return reply(status, "application/json", body, headers...)
}

// always answers all requests alike.
func always(status int, media, body string, headers ...string) wire {
	return func(*http.Request) (*http.Response, error) { return reply(status, media, body, headers...), nil }
}
