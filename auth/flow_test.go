package auth

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSignInShowsACodeAndGoesOnAfterApproval(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		kaneo := newScript()
		p := newProcess(t, kaneo, dir)
		began := time.Now()
		got := p.mustSignIn(t)
		want := Prompt{
			Flow: got.Flow, Instance: "https://kaneo.example", URL: pageAddress + "?user_code=ABCDEF01", Host: "web.kaneo.example",
			OtherHost: true, UserCode: "ABCDEF01", Expires: began.Add(1800*time.Second - 15*time.Second),
		}
		if diff := cmp.Diff(want, got); diff != "" || got.Flow == "" {
			t.Errorf("prompt (-want +got):\n%s", diff)
		}
		if status := p.Status(t.Context()); status.State != Pending || status.Prompt == nil {
			t.Errorf("status while pending: %+v", status)
		}
		kaneo.approve(1)
		if err := p.Wait(t.Context()); err != nil {
			t.Fatalf("Wait: %v", err)
		}
		p.wantToken(t, tokenName(1))
		status := p.Status(t.Context())
		if status.State != SignedIn || !status.Persisted || status.ExpiresAt.Sub(began) != 5*time.Second+604799*time.Second {
			t.Errorf("status: %+v", status)
		}
		synctest.Wait() // the end is written after those who wait were told
		if p.log.count("sign-in started") != 1 || p.log.count("sign-in ended") != 1 {
			t.Errorf("log:\n%s", p.log)
		}
		if _, err := p.SignIn(t.Context()); !errors.Is(err, ErrSignedIn) {
			t.Errorf("SignIn when signed in: %v", err)
		}
	})
}

func TestManyCallersShareOneCode(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kaneo := newScript()
		p := newProcess(t, kaneo, "")
		var group sync.WaitGroup
		for range 50 {
			group.Go(func() {
				if prompt, err := p.SignIn(t.Context()); err != nil || prompt.UserCode != "ABCDEF01" {
					t.Errorf("SignIn: %+v, %v", prompt, err)
				}
			})
		}
		group.Wait()
		if n := kaneo.count("device/code"); n != 1 {
			t.Errorf("%d codes", n)
		}
	})
}

func TestACancelledCallDoesNotEndTheFlow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kaneo := newScript()
		p := newProcess(t, kaneo, "")
		ctx, cancel := context.WithCancel(t.Context())
		if _, err := p.SignIn(ctx); err != nil {
			t.Fatal(err)
		}
		cancel()
		if err := p.Wait(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("Wait: %v", err)
		}
		kaneo.approve(1)
		if err := p.Wait(t.Context()); err != nil {
			t.Errorf("Wait: %v", err)
		}
	})
}

// TestOddAnswersWhilePolling has one answer after another; the last one repeats.
func TestOddAnswersWhilePolling(t *testing.T) {
	t.Parallel()
	slow := flowError("slow_down", "")
	tests := map[string]struct {
		answers []said
		polls   []int // seconds after the code
		end     Reason
	}{
		"pending, then approved":  {[]said{pending(), granted(1)}, []int{5, 10}, ""},
		"slow_down adds 5 s":      {[]said{slow, slow, pending(), granted(1)}, []int{5, 15, 30, 45}, ""},
		"too many requests":       {[]said{{status: 429, body: `{"message":"Too many requests."}`}, granted(1)}, []int{5, 15}, ""},
		"the network is away":     {[]said{{err: errNoRoute}, {err: errNoRoute}, pending(), granted(1)}, []int{5, 15, 30, 35}, ""},
		"502 with HTML":           {[]said{html(502), granted(1)}, []int{5, 15}, ""},
		"HTML with 200, 403, 404": {[]said{html(200), html(403), html(404), granted(1)}, []int{5, 15, 30, 50}, ""},
		"500 with JSON":           {[]said{{status: 500, body: `{"message":"oops"}`}, granted(1)}, []int{5, 15}, ""},
		"half a body":             {[]said{{status: 200, body: granted(1).body, cut: true}, granted(1)}, []int{5, 15}, ""},
		"a broken token":          {[]said{ok(`{"access_token":"with space"}`), granted(1)}, []int{5, 15}, ""},
		"denied":                  {[]said{flowError("access_denied", "Access denied")}, []int{5}, Denied},
		"expired at Kaneo":        {[]said{flowError("expired_token", "")}, []int{5}, Expired},
		"the code was used":       {[]said{flowError("invalid_grant", "Invalid device code")}, []int{5}, Rejected},
		"the client is unknown":   {[]said{flowError("invalid_client", "Invalid client ID")}, []int{5}, UnknownClient},
		"validation error":        {[]said{{status: 400, body: `{"message":"[body.x] bad","code":"VALIDATION_ERROR"}`}}, []int{5}, Rejected},
		"never heard of":          {[]said{flowError("moon_phase", strings.Repeat("x", 5000))}, []int{5}, Rejected},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				kaneo := newScript()
				kaneo.token = func(n int) said { return test.answers[min(n, len(test.answers))-1] }
				p := newProcess(t, kaneo, "")
				began := time.Now()
				p.mustSignIn(t)
				checkEnd(t, p, test.end)
				if diff := cmp.Diff(test.polls, secondsAfter(began, kaneo.polled)); diff != "" {
					t.Errorf("polls (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func checkEnd(t *testing.T, p process, end Reason) {
	t.Helper()
	err := p.Wait(t.Context())
	if end == "" {
		if err != nil {
			t.Errorf("Wait: %v", err)
		}
		return
	}
	if !errors.Is(err, ErrSignedOut) {
		t.Errorf("Wait: %v; want ErrSignedOut", err)
	}
	if failed := wantReason(t, err, end); len(failed.Error()) > 500 {
		t.Errorf("the text has %d bytes", len(failed.Error()))
	}
}

func secondsAfter(began time.Time, moments []time.Time) []int {
	var list []int
	for _, moment := range moments {
		list = append(list, int(moment.Sub(began).Seconds()))
	}
	return list
}

func TestSlowDownForeverEndsWithTheCode(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kaneo := newScript()
		kaneo.token = func(int) said { return flowError("slow_down", "") }
		p := newProcess(t, kaneo, "")
		began := time.Now()
		p.mustSignIn(t)
		checkEnd(t, p, Expired)
		if took := time.Since(began); took != 1785*time.Second {
			t.Errorf("ended after %v", took)
		}
		if n := len(kaneo.polled); n > 30 {
			t.Errorf("%d polls", n)
		}
	})
}

func TestIntervalAndExpiryAreReadWithTolerance(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		rest          string
		first, expiry time.Duration
	}{
		"numbers":      {`"expires_in":600,"interval":7`, 7 * time.Second, 585 * time.Second},
		"strings":      {`"expires_in":"600","interval":"7"`, 7 * time.Second, 585 * time.Second},
		"absent":       {`"x":0`, 5 * time.Second, 1785 * time.Second},
		"zero":         {`"expires_in":0,"interval":0`, 5 * time.Second, 1785 * time.Second},
		"null":         {`"expires_in":null,"interval":null`, 5 * time.Second, 1785 * time.Second},
		"negative":     {`"expires_in":-1,"interval":-1`, 5 * time.Second, 1785 * time.Second},
		"words":        {`"expires_in":"soon","interval":{}`, 5 * time.Second, 1785 * time.Second},
		"huge":         {`"expires_in":1e300,"interval":1e300`, time.Minute, 24*time.Hour - 15*time.Second},
		"one second":   {`"expires_in":1,"interval":5`, 0, 900 * time.Millisecond},
		"two seconds":  {`"expires_in":20,"interval":2`, 2 * time.Second, 18 * time.Second},
		"not a number": {`"expires_in":"NaN","interval":"NaN"`, 5 * time.Second, 1785 * time.Second},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				kaneo := newScript()
				kaneo.code = func(n int) said { return ok(codeJSON(n, test.rest)) }
				p := newProcess(t, kaneo, "")
				began := time.Now()
				prompt := p.mustSignIn(t)
				if got := prompt.Expires.Sub(began); got != test.expiry {
					t.Errorf("valid for %v, want %v", got, test.expiry)
				}
				checkEnd(t, p, Expired)
				if test.first > 0 && (len(kaneo.polled) == 0 || kaneo.polled[0].Sub(began) != test.first) {
					t.Errorf("polls: %v", kaneo.polled)
				}
			})
		})
	}
}

func TestNoCodeToShow(t *testing.T) {
	t.Parallel()
	page := func(page, complete, userCode string) said {
		return ok(`{"device_code":"` + secretCode + `","user_code":"` + userCode + `","verification_uri":"` + page +
			`","verification_uri_complete":"` + complete + `","expires_in":1800}`)
	}
	tests := map[string]struct {
		answer said
		want   Reason
		text   string
	}{
		"dead host":          {said{err: errNoRoute}, Unreachable, "no route to host"},
		"unknown host":       {said{err: &net.DNSError{Err: "at 10.9.8.7:53", Server: "10.9.8.7:53", IsNotFound: true}}, Unreachable, "(there is no such host)"},
		"no resolver":        {said{err: &net.DNSError{Err: "at 10.9.8.7:53", Server: "10.9.8.7:53"}}, Unreachable, "(its name cannot be looked up now)"},
		"garbage":            {said{err: errors.New(`malformed HTTP response "ignore all"`)}, Unreachable, "(malformed HTTP response)"},
		"no answer in time":  {said{err: context.DeadlineExceeded}, Unreachable, "no answer in time"},
		"502":                {html(502), Unreachable, "502"},
		"half a body":        {said{status: 200, body: codeJSON(1, `"interval":5`), cut: true}, Unreachable, "EOF"},
		"HTML":               {html(200), NotKaneo, "without JSON"},
		"404":                {said{status: 404, body: "404 Not Found"}, NotKaneo, "404"},
		"404 in JSON":        {said{status: 404, body: `{"message":"nothing here"}`}, NotKaneo, "404"},
		"JSON without code":  {ok(`{"hello":"world"}`), NotKaneo, "200"},
		"client not allowed": {flowError("invalid_client", "Invalid client ID"), UnknownClient, "DEVICE_AUTH_CLIENT_IDS"},
		"validation":         {said{status: 400, body: `{"message":"[body] no","code":"VALIDATION_ERROR"}`}, Rejected, "VALIDATION_ERROR"},
		"429 with seconds": {said{status: 429, body: `{"message":"Too many requests."}`, header: map[string]string{"X-Retry-After": "12"}},
			Busy, "12 s"},
		"plain http elsewhere": {page("", "http://web.kaneo.example/device", "ABCD"), Unsafe, "https"},
		"javascript":           {page("", "javascript:alert(1)", "ABCD"), Unsafe, "web address"},
		"user info":            {page("", "https://kaneo.example@evil.example/device", "ABCD"), Unsafe, "user info"},
		"a sentence as code":   {page(pageAddress, "", "open the other link"), Unsafe, "letters and digits"},
		"no address":           {page("", "", "ABCD"), Unsafe, "empty"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				kaneo := newScript()
				kaneo.code = func(int) said { return test.answer }
				p := newProcess(t, kaneo, "")
				_, err := p.SignIn(t.Context())
				if failed := wantReason(t, err, test.want); !strings.Contains(failed.Error(), test.text) {
					t.Errorf("%q lacks %q", failed, test.text)
				}
			})
		})
	}
}

func TestAfterADenialNoCodeForAMinute(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kaneo := newScript()
		kaneo.decide(1, flowError("access_denied", "Access denied"))
		p := newProcess(t, kaneo, "")
		p.mustSignIn(t)
		checkEnd(t, p, Denied)
		time.Sleep(20 * time.Second)
		_, err := p.SignIn(t.Context())
		if failed := wantReason(t, err, Denied); failed.RetryAfter != 40*time.Second {
			t.Errorf("retry after %v", failed.RetryAfter)
		}
		if status := p.Status(t.Context()); status.State != Refusal || status.RetryAfter != 40*time.Second {
			t.Errorf("status: %+v", status)
		}
		time.Sleep(40 * time.Second)
		if prompt := p.mustSignIn(t); prompt.UserCode != "ABCDEF02" {
			t.Errorf("prompt: %+v", prompt)
		}
	})
}

func TestDeclineEndsTheFlowForAMinute(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kaneo := newScript()
		p := newProcess(t, kaneo, "")
		p.mustSignIn(t)
		if err := p.Decline(t.Context()); err != nil {
			t.Fatal(err)
		}
		_, err := p.SignIn(t.Context())
		wantReason(t, err, Denied)
		time.Sleep(coolDown)
		p.mustSignIn(t)
	})
}

func TestThreeCodesInTenMinutes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kaneo := newScript()
		kaneo.token = func(int) said { return flowError("invalid_grant", "Invalid device code") }
		p := newProcess(t, kaneo, "")
		for range codesPerWindow {
			p.mustSignIn(t)
			checkEnd(t, p, Rejected)
		}
		_, err := p.SignIn(t.Context())
		failed := wantReason(t, err, TooMany)
		if want := codeWindow - 15*time.Second; failed.RetryAfter != want {
			t.Errorf("retry after %v, want %v", failed.RetryAfter, want)
		}
		time.Sleep(failed.RetryAfter)
		p.mustSignIn(t)
	})
}

func TestCloseEndsTheFlow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newProcess(t, newScript(), "")
		p.mustSignIn(t)
		waited := make(chan error, 1)
		go func() { waited <- p.Wait(t.Context()) }()
		synctest.Wait()
		p.Close()
		wantReason(t, <-waited, Aborted)
		_, err := p.SignIn(t.Context())
		wantReason(t, err, Aborted)
	})
}
