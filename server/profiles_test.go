package server

import (
	"encoding/base64"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// ending is how the first call of somebody who is not signed in ends.
type ending int

const (
	asksInText ending = iota // AUTH REQUIRED
	isDone                   // what was asked for, after a greeting
	isDeclined               // a person said no
)

// profile is a kind of host with a person in front of it.
type profile struct {
	manner
	approves time.Duration // after having seen the code; 0: never
	first    ending
	takes    time.Duration // the first call, to the instant
}

// profiles are the contract of the sign-in. Kaneo is asked every 5 s from the moment it gives a code.
func profiles() map[string]profile {
	late := time.Minute
	modern := func(declares string, d habit) manner { return manner{true, declares, d} }
	legacy := func(declares string, d habit) manner { return manner{false, declares, d} }
	never, none := habit{}, habit{}
	return map[string]profile{
		"2026 page, approved in time":       {modern(pages, habit{12 * time.Second, "accept"}), 8 * time.Second, isDone, 12 * time.Second},
		"2026 page, approved while waiting": {modern(pages, habit{2 * time.Second, "accept"}), 28 * time.Second, isDone, 30 * time.Second},
		"2026 page, approved too late":      {modern(pages, habit{2 * time.Second, "accept"}), late, asksInText, 42 * time.Second},
		"2026 page, declined by a program":  {modern(pages, habit{5 * time.Millisecond, "decline"}), late, asksInText, 5 * time.Millisecond},
		"2026 page, declined by a person":   {modern(pages, habit{1500 * time.Millisecond, "decline"}), 0, isDeclined, 1500 * time.Millisecond},
		"2026 page, closed by a person":     {modern(pages, habit{3 * time.Second, "cancel"}), late, asksInText, 3 * time.Second},
		"2026 form, approved in time":       {modern(forms, habit{12 * time.Second, "accept"}), 8 * time.Second, isDone, 12 * time.Second},
		"2026 without dialogs":              {modern("", none), late, asksInText, 0},

		"2025 page, never answered":         {legacy(pages, never), 8 * time.Second, isDone, 10 * time.Second},
		"2025 page, never answered at all":  {legacy(pages, never), late, asksInText, 40 * time.Second},
		"2025 page, accepted, then in time": {legacy(pages, habit{time.Millisecond, "accept"}), 33 * time.Second, isDone, 35 * time.Second},
		"2025 page, accepted, but too late": {legacy(pages, habit{time.Millisecond, "accept"}), late, asksInText, 40 * time.Second},
		"2025 page, the host throws":        {legacy(pages, habit{0, throws}), late, asksInText, 0},
		"2025 page, declined by a person":   {legacy(pages, habit{1500 * time.Millisecond, "decline"}), 0, isDeclined, 1500 * time.Millisecond},
		"2025 page, declined by a program":  {legacy(pages, habit{5 * time.Millisecond, "decline"}), late, asksInText, 5 * time.Millisecond},
		"2025 page, closed by a program":    {legacy(pages, habit{16 * time.Millisecond, "cancel"}), late, asksInText, 16 * time.Millisecond},
		"2025 page only, in time":           {legacy(`{"url":{}}`, never), 8 * time.Second, isDone, 10 * time.Second},
		"2025 form, approved in time":       {legacy(forms, habit{12 * time.Second, "accept"}), 8 * time.Second, isDone, 10 * time.Second},
		"2025 form, declined by a person":   {legacy(forms, habit{4 * time.Second, "decline"}), 0, isDeclined, 4 * time.Second},
		"2025 form, declined by a program":  {legacy(forms, habit{3 * time.Millisecond, "decline"}), late, asksInText, 3 * time.Millisecond},
		"2025 without dialogs":              {legacy("", none), late, asksInText, 0},
	}
}

// atHost is a case in front of a host whose person is not signed in, in a bubble of time.
func atHost(t *testing.T, m manner, test func(t *testing.T, g *host)) {
	t.Helper()
	store := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		h := newTown().house(t, lease{era: eras()[0], store: store})
		defer h.leave()
		g := h.host(m)
		defer g.leave()
		test(t, g)
	})
}

func TestProfiles(t *testing.T) {
	t.Parallel()
	for name, p := range profiles() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			atHost(t, p.manner, func(t *testing.T, g *host) { p.play(g) })
		})
	}
}

// play makes a first call and, where it asks, the call after the approval.
func (p profile) play(g *host) {
	h, before, start := g.house, g.tools(), time.Now()
	var person sync.WaitGroup
	person.Go(func() {
		if code := <-g.code; p.approves > 0 {
			time.Sleep(p.approves)
			h.approve(code)
		}
	})
	first := g.call("get_board", readBoard)
	if waited := time.Since(start); waited != p.takes {
		h.t.Errorf("the first call took %v, want %v", waited, p.takes)
	}
	if g.seen != start {
		h.t.Errorf("the code was shown after %v", g.seen.Sub(start))
	}
	h.wantCodes(1)
	person.Wait()
	p.goOn(g, first)
	if diff := cmp.Diff(before, g.tools()); diff != "" {
		h.t.Errorf("the list of tools changed (-before +after):\n%s", diff)
	}
	g.keepsStatesShut()
}

// goOn checks the first answer, and what comes after it.
func (p profile) goOn(g *host, first told) {
	h := g.house
	switch p.first {
	case isDeclined:
		if !first.isError || !strings.HasPrefix(first.text, "SIGN-IN DECLINED: ") {
			h.t.Errorf("%+v", first)
		}
		h.wantNoCodeForAMinute()
		return
	case isDone:
		h.wantBoard(first, welcome)
		h.wantBoard(g.call("get_board", readBoard), "")
	case asksInText:
		h.wantAuth(first)
		time.Sleep(6 * time.Second) // Kaneo is asked once more
		if waited := took(func() { h.wantBoard(g.call("get_board", readBoard), welcome) }); waited != 0 {
			h.t.Errorf("the call after the approval took %v", waited)
		}
	}
	h.wantCodes(1)
}

// keepsStatesShut checks that nothing can be read in a requestState: neither the code nor the name of the sign-in.
func (g *host) keepsStatesShut() {
	for _, state := range g.states {
		open, err := base64.RawURLEncoding.DecodeString(state)
		if err != nil {
			g.house.t.Errorf("a requestState of another shape: %s", state)
		}
		for _, q := range g.questions {
			for _, known := range []string{q.ElicitationID, q.URL, "flow", "expires"} {
				if known != "" && strings.Contains(state+string(open), known) {
					g.house.t.Errorf("%q is legible in a requestState", known)
				}
			}
		}
	}
}

// TestTheDialog is what people read in one.
func TestTheDialog(t *testing.T) {
	t.Parallel()
	for name, m := range map[string]manner{
		"page": {declares: pages, habit: habit{0, "cancel"}},
		"form": {declares: forms, habit: habit{0, "cancel"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			atHost(t, m, func(t *testing.T, g *host) {
				g.call("get_board", readBoard)
				q := g.questions[0]
				code := <-g.code
				if page := "https://kaneo.example/device?user_code=" + code; m.declares == pages && q.URL != page {
					t.Errorf("the dialog leads to %q", q.URL)
				}
				golden(t, "dialog_"+name+".txt", steady(strings.ReplaceAll(fmt.Sprintf("mode %s\n\n%s", q.Mode, q.Message), code, "<code>")))
			})
		})
	}
}

// TestTheDialogIsClosed: once it is of no use, whatever it was that made it so.
func TestTheDialogIsClosed(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		declares string
		decide   func(h *house, code string)
		closed   bool // and not only taken back
	}{
		"page, approved": {pages, (*house).approve, true},
		"form, approved": {forms, (*house).approve, false},
		"page, denied":   {pages, (*house).deny, true},
		"page, too late": {pages, func(*house, string) {}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			atHost(t, manner{declares: test.declares}, func(t *testing.T, g *host) {
				go func() { test.decide(g.house, <-g.code) }()
				g.call("get_board", readBoard)
				want := []string{"notifications/cancelled "}
				if test.closed {
					want = []string{"notifications/elicitation/complete " + g.questions[0].ElicitationID, want[0]}
				}
				if diff := cmp.Diff(want, g.noticed()); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		})
	}
}
