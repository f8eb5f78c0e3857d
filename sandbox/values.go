package sandbox

import (
	"encoding/json"
	"time"
)

// stamp is a point in time; the zero one is null.
type stamp struct{ time.Time }

// wireTime is how Kaneo writes every timestamp (kaneo-api.md §2).
const wireTime = "2006-01-02T15:04:05.000Z"

func (s stamp) String() string { return s.UTC().Format(wireTime) }

// MarshalJSON writes RFC 3339 in milliseconds, or null.
func (s stamp) MarshalJSON() ([]byte, error) {
	if s.IsZero() {
		return []byte("null"), nil
	}
	return []byte(`"` + s.String() + `"`), nil
}

func (s stamp) plus(d time.Duration) stamp { return stamp{s.Add(d)} }

// ref is an id, or null when empty.
type ref string

// MarshalJSON writes the id, or null.
func (r ref) MarshalJSON() ([]byte, error) {
	if r == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(r))
}

// told is a text that may be null and, unlike ref, may also be empty.
func told(s string) *string { return &s }
