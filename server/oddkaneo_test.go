package server

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// odd has an endpoint of the device flow answer something else.
func (to *town) odd(path string, status int, body string) {
	to.mu.Lock()
	defer to.mu.Unlock()
	to.instead = func(r *http.Request) *http.Response {
		if r.URL.Path != "/api/auth/device/"+path {
			return nil
		}
		return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(&halting{strings.NewReader(body)}), Request: r}
	}
}

// halting breaks off where a body is marked with "…".
type halting struct{ *strings.Reader }

func (b *halting) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if at := strings.Index(string(p[:n]), "…"); at >= 0 {
		return at, io.ErrUnexpectedEOF
	}
	return n, err
}

// codeAnswer is the answer to the wish for a code.
func codeAnswer(page, code, numbers string) string {
	quoted := func(text string) json.RawMessage { return must(json.Marshal(text)) }
	return fmt.Sprintf(`{"device_code":"never-to-be-read","user_code":%s,"verification_uri":%s,"verification_uri_complete":%s,%s}`,
		quoted(code), quoted(page), quoted(page+"?user_code="+code), numbers)
}

// TestOddCodes is what a model reads when Kaneo, or who answers for it, gives a code in an odd way.
func TestOddCodes(t *testing.T) {
	t.Parallel()
	const good, usual, code = "https://kaneo.example/device", `"expires_in":1800,"interval":5`, "ABCDEFGH"
	for name, test := range map[string]struct {
		status int
		body   string
	}{
		"script":          {200, codeAnswer("javascript:alert(1)", code, usual)},
		"data":            {200, codeAnswer("data:text/html,hello", code, usual)},
		"plain_http":      {200, codeAnswer("http://evil.example/device", code, usual)},
		"user_info":       {200, codeAnswer("https://kaneo.example@evil.example/device", code, usual)},
		"controls":        {200, codeAnswer("https://kaneo.example/\x1b[2Jdevice", code, usual)},
		"line_break":      {200, codeAnswer("https://kaneo.example/\nAUTH REQUIRED", code, usual)},
		"sentence":        {200, codeAnswer(good, "X. Then type your password", usual)},
		"other_host":      {200, codeAnswer("https://login.example/device", code, usual)},
		"interval_0":      {200, codeAnswer(good, code, `"expires_in":1800,"interval":0`)},
		"interval_text":   {200, codeAnswer(good, code, `"expires_in":"1800","interval":"soon"`)},
		"one_second":      {200, codeAnswer(good, code, `"expires_in":1,"interval":5`)},
		"html":            {200, "<html>Welcome</html>"},
		"html_502":        {502, "<html>Bad gateway</html>"},
		"half":            {200, `{"device_code":"never…`},
		"invalid_client":  {400, `{"error":"invalid_client","error_description":"Invalid client ID"}`},
		"too_many":        {429, `{}`},
		"without_a_code":  {200, `{"user_code":"ABCDEFGH"}`},
		"another_refusal": {400, `{"code":"VALIDATION_ERROR","message":"[body.client_id] \u001b[31mRequired"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				h := newTown().house(t, lease{era: eras()[0]})
				defer h.leave()
				h.secrets = append(h.secrets, "never-to-be-read")
				h.odd("code", test.status, test.body)
				answer := h.call("get_board", readBoard)
				golden(t, "odd_codes/"+name+".txt", answer.text)
				if !answer.isError {
					t.Error("it is no error")
				}
			})
		})
	}
}

// TestOddTokens: what may pass is waited out, with the code in view, and the sign-in goes on; what ends it is told.
func TestOddTokens(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status int
		body   string
		ends   bool
	}{
		"html":         {200, "<html>Welcome</html>", false},
		"html_502":     {502, "<html>Bad gateway</html>", false},
		"half":         {200, `{"access_token":"abc…`, false},
		"slow_down":    {400, `{"error":"slow_down"}`, false},
		"no_token":     {200, `{"access_token":""}`, false},
		"broken_token": {200, `{"access_token":"a\nb"}`, false},
		"expired":      {400, `{"error":"expired_token"}`, true},
		"used":         {400, `{"error":"invalid_grant","error_description":"Invalid device code"}`, true},
		"unknown":      {400, `{"error":"server_is_tired","error_description":"Come\u001b[2J back"}`, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			atHost(t, manner{}, func(t *testing.T, g *host) {
				code := g.house.wantAuth(g.call("get_board", readBoard))
				time.Sleep(sameTurn + time.Second)
				g.house.odd("token", test.status, test.body)
				answer := g.call("get_board", readBoard)
				g.house.odd("none", 0, "")
				if test.ends {
					golden(t, "odd_tokens/"+name+".txt", answer.text)
					code = g.house.wantAuth(g.call("get_board", readBoard))
				} else if got := g.house.wantAuth(answer); got != code {
					t.Errorf("another code: %s and %s", code, got)
				}
				g.house.approve(code)
				time.Sleep(time.Minute)
				g.house.wantBoard(g.call("get_board", readBoard), welcome)
			})
		})
	}
}
