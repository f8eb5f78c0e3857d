package auth

import (
	"slices"
	"time"
)

const (
	codesPerWindow = 3
	codeWindow     = 10 * time.Minute
	coolDown       = time.Minute // after a person's "no"
)

// record is what the processes of one person know of each other's sign-in: the code that is shown, and what was asked
// for lately. The process that leads writes it. It never holds a device code.
type record struct {
	identity
	Flow     string    `json:"flow"`
	UserCode string    `json:"userCode,omitempty"`
	URL      string    `json:"url,omitempty"`
	Expires  time.Time `json:"expiresAt,omitzero"`
	Ended    Reason    `json:"ended,omitempty"` // empty: live, or its process died
	past
}

// past limits how many codes are shown.
type past struct {
	Codes  []time.Time `json:"codes,omitempty"` // when they were asked for, at most codeWindow ago
	Denied time.Time   `json:"deniedAt,omitzero"`
}

// readRecord returns the record: zero when there is none that can be used.
func (sl *slot) readRecord() record {
	var found record
	if sl.dir == "" || readJSON(sl.recordPath(), &found) != nil || found.identity != sl.identity {
		return record{}
	}
	return found
}

// writeRecord shares the record. It is a service to other processes: the sign-in of this one goes on without it.
func (sl *slot) writeRecord(r record) {
	r.identity = sl.identity
	err := sl.makeFolder()
	if err == nil {
		err = writeJSON(sl.recordPath(), r)
	}
	if err != nil {
		sl.log.Debug().Str("cause", bareCause(err)).Msg("the sign-in cannot be shared with other processes")
	}
}

// and joins what this process knows with what another wrote.
func (p past) and(other past) past {
	codes := slices.Concat(p.Codes, other.Codes)
	slices.SortFunc(codes, time.Time.Compare)
	joined := past{Codes: slices.CompactFunc(codes, time.Time.Equal), Denied: p.Denied}
	if other.Denied.After(p.Denied) {
		joined.Denied = other.Denied
	}
	return joined
}

// since forgets what limits nothing any more. A time in the future comes from a clock that was wrong.
func (p past) since(now time.Time) past {
	old := func(t time.Time) bool { return t.After(now) || now.Sub(t) >= codeWindow }
	p.Codes = slices.DeleteFunc(slices.Clone(p.Codes), old)
	if p.Denied.After(now) || now.Sub(p.Denied) >= coolDown {
		p.Denied = time.Time{}
	}
	return p
}

// cooling is what is left of the time without codes after a denial.
func (p past) cooling(now time.Time) time.Duration {
	if denied := p.since(now).Denied; !denied.IsZero() {
		return coolDown - now.Sub(denied)
	}
	return 0
}

// full is how long no code may be asked for because there were too many.
func (p past) full(now time.Time) time.Duration {
	codes := p.since(now).Codes
	if len(codes) < codesPerWindow {
		return 0
	}
	return codeWindow - now.Sub(codes[len(codes)-codesPerWindow])
}
