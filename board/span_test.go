package board_test

import (
	"testing"
	"time"

	"kaneo-mcp/board"
)

func TestSpans(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"1h30m": 90 * time.Minute, "1h 30m": 90 * time.Minute, "90m": 90 * time.Minute, "1.5h": 90 * time.Minute, "1,5h": 90 * time.Minute,
		"1:30": 90 * time.Minute, " 2 Hours ": 2 * time.Hour, "45 min": 45 * time.Minute, "1h30": 90 * time.Minute, "24h": 24 * time.Hour,
	} {
		if got, err := board.Span(text); err != nil || got != want {
			t.Errorf("%q is %v, %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "0m", "0h", "25h", "90", "h", "m", "-1h", "1d", "soon", "99999999999999999999h", "24:01"} {
		if got, err := board.Span(text); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}
