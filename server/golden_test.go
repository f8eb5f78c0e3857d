package server

import (
	"regexp"
	"testing"

	"kaneo-mcp/goldenfile"
)

// golden compares what a model reads with testdata/<name>.
func golden(t *testing.T, name, got string) {
	t.Helper()
	goldenfile.Compare(t, name, got+"\n")
}

// What is different each time: a user code, a guest's name, the token's file.
var (
	anyUserCode  = regexp.MustCompile(`\b[A-HJ-NP-Z2-9]{8}\b`)
	anyGuestMail = regexp.MustCompile(`<[^<>@\s]+@[^<>\s]+>`)
	anyFile      = regexp.MustCompile(`/\S+\.json`)
)

// steady takes out of an answer what is different each time.
func steady(text string) string {
	text = anyUserCode.ReplaceAllStringFunc(text, func(word string) string {
		if word == "REQUIRED" {
			return word
		}
		return "<code>"
	})
	return anyFile.ReplaceAllString(text, "<file>")
}
