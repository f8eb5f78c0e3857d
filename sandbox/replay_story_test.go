package sandbox

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

// story replays recorded exchanges against one sandbox and keeps what stands for
// the recorder's ids and secrets here.
type story struct {
	t     *testing.T
	kaneo *Kaneo
	http  http.RoundTripper
	clock *tickingClock
	steps map[string][]unrecorded
	ours  map[string]string // by recorded name
}

func newStory(t *testing.T) *story {
	clock := &tickingClock{now: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)}
	k := New(Options{Clock: clock.read, Origin: "https://web.kaneo.example"})
	return &story{
		t: t, kaneo: k, http: k.Transport(), clock: clock,
		steps: readUnrecorded(t), ours: map[string]string{"<SIGNATURE>": ""},
	}
}

// standIn is a recorded id ("task00000000000000000003"), a secret ("<API_KEY>"), or
// the time in a file's name.
var standIn = regexp.MustCompile(`<[A-Z0-9_]+>|[a-z]+0{6,}[0-9]+|\b17676\d{8}\b`)

// translate puts our ids and secrets in the place of the recorded ones.
func (s *story) translate(text string) string {
	return standIn.ReplaceAllStringFunc(text, func(name string) string {
		if ours, known := s.ours[name]; known {
			return ours
		}
		return name
	})
}

// heard is what the sandbox said.
type heard struct {
	status int
	header http.Header
	body   string
}

func (s *story) send(method, path string, headers map[string]string, body string) heard {
	s.clock.tick()
	r, err := http.NewRequestWithContext(s.t.Context(), method, "https://kaneo.example"+s.translate(path), strings.NewReader(s.translate(body)))
	if err != nil {
		s.t.Fatal(err)
	}
	for name, value := range headers {
		r.Header.Set(name, s.translate(value))
	}
	response, err := s.http.RoundTrip(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	got, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return heard{response.StatusCode, response.Header, string(got)}
}

// replay sends the recorded request and lists where the answer differs.
func (s *story) replay(f fixture) []string {
	headers := map[string]string{"User-Agent": "kaneo-fixture-recorder"}
	maps.Copy(headers, f.Request.Headers)
	got := s.send(f.Request.Method, f.Request.Path, headers, requestBody(f.Request.Body))
	var d differences
	if got.status != f.Response.Status {
		d.add("status", f.Response.Status, got.status)
	}
	for name, want := range f.Response.Headers {
		s.compareText(&d, "header "+name, want, got.header.Get(name))
	}
	s.compareBody(&d, f.Response.Body, got.body)
	return d
}

// requestBody is the body as it was sent: recorded as JSON, or as text.
func requestBody(recorded json.RawMessage) string {
	var text string
	switch {
	case string(recorded) == "null":
		return ""
	case json.Unmarshal(recorded, &text) == nil:
		return text
	}
	return string(recorded)
}

// differences are complaints, one a line.
type differences []string

func (d *differences) add(where string, want, got any) {
	const enough = 300
	*d = append(*d, fmt.Sprintf("%s: recorded %s, got %s", where, short(want, enough), short(got, enough)))
}

func short(value any, most int) string {
	text := fmt.Sprint(value)
	return text[:min(len(text), most)]
}
