package kaneo

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"math"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// maxRefusal bounds what is read of an answer that is not a success: validation errors echo the input twice
// (kaneo-api.md §2).
const maxRefusal = 64 << 10

// refusal is what an answer that is not a success says.
type refusal struct {
	code, message string
	wait          time.Duration
	html          bool
}

// newRefusal reads such an answer.
func newRefusal(op string, resp *http.Response) *Error {
	raw, _ := io.ReadAll(io.LimitReader(resp.Body, maxRefusal)) // a refusal cut short is a refusal still
	r := parseRefusal(resp.Header, raw)
	if resp.StatusCode < http.StatusBadRequest {
		r = refusal{message: elsewhere(resp.Header)}
	}
	return &Error{
		Kind:       kindOf(resp.StatusCode, r),
		Status:     resp.StatusCode,
		Code:       sentence(r.code),
		Message:    cmp.Or(sentence(r.message), http.StatusText(resp.StatusCode)),
		RetryAfter: cmp.Or(r.wait, askedToWait(resp.Header)),
		op:         op,
	}
}

func parseRefusal(h http.Header, raw []byte) refusal {
	media, _, _ := mime.ParseMediaType(h.Get("Content-Type"))
	raw = bytes.TrimSpace(raw)
	switch {
	case media == "text/html" || bytes.HasPrefix(raw, []byte("<")):
		return refusal{html: true, message: "a web page came instead of an answer"}
	case bytes.HasPrefix(raw, []byte("{")): // also where the type is text/plain (kaneo-api.md §4)
		return parseObject(raw)
	case media == "application/json":
		return refusal{}
	}
	return refusal{message: string(raw)}
}

// refusalObject is the union of Kaneo's JSON errors: validation in 2.22 (error: a list), everything in the newest releases
// (message, code, issues, missingPermissions), /auth (message, code, details), and device flow (error: a word).
type refusalObject struct {
	Message            string          `json:"message"`
	Code               string          `json:"code"`
	Error              json.RawMessage `json:"error"`
	ErrorDescription   string          `json:"error_description"`
	Issues             []newIssue      `json:"issues"`
	MissingPermissions []string        `json:"missingPermissions"`
	Details            struct {
		TryAgainIn float64 `json:"tryAgainIn"` // milliseconds
	} `json:"details"`
}

func parseObject(raw []byte) refusal {
	var o refusalObject
	if err := json.Unmarshal(raw, &o); err != nil && !json.Valid(raw) {
		return refusal{} // cut short: what there is of it may be nothing but the echoed input
	}
	var word string
	var issues []oldIssue
	if json.Unmarshal(o.Error, &word) != nil {
		_ = json.Unmarshal(o.Error, &issues) // whatever else it is, it is not for showing
	}
	said := []string{cmp.Or(o.Message, o.ErrorDescription, word)}
	if list := cmp.Or(complaints(o.Issues), complaints(issues)); list != "" {
		said = []string{list}
	}
	if len(o.MissingPermissions) > 0 {
		said = append(said, "(missing: "+strings.Join(o.MissingPermissions, ", ")+")")
	}
	return refusal{code: cmp.Or(o.Code, word), message: strings.Join(said, " "), wait: scaled(o.Details.TryAgainIn, time.Millisecond)}
}

// issue is one thing that validation found wrong.
type issue interface{ complaint() string }

// complaints joins the first three: more would not fit a message.
func complaints[I issue](all []I) string {
	var texts []string
	for _, i := range all[:min(3, len(all))] {
		texts = append(texts, i.complaint())
	}
	return strings.Join(texts, "; ")
}

// oldIssue is Kaneo 2.22's.
type oldIssue struct {
	Message string `json:"message"`
	Path    []struct {
		Key json.RawMessage `json:"key"` // a field's name, or an index
	} `json:"path"`
}

// received matches the tail of a message that quotes what was sent.
var received = regexp.MustCompile(`(?is)( but|:) received ".*`)

func (i oldIssue) complaint() string {
	var field []string
	for _, p := range i.Path {
		field = append(field, strings.Trim(string(p.Key), `"`))
	}
	return strings.Join(field, ".") + ": " + received.ReplaceAllString(i.Message, "")
}

// newIssue is that of the newest releases (kaneo-newer.md §14).
type newIssue struct {
	Path    string `json:"path"` // body.title
	Message string `json:"message"`
}

func (i newIssue) complaint() string { return i.Path + ": " + i.Message }

// elsewhere explains a redirect, which Kaneo's API never answers with.
func elsewhere(h http.Header) string {
	to, err := url.Parse(h.Get("Location"))
	if err != nil || to.Host == "" {
		return "the address answers with a redirect"
	}
	return "the address redirects to " + to.Scheme + "://" + to.Host
}

// askedToWait reads the headers that Kaneo and the proxies in front of it ask for patience with. Both are in seconds.
func askedToWait(h http.Header) time.Duration {
	for _, name := range []string{"X-Retry-After", "Retry-After"} {
		if seconds, err := strconv.ParseFloat(h.Get(name), 64); err == nil {
			return scaled(seconds, time.Second)
		}
	}
	return 0
}

// scaled is n units, and never negative or longer than a day.
func scaled(n float64, unit time.Duration) time.Duration {
	const day = 24 * time.Hour
	if math.IsNaN(n) {
		return 0
	}
	return time.Duration(min(max(n, 0)*float64(unit), float64(day)))
}
