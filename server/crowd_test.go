package server

import (
	"strings"
	"sync"
	"testing"
	"time"
)

// TestACrowd has 200 callers call without a pause, through a sign-in, the end of the session, another sign-in, and a
// sign-out: each call is answered, with what was asked for or with how to sign in, and one code is shown at a time.
func TestACrowd(t *testing.T) {
	t.Parallel()
	const callers, rounds = 200, 8
	atHost(t, manner{}, func(t *testing.T, g *host) {
		var crowd sync.WaitGroup
		for range callers {
			crowd.Go(func() {
				for range rounds {
					g.wantSense(g.call("get_board", readBoard))
					time.Sleep(6 * time.Second)
				}
			})
		}
		h := g.house
		h.approve(<-g.code)
		time.Sleep(7 * time.Second)
		h.wantCodes(1)
		if !h.kaneo.ExpireSession(h.session()) {
			t.Error("nobody has signed in")
		}
		g.forgetCode()
		h.approve(<-g.code)
		time.Sleep(7 * time.Second)
		h.wantCodes(2)
		g.forgetCode()
		h.call("kaneo_auth", logout)
		h.approve(<-g.code)
		crowd.Wait()
		h.wantCodes(3)
		h.wantBoard(told{strings.TrimPrefix(g.call("get_board", readBoard).text, welcome), false}, "")
	})
}

// forgetCode has the next code count as the first.
func (g *host) forgetCode() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.seen = time.Time{}
	select {
	case <-g.code: // one that was shown once more
	default:
	}
}

// wantSense checks that an answer is what was asked for, or how to sign in.
func (g *host) wantSense(answer told) {
	asks := answer.isError && strings.HasPrefix(answer.text, authMarker)
	if !asks && (answer.isError || !strings.HasPrefix(strings.TrimPrefix(answer.text, welcome), "WEB Website: 3 tasks")) {
		g.house.t.Errorf("%+v", answer)
	}
}
