package tokens_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
)

// ledger is what jobs cost.
type ledger struct {
	mu      sync.Mutex
	entries []entry
}

// entry is the cost of one job: its calls, the tokens of their answers, and those of the least text that tells as much.
type entry struct {
	asks                 string
	calls, tokens, least int
}

func (l *ledger) add(e entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries = append(l.entries, e)
}

// What all jobs together may cost: thirty calls for every 25, so that most take a single one, and so many tokens in all.
const (
	callsAJob  = 30.0 / 25
	mostTokens = 7_100
)

// hold reports, and fails where the jobs cost more than they may.
func (l *ledger) hold(t *testing.T) {
	t.Helper()
	sum := l.report(t)
	if most := int(callsAJob * float64(len(l.entries))); sum.calls > most {
		t.Errorf("%d calls, and at most %d are allowed", sum.calls, most)
	}
	if sum.tokens > mostTokens {
		t.Errorf("%d tokens, and at most %d are allowed", sum.tokens, mostTokens)
	}
}

// report logs a table, the costliest job first, and returns the sum.
func (l *ledger) report(t *testing.T) (sum entry) {
	t.Helper()
	slices.SortFunc(l.entries, func(a, b entry) int { return cmp.Compare(b.tokens-b.least, a.tokens-a.least) })
	var table strings.Builder
	for _, e := range l.entries {
		fmt.Fprintf(&table, "%2d  %5d  %5d  %.50s\n", e.calls, e.tokens, e.least, e.asks)
		sum.calls, sum.tokens, sum.least = sum.calls+e.calls, sum.tokens+e.tokens, sum.least+e.least
	}
	t.Logf("calls, tokens, least tokens\n%s%2d  %5d  %5d  %d jobs", table.String(), sum.calls, sum.tokens, sum.least, len(l.entries))
	return sum
}
