package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// visitor talks to an instance whose clock stands still until told otherwise.
type visitor struct {
	t   *testing.T
	k   *Kaneo
	now time.Time
}

// newVisitor comes to an instance that has an administrator already, so that
// whoever signs up is an ordinary user.
func newVisitor(t *testing.T) *visitor {
	t.Helper()
	v := &visitor{t: t, now: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)}
	v.k = New(Options{Clock: func() time.Time { return v.now }, Origin: "https://web.kaneo.example"})
	v.k.addUser("Root", "root@example.com", "")
	return v
}

func (v *visitor) wait(d time.Duration) { v.now = v.now.Add(d) }

// said is an answer as a client sees it.
type said struct {
	status int
	header http.Header
	body   string
}

// get reads a member of the JSON body: "error", "session.id", "0.name" is not one.
func (s said) get(path string) string {
	var value any
	_ = json.Unmarshal([]byte(s.body), &value)
	for name := range strings.SplitSeq(path, ".") {
		fields, _ := value.(map[string]any)
		value = fields[name]
	}
	if text, is := value.(string); is {
		return text
	}
	encoded, _ := json.Marshal(value)
	return string(encoded)
}

func (v *visitor) send(method, path, body string, header ...string) said {
	v.t.Helper()
	req, err := http.NewRequest(method, "https://kaneo.example"+path, strings.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := v.k.Transport().RoundTrip(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	answered, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return said{res.StatusCode, res.Header, string(answered)}
}

func (v *visitor) get(path, token string) said {
	v.t.Helper()
	return v.send("GET", path, "", "Authorization", "Bearer "+token)
}

func (v *visitor) post(path, token, body string) said {
	v.t.Helper()
	header := []string{"Content-Type", typeJSON}
	if token != "" {
		header = append(header, "Authorization", "Bearer "+token)
	}
	return v.send("POST", path, body, header...)
}

// signUp is a new user's session token.
func (v *visitor) signUp(name string) string {
	v.t.Helper()
	return v.must(v.post("/api/auth/sign-up/email", "",
		`{"name":"`+name+`","email":"`+name+`@example.com","password":"correct horse"}`)).get("token")
}

// must wants a 200.
func (v *visitor) must(s said) said {
	v.t.Helper()
	if s.status != http.StatusOK {
		v.t.Fatalf("status %d: %s", s.status, s.body)
	}
	return s
}

// want compares the status and one member of the body.
func (v *visitor) want(s said, status int, path, value string) {
	v.t.Helper()
	if s.status != status || s.get(path) != value {
		v.t.Errorf("got %d %s, want %d with %s = %s", s.status, s.body, status, path, value)
	}
}
