package tokens_test

import (
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"kaneo-mcp/sandbox"
)

// everydayJobs is the whole list.
func everydayJobs() []job {
	return slices.Concat(commonJobs(), leadJobs(), readingJobs(), changeJobs(), newTaskJobs(), sweepJobs())
}

// TestJobs does every job in a sandbox of its own, and holds the budget of all of them together.
func TestJobs(t *testing.T) {
	t.Parallel()
	var all ledger
	t.Run("each", func(t *testing.T) {
		for _, j := range everydayJobs() {
			t.Run(j.asks, func(t *testing.T) {
				t.Parallel()
				f := newFirm(t, sandboxed())
				f.do(t, j, f.cards(t), &all)
			})
		}
	})
	all.hold(t)
}

// sandboxed is a sandbox in which it is noon of Tuesday, December 1, once a firm has settled there.
func sandboxed() site {
	now := time.Date(2026, 11, 26, 22, 0, 0, 0, time.UTC)
	kaneo := sandbox.New(sandbox.Options{Clock: func() time.Time { return now }})
	return site{
		address: "https://kaneo.example", transport: kaneo.Transport(),
		now: func() time.Time { return now }, pass: func(d time.Duration) { now = now.Add(d) },
	}
}

// TestLiveJobs does them one after the other in one firm on a real Kaneo, the reading ones first.
func TestLiveJobs(t *testing.T) {
	t.Parallel()
	address := os.Getenv("KANEO_LIVE_URL")
	if address == "" {
		t.Skip("KANEO_LIVE_URL is not set: no running Kaneo to work on")
	}
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	f := newFirm(t, site{address: address, transport: transport, now: time.Now, pass: func(time.Duration) {}})
	jobs := everydayJobs()
	slices.SortStableFunc(jobs, func(a, b job) int { return len(a.sets) + len(a.adds) - len(b.sets) - len(b.adds) })
	var all ledger
	cards := f.cards(t)
	for _, j := range jobs {
		t.Run(j.asks, func(t *testing.T) { cards = f.do(t, j, cards, &all) })
	}
	all.report(t) // no budget: there, everything was made this week
}

// do does a job, enters its cost, checks what came of it, and returns what there is afterwards.
func (f *firm) do(t *testing.T, j job, before []card, costs *ledger) (after []card) {
	t.Helper()
	today := midnight(f.now())
	cost := entry{asks: j.asks, calls: len(j.calls)}
	var answers []string
	for _, c := range j.calls {
		answers = append(answers, f.call(t, c.tool, strings.ReplaceAll(c.args, "<code>", code(answers))))
		cost.tokens += count(t, answers[len(answers)-1])
	}
	after = f.cards(t)
	cost.least = count(t, j.least(before, after, today))
	costs.add(cost)
	j.checkAnswer(t, before, today, strings.Join(answers, "\n"))
	j.checkOutcome(t, before, after, today)
	if t.Failed() {
		t.Logf("answers:\n%s", strings.Join(answers, "\n"))
	}
	return after
}
