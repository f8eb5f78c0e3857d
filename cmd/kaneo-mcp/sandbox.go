package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"kaneo-mcp/demo"
	"kaneo-mcp/kaneo"
)

// anyPort is where the sandbox listens when nobody cares.
const anyPort = "127.0.0.1:0"

func (p program) sandboxCommand() *cobra.Command {
	var address string
	cmd := p.plain("sandbox", "Runs a Kaneo in memory, to try things out", func(ctx context.Context, c console) error {
		return runSandbox(ctx, c, address)
	})
	cmd.Flags().StringVar(&address, "listen", anyPort, "address on this machine; port 0 is any free one")
	return cmd
}

// runSandbox serves a seeded sandbox until ctx ends.
func runSandbox(ctx context.Context, c console, address string) error {
	town, err := demo.Open(ctx, address)
	if errors.Is(err, demo.ErrNotLoopback) {
		return &misuse{"--listen: " + err.Error() + "."}
	}
	if err != nil {
		return err
	}
	defer town.Close()
	c.say("%s", townSign(town))
	return town.Wait(ctx)
}

// townSign says where the sandbox is and who lives there.
func townSign(town *demo.Playground) string {
	owner := town.Residents.Who("owner")
	lines := []string{
		"A Kaneo in memory. Nothing in it is kept.", "",
		"address   " + town.URL,
		"API key   " + owner.APIKey + "  (" + owner.Name + "'s)",
	}
	head := "people    "
	for _, person := range town.Residents.People {
		lines = append(lines, head+person.Name+" <"+person.Email+">, "+person.Role)
		head = strings.Repeat(" ", len(head))
	}
	head = "projects  "
	for _, project := range town.Residents.Projects {
		lines = append(lines, head+project.Name+" ("+project.Slug+")")
		head = strings.Repeat(" ", len(head))
	}
	return strings.Join(append(lines, "", "Try:  KANEO_API_URL="+town.URL+" kaneo-mcp login", "Ctrl-C ends it."), "\n")
}

// serveSandbox serves MCP as serve does, for a sandbox of its own.
func serveSandbox(ctx context.Context, c console, set config) error {
	town, err := demo.Open(ctx, anyPort)
	if err != nil {
		return err
	}
	defer town.Close()
	c.note("kaneo-mcp: working a Kaneo in memory at %s. Nothing in it is kept.", town.URL)
	set, err = set.movedTo(town.URL)
	if err != nil {
		return err
	}
	return serve(ctx, c, set)
}

// movedTo is the settings for a sandbox: it must never see the key of a real Kaneo, and its sign-ins are not worth keeping.
// What a server may do is the same in both.
func (c config) movedTo(address string) (config, error) {
	base, err := kaneo.ParseBase(address)
	return config{base: base, zone: c.zone, timeout: c.timeout, signInWait: c.signInWait, logLevel: c.logLevel, logFile: c.logFile,
		http: c.http, secretFile: c.secretFile, selection: c.selection, attachFrom: c.attachFrom,
		allowedWorkspaces: c.allowedWorkspaces, allowedProjects: c.allowedProjects}, err
}
