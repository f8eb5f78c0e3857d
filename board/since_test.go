package board_test

import "testing"

// TestSince is on Tuesday, 24 November 2026, at ten in Berlin.
func TestSince(t *testing.T) {
	t.Parallel()
	desk := newOffice(t).desk(t, "owner")
	for text, want := range map[string]string{
		"2026-11-20": "2026-11-20 00:00", "yesterday": "2026-11-23 00:00", "today": "2026-11-24 00:00",
		"monday": "2026-11-23 00:00", "Tuesday": "2026-11-24 00:00", "last tuesday": "2026-11-17 00:00",
		"wed": "2026-11-18 00:00", "this week": "2026-11-23 00:00", "last week": "2026-11-16 00:00",
		"-1w": "2026-11-17 00:00", "1w": "2026-11-17 00:00", "3 days ago": "2026-11-21 00:00", "2 days": "2026-11-22 00:00",
		"4h": "2026-11-24 06:00", "-90m": "2026-11-24 08:30", "2026-11-24T08:00:00+01:00": "2026-11-24 08:00",
	} {
		if got, err := desk.Since(text); err != nil || desk.Minute(got) != want {
			t.Errorf("%s: %s, %v; want %s", text, desk.Minute(got), err, want)
		}
	}
	for _, text := range []string{"", "tomorrow", "+1w", "in 3 days", "2027-01-01", "soon"} {
		if got, err := desk.Since(text); err == nil {
			t.Errorf("%q: %s", text, desk.Minute(got))
		}
	}
}
