// Command kaneo-mcp lets an agent work a Kaneo board: an MCP server, and the few commands around it.
package main

import (
	"context"
	"os"
	_ "time/tzdata" // KANEO_TZ has to work where the system knows no time zones: in small containers, on Windows

	"github.com/mattn/go-isatty"

	"kaneo-mcp/server"
)

// exitKilled is what the second signal ends the program with.
const exitKilled = 130

func main() {
	ctx, release := server.WithSignals(context.Background(), func() { os.Exit(exitKilled) })
	code := Main(ctx, os.Args[1:], console{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		env:         os.LookupEnv,
		interactive: isatty.IsTerminal(os.Stdin.Fd()),
	})
	release()
	os.Exit(code)
}
