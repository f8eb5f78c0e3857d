package auth

import (
	"context"
	"errors"
	"time"

	"github.com/gofrs/flock"
)

const (
	lockRetry    = 20 * time.Millisecond
	lockPatience = 5 * time.Second // a token's lock is held for one small write
)

// lockToken waits for the lock that guards writes of the token's file. Where there can be none, or its holder hangs,
// the write goes on: it is one step anyway.
func (sl *slot) lockToken(ctx context.Context) (unlock func()) {
	if _, err := regular(sl.tokenLock()); err != nil {
		return func() {}
	}
	ctx, cancel := context.WithTimeout(ctx, lockPatience)
	defer cancel()
	lock := flock.New(sl.tokenLock())
	_, _ = lock.TryLockContext(ctx, lockRetry)
	return func() { _ = lock.Unlock() }
}

// lead tries to become the process that shows a code. It is one when the lock is free, or when there can be no lock:
// then there is no other process to agree with either. The lock dies with its process.
func (sl *slot) lead() (unlock func(), leading bool) {
	lock, err := sl.tryRecordLock()
	switch {
	case errors.Is(err, errHeld):
		return nil, false
	case err != nil:
		return func() {}, true
	}
	return func() { _ = lock.Unlock() }, true
}

var errHeld = errors.New("another process leads")

func (sl *slot) tryRecordLock() (*flock.Flock, error) {
	if err := sl.makeFolder(); err != nil {
		return nil, err
	}
	if _, err := regular(sl.recordLock()); err != nil {
		return nil, err
	}
	lock := flock.New(sl.recordLock())
	locked, err := lock.TryLock()
	if err == nil && !locked {
		return nil, errHeld
	}
	return lock, err
}
