package board

import (
	"context"
	"encoding/json"
	"sync"
)

// mostMemory bounds what a [MemoryJournal] keeps, in bytes: a server for a team has one for each caller.
const mostMemory = 256 << 10

// MemoryJournal is a [Journal] that ends with the process, for those who have no file. Its zero value is empty.
type MemoryJournal struct {
	mu    sync.Mutex
	lines [][]byte // as in a file, oldest first
	size  int
}

// Append adds an entry, and drops the oldest where there is no more room.
func (j *MemoryJournal) Append(_ context.Context, e Entry) {
	line, err := json.Marshal(e)
	if err != nil {
		return // strings and times always encode
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.lines, j.size = append(j.lines, line), j.size+len(line)
	for j.size > mostMemory {
		j.size -= len(j.lines[0])
		j.lines = j.lines[1:]
	}
}

// Entries are the newest ones, newest first.
func (j *MemoryJournal) Entries(most int) ([]Entry, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return newest(j.lines, most), nil
}
