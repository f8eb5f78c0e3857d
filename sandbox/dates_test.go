package sandbox

import "testing"

func TestReadDate(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2026-12-01":                    "2026-12-01T00:00:00.000Z",
		"2026-12-24T18:00:00+02:00":     "2026-12-24T16:00:00.000Z",
		"2026-12-24T16:00:00.123456Z":   "2026-12-24T16:00:00.123Z",
		"2026-12-24T16:00":              "2026-12-24T16:00:00.000Z",
		"12/25/2026":                    "2026-12-25T00:00:00.000Z",
		"1":                             "2001-01-01T00:00:00.000Z",
		"Thu, 24 Dec 2026 16:00:00 GMT": "2026-12-24T16:00:00.000Z",
		"tomorrow":                      "",
		"2026-13-01":                    "",
		"":                              "",
	} {
		got, readable := readDate(text)
		if readable != (want != "") || readable && got.String() != want {
			t.Errorf("%q: %v (%v), want %q", text, got, readable, want)
		}
	}
}
