package tools

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"testing"
	"time"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
	"kaneo-mcp/sandbox"
)

// noon is when everything happens in the offices: a Tuesday.
func noon() time.Time { return time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC) }

// office is a seeded Kaneo at noon, and who works there.
type office struct {
	sandbox.Residents
	t     *testing.T
	kaneo *sandbox.Kaneo
}

func newOffice(t *testing.T) *office {
	t.Helper()
	k := sandbox.New(sandbox.Options{Clock: noon, Storage: "https://storage.example", CustomFields: true})
	return &office{Residents: k.Seed(), t: t, kaneo: k}
}

// visitor is a person at a desk, with the last codes and ids that an answer offered.
type visitor struct {
	t         *testing.T
	desk      *board.Desk
	catalogue *Catalogue
	offered   map[string]string
}

// visitor sits down with a session, or a key, of somebody.
func (o *office) visitor(credential string) *visitor {
	o.t.Helper()
	return o.visitorWith(credential, func(*board.Options) {})
}

// visitorWith is a visitor to a desk that is set up in another way.
func (o *office) visitorWith(credential string, change func(*board.Options)) *visitor {
	o.t.Helper()
	zone := time.FixedZone("CET", 60*60)
	client := kaneo.New(kaneo.Options{
		Base:   &url.URL{Scheme: "https", Host: "kaneo.example", Path: "/api"},
		Tokens: token(credential),
		HTTP:   &http.Client{Transport: o.kaneo.Transport()},
	})
	settings := board.Options{
		Client: client, Zone: zone, Now: noon,
		Journal: board.NewJournalFile(o.t.TempDir(), "kaneo.example", func(err error) { o.t.Error(err) }),
	}
	change(&settings)
	desk := board.New(settings)
	return &visitor{t: o.t, desk: desk, catalogue: New(desk, Selection{Toolsets: []string{AllToolsets}}), offered: map[string]string{}}
}

// offer finds what an answer asks to repeat: confirm=…, comment=…; and the ids of attachments and notifications.
var (
	offer    = regexp.MustCompile(`\b(confirm|comment|asset|notice)[=/]([a-z0-9]+)`)
	noticeID = regexp.MustCompile(`\(id ([a-z0-9]+)\)`)
)

// says calls a tool and returns what a model reads, ids and all. "{confirm}", "{comment}", "{asset}" and "{notice}"
// in the arguments stand for what an answer before offered.
func (v *visitor) says(tool, args string) string {
	v.t.Helper()
	for name, value := range v.offered {
		args = string(bytes.ReplaceAll([]byte(args), []byte("{"+name+"}"), []byte(value)))
	}
	view, err := v.catalogue.Call(v.t.Context(), v.tool(tool), []byte(args))
	if err != nil {
		return "ERROR " + err.Error()
	}
	text := view.Text(error.Error)
	for _, found := range offer.FindAllStringSubmatch(noticeID.ReplaceAllString(text, "(notice=$1)"), -1) {
		v.offered[found[1]] = found[2]
	}
	if view.Failed() {
		return "ERROR " + text
	}
	return text
}

func (v *visitor) tool(name string) Tool {
	v.t.Helper()
	for _, t := range v.catalogue.Tools() {
		if t.Name == name {
			return t
		}
	}
	v.t.Fatalf("there is no tool %s", name)
	return Tool{}
}

// Ids and codes are drawn at random; these are their shapes.
var (
	anyCall = regexp.MustCompile(`\b(change|is) [0-9a-f]{8}\b`)
	anyCode = regexp.MustCompile(`confirm=[0-9a-f]{8}\b`)
	anyID   = regexp.MustCompile(`\b[a-z][a-z0-9]{23}\b`)

	anyShortID = regexp.MustCompile(`\(id [a-z][a-z0-9]{3,}\)`)
	anyAccount = regexp.MustCompile(`\b[A-Za-z0-9]{32}\b`)
)

// steady takes out of an answer what is different each time.
func steady(text string) string {
	text = anyAccount.ReplaceAllString(text, "<id>")
	text = anyShortID.ReplaceAllString(text, "(id <id>)")
	text = anyCall.ReplaceAllString(text, "$1 <call>")
	return anyID.ReplaceAllString(anyCode.ReplaceAllString(text, "confirm=<code>"), "<id>")
}

// post is a request to Kaneo that no tool makes. It returns the id of what was made.
func (o *office) post(method, path string, body any) string {
	o.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		o.t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(o.t.Context(), method, "https://kaneo.example/api"+path, bytes.NewReader(text))
	if err != nil {
		o.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+o.Who("owner").Session)
	answer, err := o.kaneo.Transport().RoundTrip(request)
	if err != nil {
		o.t.Fatal(err)
	}
	defer answer.Body.Close()
	var made struct {
		ID string `json:"id"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&made); err != nil || answer.StatusCode != http.StatusOK {
		o.t.Fatalf("%s %s: status %d, %v", method, path, answer.StatusCode, err)
	}
	return made.ID
}

// task makes one in a project without minding what tools would mind.
func (o *office) task(project, title, description string) {
	o.t.Helper()
	o.post(http.MethodPost, "/task/"+o.Project(project).ID, map[string]string{
		"title": title, "description": description, "priority": "no-priority", "status": "to-do",
	})
}

// postTask makes one in a project's first column and returns its id.
func (o *office) postTask(project, title string) string {
	o.t.Helper()
	return o.post(http.MethodPost, "/task/"+o.Project(project).ID, map[string]string{
		"title": title, "description": "", "priority": "no-priority", "status": "to-do",
	})
}

// token is the credential of somebody who has one.
type token string

func (t token) Token(context.Context) (string, error) { return string(t), nil }

func (t token) Refused(context.Context, string) (string, error) {
	return "", errors.New("the credential was refused")
}
