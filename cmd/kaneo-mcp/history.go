package main

import (
	"context"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"

	"kaneo-mcp/board"
)

// historyCommand shows what was written from this machine. It asks nobody: the journal is a file.
func (p program) historyCommand() *cobra.Command {
	var limit int
	cmd := p.plain("history", "Lists what was changed in Kaneo from this machine, the latest first",
		p.configured(func(_ context.Context, c console, set config) error { return history(c, set, limit) }))
	cmd.Flags().IntVar(&limit, "limit", 20, "how many tasks' changes to list")
	return cmd
}

func history(c console, set config, limit int) error {
	if limit < 1 {
		return &misuse{"--limit takes a number from 1."}
	}
	desk := board.New(board.Options{Zone: set.zone, Journal: set.journal(zerolog.Nop())})
	entries, err := desk.History(limit)
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		c.say("Nothing on record: no change was made from here.")
	}
	for _, e := range entries {
		c.say("%s  %s  %s %s | %s", desk.Minute(e.At), board.Plain(e.Call), board.Plain(e.Key), board.Plain(e.Title), board.Plain(e.Text()))
	}
	return nil
}
