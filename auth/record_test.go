package auth

import (
	"testing"
	"time"
)

func TestWhatLimitsCodes(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		ages []time.Duration // of the codes, the oldest first
		full time.Duration   // what is left of the wait
	}{
		"none":           {nil, 0},
		"two":            {[]time.Duration{time.Minute, 0}, 0},
		"three":          {[]time.Duration{9 * time.Minute, time.Minute, 0}, time.Minute},
		"four":           {[]time.Duration{9 * time.Minute, 8 * time.Minute, time.Minute, 0}, 2 * time.Minute},
		"one is old":     {[]time.Duration{codeWindow, time.Minute, 0}, 0},
		"a clock's slip": {[]time.Duration{time.Minute, 0, -time.Hour}, 0},
	} {
		var p past
		for _, age := range test.ages {
			p.Codes = append(p.Codes, now.Add(-age))
		}
		if got := p.full(now); got != test.full {
			t.Errorf("%s: %s, want %s", name, got, test.full)
		}
	}
	for ago, left := range map[time.Duration]time.Duration{0: coolDown, coolDown / 4: coolDown * 3 / 4, coolDown: 0, -time.Hour: 0} {
		if got := (past{Denied: now.Add(-ago)}).cooling(now); got != left {
			t.Errorf("denied %s ago: %s, want %s", ago, got, left)
		}
	}
}
