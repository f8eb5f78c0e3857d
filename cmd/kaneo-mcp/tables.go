package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"
)

// settingsCommand makes the README's table of settings.
func (p program) settingsCommand() *cobra.Command {
	var markdown bool
	cmd := p.plain("settings", "Lists the settings", func(_ context.Context, c console) error {
		if markdown {
			c.say("%s", settingTable())
		} else {
			c.say("%s", settingList())
		}
		return nil
	})
	cmd.Hidden = true
	cmd.Flags().BoolVar(&markdown, "markdown", false, "as a Markdown table")
	return cmd
}

func settingList() string {
	var rows []string
	for _, s := range settings() {
		rows = append(rows, s.variable+"\n    "+s.help)
	}
	return strings.Join(rows, "\n")
}

func settingTable() string {
	rows := [][]string{{"Variable", "Flag", "Default", "What it is"}}
	for _, s := range settings() {
		rows = append(rows, []string{code("", s.variable), code("--", s.flag), code("", s.standard), s.help})
	}
	return markdownTable(rows)
}

func code(prefix, text string) string {
	if text == "" {
		return ""
	}
	return "`" + prefix + text + "`"
}

// markdownTable makes a table whose first row is the heading.
func markdownTable(rows [][]string) string {
	var lines []string
	for i, row := range rows {
		cells := make([]string, len(row))
		for j, cell := range row {
			cells[j] = strings.ReplaceAll(cell, "|", `\|`)
		}
		lines = append(lines, "| "+strings.Join(cells, " | ")+" |")
		if i == 0 {
			lines = append(lines, strings.Repeat("|---", len(row))+"|")
		}
	}
	return strings.Join(lines, "\n")
}
