package board

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// Bounds of a journal's file. When it has grown beyond the most it is cut to the newest entries.
const (
	mostJournalBytes = 2 << 20
	keptJournalBytes = 1 << 20
	keptEntries      = 1_000
)

const (
	journalLockRetry    = 10 * time.Millisecond
	journalLockPatience = 2 * time.Second // it is held for one small write
)

// JournalFile is a [Journal] in a file of JSON lines, for its owner only, that several processes share.
type JournalFile struct {
	path    string
	trouble func(error)

	writing  sync.Mutex // one at a time: the lock is for other processes
	troubled sync.Once
}

// NewJournalFile names the file in a folder that belongs to one instance of Kaneo, told by the address of its API. The file is
// created when there is something to write. trouble is told once when it cannot be written.
func NewJournalFile(folder, instance string, trouble func(error)) *JournalFile {
	sum := sha256.Sum256([]byte(strings.TrimSuffix(instance, "/")))
	return &JournalFile{path: filepath.Join(folder, "journal-"+hex.EncodeToString(sum[:6])+".jsonl"), trouble: trouble}
}

// Append adds an entry as one line. It does not end with the call that it is about: what was written is to be on record.
func (j *JournalFile) Append(ctx context.Context, e Entry) {
	if err := j.append(context.WithoutCancel(ctx), e); err != nil {
		j.complain(err)
	}
}

// complain tells of trouble once: a file system that is read-only stays so.
func (j *JournalFile) complain(err error) {
	j.troubled.Do(func() { j.trouble(pathless(err)) })
}

func (j *JournalFile) append(ctx context.Context, e Entry) error {
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	j.writing.Lock()
	defer j.writing.Unlock()
	if err := os.MkdirAll(filepath.Dir(j.path), 0o700); err != nil {
		return err
	}
	unlock, err := j.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	size, err := j.write(line)
	if err != nil || size <= mostJournalBytes {
		return err
	}
	return j.cut()
}

var errJournalLocked = errors.New("another process holds its lock")

func (j *JournalFile) lock(ctx context.Context) (unlock func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, journalLockPatience)
	defer cancel()
	lock := flock.New(j.path+".lock", flock.SetPermissions(0o600))
	locked, err := lock.TryLockContext(ctx, journalLockRetry)
	if errors.Is(err, context.DeadlineExceeded) || err == nil && !locked {
		return nil, errJournalLocked
	}
	return func() { _ = lock.Unlock() }, err
}

// write appends a line in one write, below a line that a crash may have left unfinished, and says how large the file is.
func (j *JournalFile) write(line []byte) (size int64, err error) {
	file, err := os.OpenFile(j.path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	if size = info.Size(); size > 0 {
		last := make([]byte, 1)
		if _, err := file.ReadAt(last, size-1); err != nil {
			return size, err
		}
		if last[0] != '\n' {
			line = slices.Concat([]byte{'\n'}, line)
		}
	}
	n, err := file.Write(append(line, '\n'))
	return size + int64(n), err
}

// cut keeps the newest lines, in one step: a reader, or a crash, meets the old file or the new.
func (j *JournalFile) cut() error {
	lines, err := j.lines()
	if err != nil {
		return err
	}
	size, from := 0, len(lines)
	for from > max(0, len(lines)-keptEntries) && size+len(lines[from-1]) < keptJournalBytes {
		from--
		size += len(lines[from]) + 1
	}
	temp, err := os.CreateTemp(filepath.Dir(j.path), filepath.Base(j.path)+".*.tmp") // mode 0600
	if err != nil {
		return err
	}
	_, err = temp.Write(append(bytes.Join(lines[from:], []byte{'\n'}), '\n'))
	if err = errors.Join(err, temp.Close()); err == nil {
		err = os.Rename(temp.Name(), j.path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp.Name()))
	}
	return nil
}

// lines are those of the file, oldest first; none when there is no file.
func (j *JournalFile) lines() ([][]byte, error) {
	file, err := os.Open(j.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, 2*mostJournalBytes))
	return bytes.Split(bytes.TrimSpace(text), []byte{'\n'}), err
}

// Entries reads the newest entries.
func (j *JournalFile) Entries(most int) ([]Entry, error) {
	lines, err := j.lines()
	if err != nil {
		return nil, mistakef("The journal of changes cannot be read: %v.", pathless(err))
	}
	return newest(lines, most), nil
}

// newest reads lines from the last one on. One that makes no sense, such as one that a crash cut off, is passed over.
func newest(lines [][]byte, most int) []Entry {
	var entries []Entry
	for _, line := range slices.Backward(lines) {
		var e Entry
		if json.Unmarshal(line, &e) == nil && e.Call != "" {
			entries = append(entries, e)
		}
		if len(entries) >= most {
			break
		}
	}
	return entries
}

// pathless is a file error without the path.
func pathless(err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err
	}
	return err
}
