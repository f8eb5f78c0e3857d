package board

import (
	"context"
	"sync"
)

type progressKey struct{}

// WithProgress has the batches that are worked through in ctx report each item that has been dealt with: how many of how
// many. Reports follow one another.
func WithProgress(ctx context.Context, report func(done, of int)) context.Context {
	return context.WithValue(ctx, progressKey{}, report)
}

// counting returns what to call for each of n items that has been dealt with. A single one is not worth a report.
func counting(ctx context.Context, n int) (one func()) {
	report, ok := ctx.Value(progressKey{}).(func(done, of int))
	if !ok || n == 1 {
		return func() {}
	}
	var mu sync.Mutex
	done := 0
	return func() {
		mu.Lock()
		defer mu.Unlock()
		done++
		report(done, n)
	}
}
