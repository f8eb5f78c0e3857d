package sandbox

import "slices"

// table keeps rows in the order they were made.
type table[R any] struct {
	ids  []string
	rows map[string]*R
}

func newTable[R any]() *table[R] { return &table[R]{rows: map[string]*R{}} }

// put adds a row, or replaces the one of that id in its place.
func (t *table[R]) put(id string, row *R) *R {
	if _, known := t.rows[id]; !known {
		t.ids = append(t.ids, id)
	}
	t.rows[id] = row
	return row
}

// get is nil for an unknown id.
func (t *table[R]) get(id string) *R { return t.rows[id] }

func (t *table[R]) drop(id string) {
	if _, known := t.rows[id]; known {
		delete(t.rows, id)
		t.ids = slices.DeleteFunc(t.ids, func(other string) bool { return other == id })
	}
}

// dropAll removes what matches, and says how many rows that were.
func (t *table[R]) dropAll(match func(*R) bool) int {
	before := len(t.ids)
	t.ids = slices.DeleteFunc(t.ids, func(id string) bool {
		gone := match(t.rows[id])
		if gone {
			delete(t.rows, id)
		}
		return gone
	})
	return before - len(t.ids)
}

// where lists the matching rows, oldest first; never nil, so that it encodes as [].
func (t *table[R]) where(match func(*R) bool) []*R {
	found := []*R{}
	for _, id := range t.ids {
		if row := t.rows[id]; match(row) {
			found = append(found, row)
		}
	}
	return found
}

// first is the oldest matching row, or nil.
func (t *table[R]) first(match func(*R) bool) *R {
	for _, id := range t.ids {
		if row := t.rows[id]; match(row) {
			return row
		}
	}
	return nil
}

func (t *table[R]) len() int { return len(t.ids) }
