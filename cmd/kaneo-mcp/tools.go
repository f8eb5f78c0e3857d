package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/spf13/cobra"

	"kaneo-mcp/server"
	"kaneo-mcp/tools"
)

func (p program) toolsCommand() *cobra.Command {
	var markdown bool
	cmd := p.plain("tools", "Lists what an agent can do", func(_ context.Context, c console) error {
		if markdown {
			c.say("%s", toolTable())
		} else {
			c.say("%s", toolList())
		}
		return nil
	})
	cmd.Flags().BoolVar(&markdown, "markdown", false, "as a Markdown table")
	return cmd
}

// listing is every tool as hosts see it.
func listing() []mcp.Tool { return server.Listing(tools.New(nil)) }

func toolList() string {
	var rows []string
	for _, t := range listing() {
		rows = append(rows, fmt.Sprintf("%s\n    %s", t.Name, t.Description))
	}
	return strings.Join(rows, "\n")
}

func toolNames() string {
	var names []string
	for _, t := range listing() {
		names = append(names, t.Name)
	}
	return strings.Join(names, ", ")
}

func toolTable() string {
	toolsets := make(map[string]string)
	for _, set := range tools.Toolsets() {
		for _, t := range set.Tools {
			toolsets[t.Name] = set.Name
		}
	}
	rows := [][]string{{"Toolset", "Tool", "Effect", "What it does"}}
	for _, t := range listing() {
		set, there := toolsets[t.Name]
		if !there {
			set = "sign-in"
		}
		rows = append(rows, []string{set, "`" + t.Name + "`", effect(t.Annotations), t.Description})
	}
	return markdownTable(rows)
}

// effect is what the annotations of a tool say to hosts, in a word.
func effect(a mcp.ToolAnnotation) string {
	switch {
	case *a.ReadOnlyHint:
		return "reads"
	case *a.DestructiveHint:
		return "deletes"
	case *a.IdempotentHint:
		return "changes"
	}
	return "adds"
}
