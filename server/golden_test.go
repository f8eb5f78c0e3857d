package server

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files under testdata")

// golden compares what a model reads with testdata/<name>. With -update it writes the file instead.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", filepath.FromSlash(name))
	if *update {
		rewrite(t, path, got)
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; go test ./server -update writes it", err)
	}
	if diff := cmp.Diff(string(want), got+"\n"); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func rewrite(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
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
