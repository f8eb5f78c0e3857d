package board_test

import (
	"testing"
	"time"

	"kaneo-mcp/board"
)

// deskAt is a desk without a Kaneo, at a local time.
func deskAt(t testing.TB, zone, local string) *board.Desk {
	t.Helper()
	z, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", local, z)
	if err != nil {
		t.Fatal(err)
	}
	return board.New(board.Options{Zone: z, Now: func() time.Time { return at.UTC() }})
}

func TestDates(t *testing.T) {
	t.Parallel()
	tests := []struct{ zone, now, text, want string }{
		{"Europe/Berlin", "2026-11-24 10:00", "2026-12-01", "2026-12-01T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "2026-07-01", "2026-07-01T00:00:00+02:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "2028-02-29", "2028-02-29T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", " 2026-12-01T15:30:00Z ", "2026-12-01T15:30:00Z"},
		{"Europe/Berlin", "2026-11-24 10:00", "2026-12-01t15:30:00.5-05:00", "2026-12-01T15:30:00.5-05:00"},
		{"Europe/Berlin", "2026-11-24 00:00", "today", "2026-11-24T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 23:59", "Today", "2026-11-24T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "now", "2026-11-24T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "tomorrow", "2026-11-25T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "yesterday", "2026-11-23T00:00:00+01:00"},
		{"Europe/Berlin", "2026-12-31 10:00", "tomorrow", "2027-01-01T00:00:00+01:00"},
		{"Asia/Tokyo", "2026-11-25 01:00", "today", "2026-11-25T00:00:00+09:00"},             // still the 24th in UTC
		{"America/Los_Angeles", "2026-11-24 20:00", "tomorrow", "2026-11-25T00:00:00-08:00"}, // the 25th in UTC
		{"Asia/Kathmandu", "2026-11-24 10:00", "+1d", "2026-11-25T00:00:00+05:45"},

		// A Tuesday.
		{"Europe/Berlin", "2026-11-24 10:00", "friday", "2026-11-27T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "fri", "2026-11-27T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "this friday", "2026-11-27T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "on Friday", "2026-11-27T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "next friday", "2026-12-04T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "tuesday", "2026-12-01T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "next monday", "2026-11-30T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "sunday", "2026-11-29T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "sat", "2026-11-28T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "next sunday", "2026-12-06T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "next week", "2026-12-01T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "end of week", "2026-11-27T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-29 10:00", "next monday", "2026-11-30T00:00:00+01:00"}, // on a Sunday
		{"Europe/Berlin", "2026-11-27 10:00", "friday", "2026-12-04T00:00:00+01:00"},      // on a Friday
		{"Europe/Berlin", "2026-11-27 10:00", "end of the week", "2026-11-27T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-28 10:00", "end of week", "2026-12-04T00:00:00+01:00"}, // on a Saturday
		{"Europe/Berlin", "2026-11-28 10:00", "end of this week", "2026-12-04T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-28 10:00", "1970-01-01", "1970-01-01T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-28 10:00", "2200-12-31", "2200-12-31T00:00:00+01:00"},

		{"Europe/Berlin", "2026-11-24 10:00", "in 3 days", "2026-11-27T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "3d", "2026-11-27T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "+2w", "2026-12-08T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "2 weeks ago", "2026-11-10T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "-1m", "2026-10-24T00:00:00+02:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "in 1 year", "2027-11-24T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "+0d", "2026-11-24T00:00:00+01:00"},

		// Ends of months.
		{"Europe/Berlin", "2026-01-31 10:00", "next month", "2026-02-28T00:00:00+01:00"},
		{"Europe/Berlin", "2028-01-31 10:00", "+1m", "2028-02-29T00:00:00+01:00"},
		{"Europe/Berlin", "2026-10-31 10:00", "in 4 months", "2027-02-28T00:00:00+01:00"},
		{"Europe/Berlin", "2028-02-29 10:00", "+1y", "2029-02-28T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "end of month", "2026-11-30T00:00:00+01:00"},
		{"Europe/Berlin", "2026-12-31 10:00", "end of the month", "2026-12-31T00:00:00+01:00"},

		// As people say it.
		{"Europe/Berlin", "2026-11-24 10:00", "in two weeks", "2026-12-08T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "a month ago", "2026-10-24T00:00:00+02:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "Friday next week", "2026-12-04T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "tonight", "2026-11-24T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "the end of next month", "2026-12-31T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "end of next week", "2026-12-04T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "end of the quarter", "2026-12-31T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "beginning of next quarter", "2027-01-01T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "end of year", "2026-12-31T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "end of January", "2027-01-31T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "start of december", "2026-12-01T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "15 dec", "2026-12-15T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "the 3rd of December", "2026-12-03T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "december 1st", "2026-12-01T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "Jan 7", "2027-01-07T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "May 1, 2028", "2028-05-01T00:00:00+02:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "30.11.", "2026-11-30T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "1.2.2027", "2027-02-01T00:00:00+01:00"},
		{"Europe/Berlin", "2026-11-24 10:00", "24 november", "2026-11-24T00:00:00+01:00"},

		// Clocks go back in Berlin on 25 October, forward on 29 March.
		{"Europe/Berlin", "2026-10-25 12:00", "today", "2026-10-25T00:00:00+02:00"},
		{"Europe/Berlin", "2026-10-25 12:00", "tomorrow", "2026-10-26T00:00:00+01:00"},
		{"Europe/Berlin", "2026-03-28 23:30", "+2d", "2026-03-30T00:00:00+02:00"},

		// In these zones a day of the year begins at one o'clock.
		{"America/Santiago", "2026-09-05 12:00", "tomorrow", "2026-09-06T01:00:00-03:00"},
		{"America/Santiago", "2026-09-06 12:00", "today", "2026-09-06T01:00:00-03:00"},
		{"America/Santiago", "2026-09-06 12:00", "monday", "2026-09-07T00:00:00-03:00"},
		{"America/Santiago", "2026-09-06 12:00", "2026-09-06", "2026-09-06T01:00:00-03:00"},
		{"Africa/Cairo", "2026-04-23 12:00", "friday", "2026-04-24T01:00:00+03:00"},
	}
	for _, tt := range tests {
		t.Run(tt.zone+" "+tt.now+" "+tt.text, func(t *testing.T) {
			t.Parallel()
			got, err := deskAt(t, tt.zone, tt.now).Date(tt.text)
			if s := got.Format(time.RFC3339Nano); err != nil || s != tt.want {
				t.Errorf("%s, %v, want %s", s, err, tt.want)
			}
		})
	}
}

func TestWhatIsNoDate(t *testing.T) {
	t.Parallel()
	desk := deskAt(t, "Europe/Berlin", "2026-11-24 10:00")
	tests := map[string]string{
		"": "No date", " ": "No date", "soon": "No date", "2026-02-30": "No date", "2026-13-01": "No date", "01/02/2026": "No date",
		"1": "No date", "12": "No date", "2026": "No date", "32 fridays": "No date", "in 99999 days": "No date", "next": "No date",
		"+w": "No date", "in  days": "No date", "2026-12-01 15:00": "No date", "fr": "No date", "día": "No date",
		"february 29": "No date", "31 november": "No date", "end of soon": "No date", "end of": "No date", "december": "No date",
		"two": "No date", "32.1.": "No date",
		"1969-12-31": "year 1969", "2201-01-01": "year 2201", "0001-01-01": "year 1 ", "+9999y": "out of range",
		"2300-01-01T00:00:00Z": "year 2300", "-900y": "out of range",
	}
	for text, want := range tests {
		_, err := desk.Date(text)
		says(t, err, want)
	}
}

func TestDayAndMinute(t *testing.T) {
	t.Parallel()
	desk := deskAt(t, "Asia/Tokyo", "2026-11-25 01:00")
	at := time.Date(2026, 11, 24, 16, 5, 0, 0, time.UTC)
	if got := desk.Day(at) + ", " + desk.Minute(at) + desk.Day(time.Time{}); got != "2026-11-25, 2026-11-25 01:05" {
		t.Error(got)
	}
	if got := desk.Today(); !got.Equal(at.Add(-65 * time.Minute)) {
		t.Error(got)
	}
}

// FuzzDate wants a day in range that reads as itself, or an error for the reader, and never a panic.
func FuzzDate(f *testing.F) {
	for _, seed := range []string{"2026-12-01", "friday", "next fri", "+2w", "in 3 days", "-1m ago", "9999y", "2026-12-01T00:00:00Z", "\x00", "½d",
		"end of next month", "3rd of december", "30.11."} {
		f.Add(seed)
	}
	desks := []*board.Desk{deskAt(f, "Europe/Berlin", "2026-11-24 10:00"), deskAt(f, "America/Santiago", "2026-09-05 12:00")}
	f.Fuzz(func(t *testing.T, text string) {
		for _, desk := range desks {
			got, err := desk.Date(text)
			if err != nil {
				says(t, err)
				continue
			}
			if again, err := desk.Date(desk.Day(got)); err != nil || desk.Day(again) != desk.Day(got) {
				t.Errorf("%q is %v, which is %v, %v", text, got, again, err)
			}
		}
	})
}
