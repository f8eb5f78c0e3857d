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
	cmd := p.plain("tools", "Lists what an agent can do with these settings", func(_ context.Context, c console) error {
		if markdown {
			c.say("%s", toolTable())
			return nil
		}
		set, err := configure(c, p.flags)
		if err == nil {
			c.say("%s", toolList(set.selection))
		}
		return err
	})
	cmd.Flags().BoolVar(&markdown, "markdown", false, "every tool there is, as a Markdown table")
	return cmd
}

// everything is all tools there are.
func everything() tools.Selection { return tools.Selection{Toolsets: []string{tools.AllToolsets}} }

// listing is the selected tools as hosts see them.
func listing(s tools.Selection) []mcp.Tool { return server.Listing(tools.New(nil, s)) }

func toolList(s tools.Selection) string {
	var rows []string
	for _, t := range listing(s) {
		rows = append(rows, fmt.Sprintf("%s\n    %s", t.Name, t.Description))
	}
	return strings.Join(rows, "\n")
}

func toolNames(s tools.Selection) string {
	var names []string
	for _, t := range listing(s) {
		names = append(names, t.Name)
	}
	return strings.Join(names, ", ")
}

func toolTable() string {
	toolsets, effects := make(map[string]string), make(map[string]tools.Effect)
	for _, set := range tools.Toolsets() {
		for _, t := range set.Tools {
			toolsets[t.Name], effects[t.Name] = set.Name, t.Effect
			if set.Optional {
				toolsets[t.Name] += " (off by default)"
			}
		}
	}
	rows := [][]string{{"Toolset", "Tool", "Effect", "What it does"}}
	for _, t := range listing(everything()) {
		set, there := toolsets[t.Name]
		if !there {
			set, effects[t.Name] = "sign-in", tools.Sets
		}
		rows = append(rows, []string{set, "`" + t.Name + "`", effects[t.Name].String(), t.Description})
	}
	return markdownTable(rows)
}
