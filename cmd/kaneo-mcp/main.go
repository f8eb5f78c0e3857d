// Command kaneo-mcp lets an agent work a Kaneo board: an MCP server, and the few commands around it.
package main

import (
	"context"
	"os"
	"strings"
	_ "time/tzdata" // KANEO_TZ has to work where the system knows no time zones: in small containers, on Windows

	"github.com/mattn/go-isatty"

	"kaneo-mcp/server"
)

func main() {
	ctx, release := server.WithSignals(context.Background(), func() { os.Exit(exitKilled) })
	code := Main(ctx, os.Args[1:], console{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		env:         os.LookupEnv,
		interactive: isatty.IsTerminal(os.Stdin.Fd()),
		watched:     isatty.IsTerminal(os.Stdout.Fd()),
		columns:     columns(os.Stdout),
		variables:   variables(os.Environ()),
		processes:   os.DirFS("/proc"),
		open:        openBrowser,
	})
	release()
	os.Exit(code)
}

// variables are the names in an environment.
func variables(environ []string) []string {
	names := make([]string, len(environ))
	for i, pair := range environ {
		names[i], _, _ = strings.Cut(pair, "=")
	}
	return names
}
