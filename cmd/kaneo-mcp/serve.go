package main

import (
	"context"
	"os"
	"strings"
	"sync"

	mcpserver "github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"
	"github.com/spf13/cobra"

	"kaneo-mcp/server"
	"kaneo-mcp/tools"
)

func (p program) serveCommand() *cobra.Command {
	var inSandbox bool
	const about = "Serves MCP on stdin and stdout, or over HTTP"
	serving := p.configured(func(ctx context.Context, c console, set config) error {
		if inSandbox {
			return serveSandbox(ctx, c, set)
		}
		return serve(ctx, c, set)
	})
	cmd := p.plain("serve", about, func(ctx context.Context, c console) error {
		var preparing sync.WaitGroup
		defer preparing.Wait()
		preparing.Go(tools.Prepare)
		return serving(ctx, c)
	})
	cmd.Flags().AddFlagSet(p.flags.listen)
	cmd.Flags().BoolVar(&inSandbox, "sandbox", false, "work a built-in Kaneo in memory, with a few people and tasks, instead of a real one")
	return cmd
}

// serve serves MCP until the input or ctx ends.
func serve(ctx context.Context, c console, set config) error {
	if set.http.Listen != "" {
		return listen(ctx, c, set)
	}
	if set.http.PerCaller {
		return &misuse{"--per-caller is for a server that is reached over HTTP: say where, such as --listen 127.0.0.1:8722."}
	}
	o, err := newOffice(set, c.err, zerolog.InfoLevel)
	if err != nil {
		return err
	}
	defer o.close()
	return server.ServeStdio(ctx, o.server(), c.in, c.out, o.log)
}

// server is the MCP server of an office.
func (o *office) server() *mcpserver.MCPServer {
	return server.New(server.Options{
		Catalogue: o.catalogue, Auth: o.source, Version: release(), Log: o.log, Metrics: o.metrics, SignInWait: o.signInWait, Shared: o.shared,
	})
}

// bare is the program without a word: hosts want a server, people a hint.
func bare(ctx context.Context, c console, set config) error {
	if !c.interactive {
		return serve(ctx, c, set)
	}
	self, err := os.Executable()
	if err != nil {
		self = "kaneo-mcp"
	}
	c.say(`kaneo-mcp lets an agent work a Kaneo board. It is an MCP server: an IDE or a desktop app starts it for you.

  kaneo-mcp demo     see it at work, with a Kaneo that is built in
  kaneo-mcp login    sign in to your Kaneo, now %[1]s; KANEO_API_URL changes that
  kaneo-mcp status   see who is signed in
  kaneo-mcp tools    see what an agent can do

To connect a host, have it start this, with KANEO_API_URL in its environment:  %[2]s serve
In many hosts:  {"mcpServers": {"kaneo": {"command": %[2]q, "args": ["serve"]}}}
All commands and settings:  kaneo-mcp --help`, strings.TrimSuffix(set.base.String(), "/api"), self)
	return nil
}
