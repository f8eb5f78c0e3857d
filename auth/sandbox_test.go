package auth

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kaneo-mcp/sandbox"
)

const resident = "ada@kaneo.example"

// newSandbox is a Kaneo in memory with one person.
func newSandbox(t *testing.T) *sandbox.Kaneo {
	t.Helper()
	kaneo := sandbox.New(sandbox.Options{Origin: "https://kaneo.example"})
	if got := send(t, kaneo, http.MethodPost, "/auth/sign-up/email", "",
		`{"name":"Ada","email":"`+resident+`","password":"correct horse"}`); got != http.StatusOK {
		t.Fatalf("sign-up: %d", got)
	}
	return kaneo
}

// send is one request to the sandbox; it returns the status.
func send(t *testing.T, kaneo *sandbox.Kaneo, method, path, token, body string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, testBase+path, strings.NewReader(body))
	must(t, err)
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := kaneo.Transport().RoundTrip(request)
	must(t, err)
	must(t, response.Body.Close())
	return response.StatusCode
}

// works says whether Kaneo takes the token.
func works(t *testing.T, kaneo *sandbox.Kaneo, token string) bool {
	t.Helper()
	return send(t, kaneo, http.MethodGet, "/notification", token, "") == http.StatusOK
}

// TestALifeInTheSandbox goes through sign-in, expiry, sign-in again and sign-out at a Kaneo that refuses what Kaneo refuses.
func TestALifeInTheSandbox(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		kaneo := newSandbox(t)
		p := newProcess(t, kaneo.Transport(), dir)
		first := p.approved(t, kaneo)
		if !works(t, kaneo, first) {
			t.Fatal("the first session is refused")
		}
		kaneo.ExpireSession(first)
		if works(t, kaneo, first) {
			t.Fatal("the expired session works")
		}
		if _, err := p.Refused(t.Context(), first); err == nil {
			t.Fatal("no error for an expired session")
		}
		second := p.approved(t, kaneo)
		must(t, p.SignOut(t.Context()))
		if works(t, kaneo, second) {
			t.Error("the session lives on after the sign-out")
		}
		if n := kaneo.DeviceCodes(); n != 2 {
			t.Errorf("%d codes", n)
		}
	})
}

// approved signs in and returns the token.
func (p process) approved(t *testing.T, kaneo *sandbox.Kaneo) string {
	t.Helper()
	prompt := p.mustSignIn(t)
	if prompt.OtherHost || !strings.HasPrefix(prompt.URL, "https://kaneo.example/device?user_code=") {
		t.Errorf("prompt: %+v", prompt)
	}
	time.Sleep(time.Minute)
	must(t, kaneo.Approve(prompt.UserCode, resident))
	must(t, p.Wait(t.Context()))
	token, err := p.Token(t.Context())
	must(t, err)
	return token
}

func TestRefusalsOfTheSandbox(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		person func(t *testing.T, kaneo *sandbox.Kaneo, code string)
		want   Reason
	}{
		"denied":  {func(t *testing.T, kaneo *sandbox.Kaneo, code string) { must(t, kaneo.Deny(code, resident)) }, Denied},
		"nothing": {func(*testing.T, *sandbox.Kaneo, string) {}, Expired},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				kaneo := newSandbox(t)
				p := newProcess(t, kaneo.Transport(), "")
				test.person(t, kaneo, p.mustSignIn(t).UserCode)
				checkEnd(t, p, test.want)
			})
		})
	}
}

func TestTheSandboxDoesNotKnowTheClient(t *testing.T) {
	t.Parallel()
	source, err := New(Settings{
		Base: mustParse(t, testBase), ClientID: "nobody", HTTP: &http.Client{Transport: newSandbox(t).Transport()},
	})
	must(t, err)
	defer source.Close()
	_, err = source.SignIn(t.Context())
	wantReason(t, err, UnknownClient)
}
