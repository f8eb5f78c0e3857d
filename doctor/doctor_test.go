package doctor

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/rs/zerolog"
	"go.uber.org/goleak"

	"kaneo-mcp/auth"
	"kaneo-mcp/goldenfile"
	"kaneo-mcp/kaneo"
	"kaneo-mcp/sandbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// road leads to a Kaneo in memory as a server with a clock and a certificate would.
type road struct {
	kaneo  http.RoundTripper
	ahead  time.Duration // of the server's clock
	change func(*http.Response)
}

func (r road) RoundTrip(request *http.Request) (*http.Response, error) {
	answer, err := r.kaneo.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	answer.Header.Set("Date", now.Add(r.ahead).UTC().Format(http.TimeFormat))
	answer.TLS = &tls.ConnectionState{Version: tls.VersionTLS13, PeerCertificates: []*x509.Certificate{{
		Subject: pkix.Name{CommonName: "kaneo.example"}, Issuer: pkix.Name{CommonName: "Some Authority"}, NotAfter: now.Add(60*24*time.Hour + time.Minute),
	}}}
	if r.change != nil {
		r.change(answer)
	}
	return answer, nil
}

type away struct{}

func (away) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("dial tcp: connection refused")
}

// page answers everything with a web page.
type page struct{}

func (page) RoundTrip(request *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"text/html"}}, Request: request,
		Body: io.NopCloser(strings.NewReader("<!doctype html>")),
	}, nil
}

// bed is a patient and what is around.
type bed struct {
	t     *testing.T
	kaneo *sandbox.Kaneo
	who   sandbox.Residents
	road  http.RoundTripper
	dir   string
	key   string
	blank []string // what a host left blank
}

func (b *bed) source() *auth.Source {
	b.t.Helper()
	base, err := url.Parse("https://kaneo.example/api")
	if err != nil {
		b.t.Fatal(err)
	}
	source, err := auth.New(auth.Settings{
		Base: base, Key: b.key, Store: auth.NewStore(b.dir), HTTP: &http.Client{Transport: b.road}, Log: zerolog.Nop(),
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return source
}

// signIn leaves a session in the cache.
func (b *bed) signIn(email string) {
	b.t.Helper()
	source := b.source()
	defer source.Close()
	prompt, err := source.SignIn(b.t.Context())
	if err == nil {
		err = b.kaneo.Approve(prompt.UserCode, email)
	}
	if err == nil {
		err = source.Wait(b.t.Context())
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bed) examine() []Finding {
	b.t.Helper()
	source := b.source()
	defer source.Close()
	base, _ := url.Parse("https://kaneo.example/api")
	web := &http.Client{Transport: b.road}
	return Examine(b.t.Context(), Patient{
		Base: base, HTTP: web, Source: source, Client: kaneo.New(kaneo.Options{Base: base, Tokens: source, HTTP: web}),
		Settings:  []Setting{{"KANEO_API_URL", "the environment", nil}, {"KANEO_PROJECT", "", b.blank}},
		Variables: []string{"HOME", "KANEO_API_URL", "https_proxy"}, Self: 7,
		Processes: fstest.MapFS{
			"1/cmdline": {Data: []byte("/sbin/init\x00")}, "7/cmdline": {Data: []byte("kaneo-mcp\x00doctor\x00")},
			"8/cmdline": {Data: []byte("/usr/bin/kaneo-mcp\x00serve\x00")}, "9/cmdline": {Data: []byte("kaneo-mcp\x00login\x00")},
		},
	})
}

// session is the file of the session.
func (b *bed) session() string {
	b.t.Helper()
	kept, _, err := auth.NewStore(b.dir).Kept()
	if err != nil || len(kept) != 1 {
		b.t.Fatal(kept, err)
	}
	return kept[0].File
}

// moment is a time in the zone of whoever reads it.
var moment = regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d`)

func TestGoldens(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		prepare func(*bed)
		well    bool
	}{
		"ok":       {func(b *bed) { b.signIn(b.who.Who("owner").Email) }, true},
		"nobody":   {func(*bed) {}, true},
		"blank":    {func(b *bed) { b.blank = []string{"KANEO_PROJECT is empty"} }, true},
		"away":     {func(b *bed) { b.signIn(b.who.Who("owner").Email); b.road = away{} }, false},
		"page":     {func(b *bed) { b.road = page{} }, false},
		"bad_key":  {func(b *bed) { b.key = strings.Repeat("k", 64) }, false},
		"good_key": {func(b *bed) { b.key = b.who.Who("viewer").APIKey }, true},
		"0644": {func(b *bed) {
			b.signIn(b.who.Who("owner").Email)
			if err := os.Chmod(b.session(), 0o644); err != nil {
				b.t.Fatal(err)
			}
		}, true},
		"clock": {func(b *bed) { b.road = road{kaneo: b.kaneo.Transport(), ahead: 10 * time.Minute} }, true},
		"guest": {func(b *bed) {
			b.signIn(b.who.Who("owner").Email)
			b.road = road{kaneo: b.kaneo.Transport(), change: asGuest}
		}, true},
		"last_day": {func(b *bed) {
			b.signIn(b.who.Who("owner").Email)
			time.Sleep(6*24*time.Hour + time.Hour)
			b.road = away{}
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				house := sandbox.New(sandbox.Options{Origin: "https://kaneo.example"})
				b := &bed{t: t, kaneo: house, who: house.Seed(), road: road{kaneo: house.Transport()}, dir: dir}
				c.prepare(b)
				findings := b.examine()
				if Well(findings) != c.well {
					t.Errorf("well: %v", !c.well)
				}
				text := moment.ReplaceAllString(strings.ReplaceAll(Text(findings), dir, "/state"), "(a time)")
				goldenfile.Compare(t, name+".txt", text)
				for _, person := range b.who.People {
					if strings.Contains(text, person.APIKey) || strings.Contains(text, person.Session) {
						t.Error("a secret is shown")
					}
				}
			})
		})
	}
}

// asGuest makes a guest of whoever is signed in, as an approval by one does (sign-in.md).
func asGuest(answer *http.Response) {
	body, _ := io.ReadAll(answer.Body)
	body = bytes.ReplaceAll(body, []byte(`"isAnonymous":false`), []byte(`"isAnonymous":true`))
	if strings.HasSuffix(answer.Request.URL.Path, "/organization/list") {
		body = []byte("[]")
	}
	answer.Body, answer.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
}

func TestGenerations(t *testing.T) {
	t.Parallel()
	for document, want := range map[string]string{
		`{"paths":{"/config":{"get":{}}}}`:                                         "G0: 2.22",
		`{"paths":{"/api/task/{id}/description":{"get":{}},"/config":{"get":{}}}}`: "G2: 2.26",
		`{"paths":{"/task/by-ticket-id/:ticket/":{"get":{}}}}`:                     "G4: 2.30",
		`{"paths":{"/task/assigned":{"get":{}}}}`:                                  "G5",
		`{"paths":{"/task/assigned":{"post":{}}}}`:                                 "does not serve",
		`<!doctype html>`: "does not serve",
	} {
		p := Patient{Base: &url.URL{Scheme: "https", Host: "kaneo.example"}, HTTP: &http.Client{Transport: text(document)}}
		if got := p.generation(t.Context()); !strings.Contains(got.Text, want) {
			t.Errorf("%s: %s, want %s", document, got.Text, want)
		}
	}
}

// text answers everything with itself.
type text string

func (s text) RoundTrip(request *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Request: request, Body: io.NopCloser(strings.NewReader(string(s)))}, nil
}

func TestReasons(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{
		"KANEO_CA_FILE": &url.Error{Op: "Get", URL: "https://kaneo.example", Err: x509.UnknownAuthorityError{}},
		"renew it":      x509.CertificateInvalidError{Cert: &x509.Certificate{}, Reason: x509.Expired},
		"firewall":      &url.Error{Err: os.ErrDeadlineExceeded},
		"runs there":    errors.New("dial tcp: connection refused"),
	} {
		if cause, remedy := reason(err); !strings.Contains(remedy, want) || strings.Contains(cause, "kaneo.example") {
			t.Errorf("%v: %s; %s", err, cause, remedy)
		}
	}
}
