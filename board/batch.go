package board

import (
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"kaneo-mcp/kaneo"
)

// Batches are bounded: by what one answer can report, and by what one call can do within its time.
const (
	MostTasks = 100 // tasks in one call
	atOnce    = 8   // tasks worked on at the same time
)

// NotTried says that something was left out because what came before it failed.
type NotTried struct{ After error }

func (*NotTried) Error() string { return "Not tried, because what came before it failed." }

// Unwrap tells what failed.
func (n *NotTried) Unwrap() error { return n.After }

// Readable marks the text as written for the reader.
func (*NotTried) Readable() {}

// eachOf does something to each of n items, some at the same time, until one fails in a way that no other could escape: a
// Kaneo that is away is not asked a hundred times. The items that are left out are told so.
func eachOf(n int, do func(i int) error, leave func(i int, why error)) {
	var stopped atomic.Pointer[NotTried]
	var group errgroup.Group
	group.SetLimit(atOnce)
	for i := range n {
		group.Go(func() error {
			if why := stopped.Load(); why != nil {
				leave(i, why)
			} else if err := fatal(do(i)); err != nil {
				stopped.CompareAndSwap(nil, &NotTried{After: err})
			}
			return nil
		})
	}
	_ = group.Wait() // each item keeps its own error
}

// fatal keeps only the failures that no other item of a batch can escape. A failure inside Kaneo is not one: mostly it is
// about what one item asked for (kaneo-api.md §12.12).
func fatal(err error) error {
	if kaneo.KindOf(err) == kaneo.Unexpected {
		return nil
	}
	return whole(err)
}
