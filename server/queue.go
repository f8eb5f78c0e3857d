package server

import "context"

// queue lets so many calls work at a time; the others wait for their turn, or for the end of their context: a call that was
// cancelled while it waited never runs. Who waits for a person is in no queue: one code would hold up everything.
type queue chan struct{}

func newQueue(atOnce int) queue { return make(queue, atOnce) }

// do does the work when it is its turn. The error is ctx's, and then nothing was done.
func (q queue) do(ctx context.Context, work func()) error {
	select {
	case q <- struct{}{}:
		defer func() { <-q }()
	case <-ctx.Done():
	}
	if err := ctx.Err(); err != nil { // select may have picked a free place over an ended context
		return err
	}
	work()
	return nil
}
