package signpost

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// clearLine goes to the begin of the line and empties it.
const clearLine = "\r\x1b[K"

// CountDown rewrites a line with the time that is left, each second, until end or ctx is over or the returned function is
// called. That waits until the line is gone. Where no line can be rewritten, nothing is written.
func CountDown(ctx context.Context, t Terminal, end time.Time) (stop func()) {
	if t.Columns == 0 {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	var clock sync.WaitGroup
	clock.Go(func() { t.tick(ctx, end) })
	return func() {
		cancel()
		clock.Wait()
		t.write(clearLine)
	}
}

func (t Terminal) tick(ctx context.Context, end time.Time) {
	second := time.NewTicker(time.Second)
	defer second.Stop()
	for left := time.Until(end); left > 0; left = time.Until(end) {
		t.write(clearLine + waiting(left, t.Columns))
		select {
		case <-second.C:
		case <-ctx.Done():
			return
		}
	}
}

// waiting fits into the columns: a line that wraps cannot be rewritten.
func waiting(left time.Duration, columns int) string {
	seconds := int((left + time.Second - 1) / time.Second)
	clock := fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
	if text := "Waiting for the approval: " + clock + " left. Ctrl-C calls it off."; len(text) < columns {
		return text
	}
	return clock
}
