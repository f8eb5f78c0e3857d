package board

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Confirmation is the second step of something that cannot be undone. The first call gets a code for exactly these
// things; only a call that repeats it goes through.
type Confirmation struct {
	Code  string // to be repeated
	Given bool   // it was repeated: go on
}

// confirmWindow is how long a code is good for, at least; at most twice as long.
const confirmWindow = 10 * time.Minute

// confirm checks a code, or gives one out. A code depends on what it is for and on the time alone, so that it also holds
// from one process to the next. It guards against haste, not against malice.
func (d *Desk) confirm(code string, ids ...string) (Confirmation, error) {
	window := d.now().Unix() / int64(confirmWindow/time.Second)
	current := confirmationCode(window, ids)
	switch code = strings.TrimSpace(code); code {
	case "":
		return Confirmation{Code: current}, nil
	case current, confirmationCode(window-1, ids):
		return Confirmation{Code: code, Given: true}, nil
	}
	return Confirmation{}, mistakef("That confirmation is not for this, or not for what it would be now, or has run out (after 10 minutes). Nothing was deleted or changed. Call without confirm to get a new one.")
}

func confirmationCode(window int64, ids []string) string {
	sum := sha256.Sum256([]byte(strconv.FormatInt(window, 10) + " " + strings.Join(slices.Sorted(slices.Values(ids)), " ")))
	return hex.EncodeToString(sum[:4])
}
