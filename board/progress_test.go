package board

import (
	"context"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestProgress(t *testing.T) {
	t.Parallel()
	for n, want := range map[int][]int{1: nil, 2: {1, 2}, 5: {1, 2, 3, 4, 5}} {
		var got []int
		one := counting(WithProgress(t.Context(), func(done, of int) {
			if of != n {
				t.Errorf("%d of %d, want %d", done, of, n)
			}
			got = append(got, done)
		}), n)
		var all sync.WaitGroup
		for range n {
			all.Go(one)
		}
		all.Wait()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d items (-want +got):\n%s", n, diff)
		}
	}
	counting(context.Background(), 2)() // nobody wants to know
}
