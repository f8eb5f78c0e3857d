package auth

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
)

const (
	largestAnswer = 64 << 10 // bytes
	longestText   = 200      // characters of Kaneo's that are passed on
)

// answer is what Kaneo, or something before it, sent back.
type answer struct {
	status     int
	body       []byte
	retryAfter time.Duration
}

// post sends JSON below /auth/. The error means that no whole answer came.
func (d device) post(ctx context.Context, path, token string, body map[string]string) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	request, err := d.request(ctx, path, token, body)
	if err != nil {
		return answer{}, err
	}
	response, err := d.http.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, largestAnswer))
	if err != nil {
		return answer{}, err
	}
	return answer{response.StatusCode, text, retryAfter(response.Header)}, nil
}

func (d device) request(ctx context.Context, path, token string, body map[string]string) (*http.Request, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	target := d.base.JoinPath("auth", path).String()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	return request, nil
}

// retryAfter reads the seconds of hosted Kaneo's own header, or of the common one (kaneo-api.md §4).
func retryAfter(h http.Header) time.Duration {
	for _, name := range []string{"X-Retry-After", "Retry-After"} {
		if n, err := strconv.Atoi(h.Get(name)); err == nil && n > 0 {
			return time.Duration(min(n, 3600)) * time.Second
		}
	}
	return 0
}

// netCause is why no answer came, for whoever reads an agent's context: without addresses, which are the operator's, and
// without bytes from the wire, which net/http quotes. The caller names the instance.
func netCause(err error) string {
	var sent *url.Error
	switch {
	case errors.As(err, &sent) && sent.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	case errors.As(err, &sent):
		err = sent.Err
	}
	for op, ok := errors.AsType[*net.OpError](err); ok; op, ok = errors.AsType[*net.OpError](err) {
		err = op.Err
	}
	if lookup, ok := errors.AsType[*net.DNSError](err); ok {
		if lookup.IsNotFound {
			return "there is no such host"
		}
		return "its name cannot be looked up now"
	}
	text, _, _ := strings.Cut(err.Error(), `"`)
	return printable(strings.TrimRight(text, ": "))
}

func (a answer) decode(out any) bool { return json.Unmarshal(a.body, out) == nil }
func (a answer) isJSON() bool        { return json.Valid(a.body) }

func (a answer) statusText() string {
	text := "it answered " + strconv.Itoa(a.status)
	if !a.isJSON() {
		text += " without JSON"
	}
	return text
}

// refusal is the text of an error: {error, error_description} of the flow, or {code, message} of Kaneo's library.
type refusal struct{ code, description string }

func (a answer) refusal() refusal {
	var in struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
		Code        string `json:"code"`
		Message     string `json:"message"`
	}
	if !a.decode(&in) {
		return refusal{}
	}
	if in.Error != "" {
		return refusal{in.Error, in.Description}
	}
	return refusal{in.Code, in.Message}
}

func (r refusal) said() bool { return r.code != "" || r.description != "" }

func (r refusal) text() string {
	return printable(strings.TrimSpace(r.code + " " + r.description))
}

// printable makes one short line of a text that somebody else wrote.
func printable(s string) string {
	clean := []rune(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, s))
	if len(clean) > longestText {
		clean = append(clean[:longestText], '…')
	}
	return string(clean)
}

// seconds is a number that some servers send as a string. What it cannot read is 0.
type seconds float64

// UnmarshalJSON never fails: a wrong interval is no reason to give a sign-in up.
func (s *seconds) UnmarshalJSON(text []byte) error {
	n, err := strconv.ParseFloat(strings.Trim(string(text), `" `), 64)
	if err != nil || n < 0 || n != n {
		n = 0
	}
	*s = seconds(n)
	return nil
}

// within is the duration, or absent for 0, but never more than most.
func (s seconds) within(absent, most time.Duration) time.Duration {
	switch {
	case s == 0:
		return absent
	case float64(s) >= most.Seconds():
		return most
	}
	return time.Duration(float64(s) * float64(time.Second))
}
