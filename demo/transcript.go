package demo

import (
	"fmt"
	"io"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
)

// transcript prints what a host and a server say to each other.
type transcript struct{ out io.Writer }

// say tells the reader something, in a paragraph of its own.
func (t transcript) say(format string, args ...any) {
	_, _ = fmt.Fprintf(t.out, format+"\n\n", args...)
}

// request shows what the host sends.
func (t transcript) request(what string) { _, _ = fmt.Fprintln(t.out, "→ "+what) }

// answer shows what came back, set in.
func (t transcript) answer(text string) {
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		_, _ = fmt.Fprintln(t.out, strings.TrimRight("  "+line, " "))
	}
	_, _ = fmt.Fprintln(t.out)
}

// TextOf is what a model reads of a result.
func TextOf(result *mcp.CallToolResult) string {
	var texts []string
	for _, content := range result.Content {
		if text, ok := mcp.AsTextContent(content); ok {
			texts = append(texts, text.Text)
		}
	}
	return strings.Join(texts, "\n")
}
