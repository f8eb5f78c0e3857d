package tools

import (
	"os"
	"slices"
	"testing"

	"kaneo-mcp/goldenfile"
)

// golden compares what a model reads with testdata/<name>.
func golden(t *testing.T, name, got string) {
	t.Helper()
	goldenfile.Compare(t, name, got+"\n")
}

// nothingElse finds golden files in a folder of testdata that no test reads any more.
func nothingElse(t *testing.T, folder string, read []string) {
	t.Helper()
	files, err := os.ReadDir("testdata/" + folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !slices.Contains(read, file.Name()) {
			t.Errorf("testdata/%s/%s is read by no test: delete it", folder, file.Name())
		}
	}
}
