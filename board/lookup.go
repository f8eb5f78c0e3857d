package board

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// lookupAge is how long something that was looked up is trusted. Names and members change rarely; a minute bounds how
// long a change made elsewhere goes unseen, and keeps an API key far from its quota on /auth routes (kaneo-api.md §4).
const lookupAge = time.Minute

// freshAge is how long something counts as read just now: all tasks of a batch that name what is not there need not each have
// it read again.
const freshAge = time.Second

// lookup remembers what was read from Kaneo for a short time. Concurrent readers of one key share one request.
type lookup[T any] struct {
	load func(ctx context.Context, key string) (T, error)
	now  func() time.Time

	flights singleflight.Group
	mu      sync.Mutex
	round   int // counts forgets: a load that began before one is neither kept nor joined
	kept    map[string]kept[T]
}

type kept[T any] struct {
	value T
	at    time.Time
}

func newLookup[T any](now func() time.Time, load func(context.Context, string) (T, error)) *lookup[T] {
	return &lookup[T]{load: load, now: now, kept: make(map[string]kept[T])}
}

// get returns the value for a key, and whether it was read just now.
func (l *lookup[T]) get(ctx context.Context, key string) (value T, fresh bool, err error) {
	if value, age, ok := l.recent(key); ok {
		return value, age < freshAge, nil
	}
	value, err = l.share(ctx, key, true)
	return value, true, err
}

func (l *lookup[T]) recent(key string) (value T, age time.Duration, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	have, ok := l.kept[key]
	age = l.now().Sub(have.at)
	return have.value, age, ok && age < lookupAge
}

// read loads a key, whatever is remembered of it.
func (l *lookup[T]) read(ctx context.Context, key string) (T, error) { return l.share(ctx, key, false) }

// share loads a key for all who want it. The load does not end with the first caller's context, because the others still
// wait for it; the client's own time limit bounds it. With orRecent, what another load has just brought will do.
func (l *lookup[T]) share(ctx context.Context, key string, orRecent bool) (T, error) {
	round := l.currentRound()
	flight := l.flights.DoChan(fmt.Sprint(orRecent, round, " ", key), func() (any, error) {
		if value, _, ok := l.recent(key); ok && orRecent {
			return value, nil
		}
		value, err := l.load(context.WithoutCancel(ctx), key)
		if err == nil {
			l.keep(key, value, round)
		}
		return value, err
	})
	select {
	case got := <-flight:
		value, _ := got.Val.(T)
		return value, got.Err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

func (l *lookup[T]) currentRound() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.round
}

func (l *lookup[T]) keep(key string, value T, round int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.round == round {
		l.kept[key] = kept[T]{value, l.now()}
	}
}

func (l *lookup[T]) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.round++
	clear(l.kept)
}

// find picks something out of a looked-up value. What is not found in a remembered value is looked for once more in a
// fresh one before anybody hears that it does not exist.
func find[T, R any](ctx context.Context, l *lookup[T], key string, pick func(T) (R, error)) (R, error) {
	value, fresh, err := l.get(ctx, key)
	if err != nil {
		var none R
		return none, err
	}
	found, err := pick(value)
	if fresh || !missing(err) {
		return found, err
	}
	if value, err = l.read(ctx, key); err != nil {
		return found, err
	}
	return pick(value)
}
