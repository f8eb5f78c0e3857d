package board

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// turnRetry is the time between two looks at a lock that another process holds: a turn lasts for a few requests.
const turnRetry = 5 * time.Millisecond

// turnLocks are files whose locks are turns among processes. The system frees the locks of a process that dies.
type turnLocks struct {
	folder  string
	trouble func(error)

	troubled sync.Once
}

// stripeOf is what a task shares with one in 256 others: so there are never more files than that, and their names tell
// nothing. The instance does not count: ids are random, and one Kaneo may go by several addresses.
func stripeOf(taskID string) string {
	sum := sha256.Sum256([]byte(taskID))
	return hex.EncodeToString(sum[:1])
}

// lock waits for the lock of a stripe; its error is the context's. Without locks, as in a home that is read-only, the work
// goes on.
func (l *turnLocks) lock(ctx context.Context, stripe string) (unlock func(), err error) {
	if l == nil {
		return func() {}, nil
	}
	lock := flock.New(filepath.Join(l.folder, stripe), flock.SetPermissions(0o600))
	err = os.MkdirAll(l.folder, 0o700)
	if err == nil {
		_, err = lock.TryLockContext(ctx, turnRetry)
	}
	if err != nil && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		l.troubled.Do(func() { l.trouble(pathless(err)) })
	}
	return func() { _ = lock.Unlock() }, nil
}
