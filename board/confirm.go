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

// confirmTime is how long a code is good for, to the minute that has begun.
const confirmTime = 10 * time.Minute

// confirm checks a code, or gives one out. A code depends on what it is for and on the time alone, so that it also holds
// from one process to the next. It guards against haste, not against malice.
func (d *Desk) confirm(code string, ids ...string) (Confirmation, error) {
	minute := d.now().Unix() / int64(time.Minute/time.Second)
	if code = strings.TrimSpace(code); code == "" {
		return Confirmation{Code: confirmationCode(minute, ids)}, nil
	}
	for age := range 1 + int64(confirmTime/time.Minute) {
		if code == confirmationCode(minute-age, ids) {
			return Confirmation{Code: code, Given: true}, nil
		}
	}
	return Confirmation{}, mistakef("That confirmation is not for this, or not for what it would be now, or has run out (after 10 minutes). Nothing was deleted or changed. Call without confirm to get a new one.")
}

func confirmationCode(minute int64, ids []string) string {
	sum := sha256.Sum256([]byte(strconv.FormatInt(minute, 10) + " " + strings.Join(slices.Sorted(slices.Values(ids)), " ")))
	return hex.EncodeToString(sum[:4])
}
