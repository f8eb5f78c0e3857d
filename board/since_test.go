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
		"last month": "2026-10-01 00:00", "this quarter": "2026-10-01 00:00", "October": "2026-10-01 00:00", "3 november": "2026-11-03 00:00",
		"two weeks ago": "2026-11-10 00:00", "in the last 7 days": "2026-11-17 00:00", "past two weeks": "2026-11-10 00:00",
		"start of october": "2026-10-01 00:00", "end of last week": "2026-11-20 00:00",
		"-1w": "2026-11-17 00:00", "1w": "2026-11-17 00:00", "3 days ago": "2026-11-21 00:00", "2 days": "2026-11-22 00:00",
		"4h": "2026-11-24 06:00", "-90m": "2026-11-24 08:30", "2026-11-24T08:00:00+01:00": "2026-11-24 08:00",
	} {
		if got, err := desk.Since(text); err != nil || desk.Minute(got) != want {
			t.Errorf("%s: %s, %v; want %s", text, desk.Minute(got), err, want)
		}
	}
	for _, text := range []string{"", "tomorrow", "+1w", "in 3 days", "2027-01-01", "1 jan 2027", "end of this month", "soon"} {
		if got, err := desk.Since(text); err == nil {
			t.Errorf("%q: %s", text, desk.Minute(got))
		}
	}
}

// TestPeriod is at the same time: what ends a period is meant whole.
func TestPeriod(t *testing.T) {
	t.Parallel()
	desk := newOffice(t).desk(t, "owner")
	for _, tt := range [][3]string{
		{"", "", "2026-11-23 00:00 to 2026-11-24 10:00"},
		{"last week", "", "2026-11-16 00:00 to 2026-11-24 10:00"},
		{"last week", "last week", "2026-11-16 00:00 to 2026-11-22 23:59"},
		{"last month", "last month", "2026-10-01 00:00 to 2026-10-31 23:59"},
		{"monday", "monday", "2026-11-23 00:00 to 2026-11-23 23:59"},
		{"-3d", "2026-11-22T12:00:00+01:00", "2026-11-21 00:00 to 2026-11-22 12:00"},
	} {
		p, err := desk.Period(tt[0], tt[1])
		if got := desk.Minute(p.From) + " to " + desk.Minute(p.Until); err != nil || got != tt[2] {
			t.Errorf("%q until %q: %s, %v; want %s", tt[0], tt[1], got, err, tt[2])
		}
	}
}
