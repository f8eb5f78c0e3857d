package main

import (
	"strings"
	"testing"

	"kaneo-mcp/tools"
)

func TestWords(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		words []string
		code  int
		want  []string
	}{
		"version":           {[]string{"version"}, exitDone, []string{"kaneo-mcp ", "go1."}},
		"tools":             {[]string{"tools"}, exitDone, []string{"get_board\n    Shows", "kaneo_auth\n"}},
		"tools as markdown": {[]string{"tools", "--markdown"}, exitDone, []string{"| board | `get_board` | reads |", "| `delete_tasks` | deletes |", "| sign-in | `kaneo_auth` | changes |"}},
		"settings":          {[]string{"settings", "--markdown"}, exitDone, []string{"| `KANEO_API_URL` | `--api-url` | `http://localhost:1337` |", "| `KANEO_API_KEY` |  |"}},
		"settings as text":  {[]string{"settings"}, exitDone, []string{"KANEO_TZ\n    time zone"}},
		"help":              {[]string{"--help"}, exitDone, []string{"--api-url", "(KANEO_TIMEOUT)", "KANEO_API_KEY  API key", "completion"}},
		"completion":        {[]string{"completion", "bash"}, exitDone, []string{"kaneo-mcp"}},
		"unknown command":   {[]string{"bored"}, exitMisuse, []string{`unknown command "bored"`, "--help"}},
		"unknown flag":      {[]string{"serve", "--bored"}, exitMisuse, []string{"unknown flag: --bored"}},
		"too many words":    {[]string{"status", "now"}, exitMisuse, []string{"status"}},
		"call without tool": {[]string{"call"}, exitMisuse, []string{"which tool?", "get_board, list_tasks"}},
		"unknown tool":      {[]string{"call", "get_bored"}, exitMisuse, []string{`no tool "get_bored"`, "get_board, list_tasks"}},
		"bad json":          {[]string{"call", "get_board", "--json", "{"}, exitMisuse, []string{"one JSON object"}},
		"json that is none": {[]string{"call", "get_board", "--json", "null"}, exitMisuse, []string{"one JSON object"}},
		"json and pairs":    {[]string{"call", "get_board", "project=WEB", "--json", "{}"}, exitMisuse, []string{"not both"}},
		"not a pair":        {[]string{"call", "get_board", "WEB"}, exitMisuse, []string{"name=value"}},
		"open to all":       {[]string{"sandbox", "--listen", "0.0.0.0:0"}, exitMisuse, []string{"this machine only"}},
		"open to all v6":    {[]string{"sandbox", "--listen", ":0"}, exitMisuse, []string{"this machine only"}},
		"nobody signed in":  {[]string{"call", "get_board"}, exitFailed, []string{"nobody is signed in", "kaneo-mcp login", "KANEO_API_KEY"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newShell(t, "http://127.0.0.1:1").run(c.words...).check(t, c.code, c.want...)
		})
	}
}

func TestEveryToolIsInTheTable(t *testing.T) {
	t.Parallel()
	table := newShell(t, "").run("tools", "--markdown").out
	for _, set := range tools.Toolsets() {
		name := set.Name
		if set.Optional {
			name += " (off by default)"
		}
		for _, tool := range set.Tools {
			if !strings.Contains(table, "| "+name+" | `"+tool.Name+"` |") {
				t.Errorf("%s is missing", tool.Name)
			}
		}
	}
}

func TestAPersonGetsAHint(t *testing.T) {
	t.Parallel()
	s := newShell(t, "https://kaneo.example")
	s.interactive = true
	hint := s.run()
	hint.check(t, exitDone, "kaneo-mcp demo", "kaneo-mcp login", "now https://kaneo.example;", `"mcpServers"`)
	if n := strings.Count(hint.out, "\n"); n != 10 {
		t.Errorf("%d lines", n)
	}
}

func TestVersionOfTheLinker(t *testing.T) {
	t.Parallel()
	startProcess(t, newShell(t, ""), "version").hangUp().check(t, exitDone, "kaneo-mcp 1.2.3-test (go")
}
