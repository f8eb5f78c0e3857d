package board

import (
	"fmt"
	"sync"
)

// taskIDs remembers which task a number is. Numbers are never given twice (kaneo-api.md §12.20), so an entry can only
// become empty, not wrong.
type taskIDs struct {
	mu sync.Mutex
	id map[string]string
}

func newTaskIDs() *taskIDs { return &taskIDs{id: make(map[string]string)} }

func (t *taskIDs) get(projectID string, number int) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.id[numberKey(projectID, number)]
}

func (t *taskIDs) put(projectID string, number int, id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.id[numberKey(projectID, number)] = id
}

func (t *taskIDs) drop(projectID string, number int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.id, numberKey(projectID, number))
}

// forget drops everything: another person may not see the same tasks.
func (t *taskIDs) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	clear(t.id)
}

func numberKey(projectID string, number int) string { return fmt.Sprintf("%s/%d", projectID, number) }
