package tools

import (
	"testing"

	"kaneo-mcp/goldenfile"
)

// golden compares what a model reads with testdata/<name>.
func golden(t *testing.T, name, got string) {
	t.Helper()
	goldenfile.Compare(t, name, got+"\n")
}
