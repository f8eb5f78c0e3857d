package server

import (
	"testing"
	"time"
)

// TestSeals: a state opens where it was made, and at a replica that serves the same caller.
func TestSeals(t *testing.T) {
	t.Parallel()
	now := time.Now()
	for name, test := range map[string]struct {
		made, met string // what is shared
		want      bool
	}{
		"a replica":       {"secret\x00ada", "secret\x00ada", true},
		"another caller":  {"secret\x00ada", "secret\x00bob", false},
		"another secret":  {"secret\x00ada", "other\x00ada", false},
		"nothing shared":  {"", "", false},
		"only one shares": {"", "secret\x00ada", false},
	} {
		state, err := newSeal(test.made).close(asked{About: "x", Expires: now.Add(time.Minute)})
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := newSeal(test.met).open(turn{state: state}, now); ok != test.want {
			t.Errorf("%s: %v", name, ok)
		}
	}
}
