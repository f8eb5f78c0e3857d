package sandbox

import (
	"crypto/rand"
	"strings"
)

const (
	lower    = "abcdefghijklmnopqrstuvwxyz"
	digits   = "0123456789"
	upper    = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	letters  = lower + upper
	alphanum = letters + digits
)

// boardID names a project, task, column, label, activity, relation, time entry,
// notification or rule (kaneo-api.md §2).
func boardID() string { return pick(lower, 1) + pick(lower+digits, 23) }

// accountID names a user, workspace, member, invitation, session, key or team.
func accountID() string { return pick(alphanum, 32) }

// pick draws n characters.
func pick(alphabet string, n int) string {
	var b strings.Builder
	raw := make([]byte, 1)
	limit := byte(256 - 256%len(alphabet)) // even odds for every character
	for b.Len() < n {
		_, _ = rand.Read(raw) // never fails: crypto/rand ends the program instead
		if limit == 0 || raw[0] < limit {
			b.WriteByte(alphabet[int(raw[0])%len(alphabet)])
		}
	}
	return b.String()
}
