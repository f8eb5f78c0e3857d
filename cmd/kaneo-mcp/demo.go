package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"kaneo-mcp/demo"
)

func (p program) demoCommand() *cobra.Command {
	var approve bool
	cmd := p.plain("demo", "Shows a first run: sign-in and work on a board, with a Kaneo that is built in",
		func(ctx context.Context, c console) error { return runDemo(ctx, c, approve || !c.interactive) })
	cmd.Flags().BoolVar(&approve, "approve", false, "do not wait for a person to approve the sign-in")
	return cmd
}

// runDemo shows this very program at work.
func runDemo(ctx context.Context, c console, approve bool) error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("this program cannot find itself to start as a server: %w", err)
	}
	town, err := demo.Open(ctx, anyPort)
	if err != nil {
		return err
	}
	defer town.Close()
	err = demo.Run(ctx, town, demo.Options{Program: self, Out: c.out, Err: c.err, Approve: approve})
	if ctx.Err() != nil {
		c.say("\nStopped.")
		return nil
	}
	return err
}
