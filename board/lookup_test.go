package board

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// shelf counts how often it is read, and holds readers up until it is opened.
type shelf struct {
	mu    sync.Mutex
	reads int
	books []string
	open  chan struct{}
}

func (s *shelf) read(ctx context.Context, _ string) ([]string, error) {
	s.mu.Lock()
	s.reads++
	books, open := s.books, s.open
	s.mu.Unlock()
	if open == nil {
		return books, nil
	}
	select {
	case <-open:
		return books, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (s *shelf) put(books []string, open chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books, s.open = books, open
}

// check compares what get says with what is wanted.
func check(t *testing.T, l *lookup[[]string], wantFresh bool, want string) {
	t.Helper()
	got, fresh, err := l.get(t.Context(), "")
	if err != nil || fresh != wantFresh || len(got) != 1 || got[0] != want {
		t.Errorf("%v, fresh %v, %v, want %s, fresh %v", got, fresh, err, want, wantFresh)
	}
}

func TestLookupIsKeptForAMinute(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &shelf{books: []string{"old"}}
		l := newLookup(time.Now, s.read)
		check(t, l, true, "old")
		s.put([]string{"new"}, nil)
		time.Sleep(lookupAge - time.Nanosecond)
		check(t, l, false, "old")
		time.Sleep(time.Nanosecond)
		check(t, l, true, "new")
		s.put([]string{"newest"}, nil)
		l.forget()
		check(t, l, true, "newest")
	})
}

func TestLookupDoesNotKeepErrors(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	l := newLookup(time.Now, func(context.Context, string) (string, error) { return "", broken })
	for range 2 {
		if _, fresh, err := l.get(t.Context(), ""); !errors.Is(err, broken) || !fresh {
			t.Errorf("fresh %v, %v", fresh, err)
		}
	}
}

func TestLookupIsShared(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &shelf{books: []string{"one"}, open: make(chan struct{})}
		l := newLookup(time.Now, s.read)
		first, leave := context.WithCancel(t.Context())
		var group sync.WaitGroup
		group.Go(func() {
			if _, _, err := l.get(first, ""); !errors.Is(err, context.Canceled) {
				t.Errorf("the caller who left: %v", err)
			}
		})
		synctest.Wait()
		for range 10 {
			group.Go(func() { check(t, l, true, "one") })
		}
		synctest.Wait()
		leave()
		synctest.Wait()
		close(s.open)
		group.Wait()
		if s.reads != 1 {
			t.Errorf("%d reads, want 1", s.reads)
		}
	})
}

// TestForgetWhileReading is a sign-out between a request and its answer: the answer was for somebody else.
func TestForgetWhileReading(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		open := make(chan struct{})
		s := &shelf{books: []string{"Ada's"}, open: open}
		l := newLookup(time.Now, s.read)
		var group sync.WaitGroup
		group.Go(func() { check(t, l, true, "Ada's") })
		synctest.Wait()
		l.forget()
		s.put([]string{"Grace's"}, nil)
		check(t, l, true, "Grace's")
		close(open)
		group.Wait()
		time.Sleep(freshAge) // of the bubble
		check(t, l, false, "Grace's")
	})
}

func TestFindReadsAgainBeforeItGivesUp(t *testing.T) {
	t.Parallel()
	pick := func(want string) func([]string) (string, error) {
		return func(books []string) (string, error) {
			for _, book := range books {
				if book == want {
					return book, nil
				}
			}
			return "", unknown("book", want, "", books)
		}
	}
	s := &shelf{books: []string{"old"}}
	var now time.Time
	l := newLookup(func() time.Time { return now }, s.read)
	steps := []struct {
		later   time.Duration
		want    string
		missing bool
		reads   int // so far
	}{
		{0, "new", true, 1}, // read just now: no need to ask again
		{freshAge - 1, "new", true, 1},
		{1, "old", false, 1},
		{0, "new", false, 2},
		{freshAge, "new", false, 2},
		{0, "newest", true, 3},
	}
	for _, step := range steps {
		now = now.Add(step.later)
		got, err := find(t.Context(), l, "", pick(step.want))
		if missing(err) != step.missing || !step.missing && got != step.want || s.reads != step.reads {
			t.Errorf("%s: %q, %v after %d reads, want %d", step.want, got, err, s.reads, step.reads)
		}
		s.put([]string{"old", "new"}, nil)
	}
}
