package server

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
)

// WithSignals returns a context that the first SIGTERM or SIGINT ends. The second one calls kill, at once, for whom the
// orderly end takes too long; kill should not return. SIGPIPE is taken too: a client that closed its end of stdout shows
// as a write error then, instead of ending the process.
//
// The returned function gives the signals back to the runtime and waits for the goroutine behind them; kill must not
// call it.
func WithSignals(parent context.Context, kill func()) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(parent)
	released, done := make(chan struct{}), make(chan struct{})
	ends, pipe := make(chan os.Signal, 2), make(chan os.Signal, 1) // nobody reads pipe: asking is enough
	signal.Notify(ends, syscall.SIGTERM, syscall.SIGINT)
	signal.Notify(pipe, syscall.SIGPIPE)

	go func() {
		defer close(done)
		for _, act := range []func(){cancel, kill} {
			select {
			case <-ends:
				act()
			case <-released:
				return
			}
		}
	}()
	return ctx, sync.OnceFunc(func() {
		cancel()
		signal.Stop(ends)
		signal.Stop(pipe)
		close(released)
		<-done
	})
}
