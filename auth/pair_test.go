package auth

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// pair is two processes of one person.
func pair(t *testing.T, kaneo *script, dir string) (first, second process) {
	t.Helper()
	return newProcess(t, kaneo, dir), newProcess(t, kaneo, dir)
}

func TestTwoProcessesShowOneCodeAndAreBothSignedIn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		kaneo := newScript()
		first, second := pair(t, kaneo, dir)
		one, two := first.mustSignIn(t), second.mustSignIn(t)
		if diff := cmp.Diff(one, two); diff != "" {
			t.Errorf("prompts differ:\n%s", diff)
		}
		kaneo.approve(1)
		must(t, second.Wait(t.Context()))
		must(t, first.Wait(t.Context()))
		first.wantToken(t, tokenName(1))
		second.wantToken(t, tokenName(1))
		if codes, polls := kaneo.count("device/code"), kaneo.count("device/token"); codes != 1 || polls != 1 {
			t.Errorf("%d codes, %d polls", codes, polls)
		}
	})
}

func TestTheOtherProcessTakesOverWhenTheLeaderEnds(t *testing.T) {
	t.Parallel()
	ends := map[string]func(t *testing.T, leader process){
		"closed": func(_ *testing.T, leader process) { leader.Close() },
		"killed": func(t *testing.T, leader process) {
			live := leader.slot.readRecord() // a killed process leaves its record as it was
			leader.Close()
			leader.slot.writeRecord(live)
		},
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				kaneo := newScript()
				first, second := pair(t, kaneo, dir)
				first.mustSignIn(t)
				second.mustSignIn(t)
				end(t, first)
				time.Sleep(2 * watchEvery)
				if prompt := second.mustSignIn(t); prompt.UserCode != "ABCDEF02" {
					t.Errorf("prompt: %+v", prompt)
				}
				kaneo.approve(2)
				must(t, second.Wait(t.Context()))
				first.wantToken(t, tokenName(2))
			})
		})
	}
}

func TestTheLeadersEndIsTheOthersEnd(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		end  func(t *testing.T, kaneo *script, leader process)
		want Reason
		next Reason // of a third process; empty: it gets a code
	}{
		"denied": {func(_ *testing.T, kaneo *script, _ process) {
			kaneo.decide(1, flowError("access_denied", "Access denied"))
		}, Denied, Denied},
		"expired":    {func(*testing.T, *script, process) {}, Expired, ""},
		"signed out": {func(t *testing.T, _ *script, leader process) { must(t, leader.SignOut(t.Context())) }, Aborted, ""},
		"declined":   {func(t *testing.T, _ *script, leader process) { must(t, leader.Decline(t.Context())) }, Denied, Denied},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				kaneo := newScript()
				first, second := pair(t, kaneo, dir)
				first.mustSignIn(t)
				second.mustSignIn(t)
				test.end(t, kaneo, first)
				wantReason(t, second.Wait(t.Context()), test.want)
				third := newProcess(t, kaneo, dir)
				_, err := third.SignIn(t.Context())
				if test.next == "" {
					must(t, err)
				} else {
					wantReason(t, err, test.next)
				}
			})
		})
	}
}

func TestProcessesShareTheLimitOfCodes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		kaneo := newScript()
		for range codesPerWindow {
			p := newProcess(t, kaneo, dir)
			p.mustSignIn(t)
			p.Close()
			time.Sleep(time.Second)
		}
		_, err := newProcess(t, kaneo, dir).SignIn(t.Context())
		wantReason(t, err, TooMany)
	})
}

// TestALeaderWithoutACode hangs, or cannot write: the others say so after a while.
func TestALeaderWithoutACode(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		p := newProcess(t, newScript(), dir)
		unlock, leading := p.slot.lead()
		if !leading {
			t.Fatal("the lock is held")
		}
		defer unlock()
		_, err := p.SignIn(t.Context())
		wantReason(t, err, Elsewhere)
	})
}

func TestACodeFromTheRecordIsCheckedToo(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		url, code string
		want      Reason
	}{
		"fine":          {pageAddress, "ABCD", ""},
		"unsafe page":   {"http://evil.example/", "ABCD", Unsafe},
		"unsafe code":   {pageAddress, "run this", Unsafe},
		"empty address": {"", "ABCD", Unsafe},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				p := newProcess(t, newScript(), dir)
				unlock, _ := p.slot.lead()
				defer unlock()
				p.slot.writeRecord(record{Flow: "x", UserCode: test.code, URL: test.url, Expires: time.Now().Add(time.Hour)})
				_, err := p.SignIn(t.Context())
				if test.want == "" {
					must(t, err)
				} else {
					wantReason(t, err, test.want)
				}
			})
		})
	}
}

// TestAnotherProcessSignsInWhileWePoll has a login that did not go through our flow.
func TestAnotherProcessSignsInWhileWePoll(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		p := newProcess(t, newScript(), dir)
		p.mustSignIn(t)
		must(t, p.slot.save(t.Context(), session{Token: "elsewhere"}))
		began := time.Now()
		must(t, p.Wait(t.Context()))
		p.wantToken(t, "elsewhere")
		if took := time.Since(began); took > watchEvery {
			t.Errorf("noticed after %v", took)
		}
	})
}
