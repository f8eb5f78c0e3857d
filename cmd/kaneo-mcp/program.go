package main

import (
	"context"
	"errors"
	"slices"

	"github.com/spf13/cobra"
)

// What the program ends with.
const (
	exitDone   = 0
	exitFailed = 1   // it was tried and did not work
	exitMisuse = 2   // words or settings that make no sense: nothing was tried
	exitKilled = 130 // somebody did not want to wait: Ctrl-C
)

// misuse is words or settings that make no sense, in a sentence that says what would.
type misuse struct{ sentence string }

func (m *misuse) Error() string { return m.sentence }

// attempt is the error of a command that ran: all others are the parser's.
type attempt struct{ error }

func (a attempt) Unwrap() error { return a.error }

// errTold is the error of a command that has said itself what is wrong.
var errTold = errors.New("the command failed and has said so")

// Main runs the command that args name, without the program's own name, until it or ctx ends, and returns the exit code.
func Main(ctx context.Context, args []string, c console) int {
	root := newProgram(c).command()
	root.SetArgs(slices.Concat([]string{}, args)) // cobra takes the process's own for nil
	err := root.ExecuteContext(ctx)
	code := exitCode(err)
	switch {
	case err == nil, errors.Is(err, errTold):
	case ctx.Err() != nil:
		c.note("kaneo-mcp: called off")
		return exitKilled
	case code == exitMisuse && !errors.As(err, new(attempt)):
		c.note("kaneo-mcp: %v\nSee kaneo-mcp --help.", err)
	default:
		c.note("kaneo-mcp: %v", err)
	}
	return code
}

func exitCode(err error) int {
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, new(*misuse)):
		return exitMisuse
	case errors.As(err, new(attempt)):
		return exitFailed
	}
	return exitMisuse // the parser's
}

// program is the commands, and what they share: the console and the flags of the settings.
type program struct {
	console
	flags flags
}

func newProgram(c console) program { return program{c, newFlags()} }

func (p program) command() *cobra.Command {
	root := &cobra.Command{
		Use:   "kaneo-mcp",
		Short: "Lets an agent work a Kaneo board",
		Long: "kaneo-mcp is an MCP server: it lets an agent work a Kaneo board. A host such as an IDE or a desktop app\n" +
			"starts it, and it speaks MCP on stdin and stdout.\n\n" + environmentHelp(),
		Args:          cobra.NoArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          p.run(p.configured(bare)),
	}
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.err)
	root.PersistentFlags().AddFlagSet(p.flags.common)
	root.AddCommand(
		p.serveCommand(), p.demoCommand(), p.sandboxCommand(), p.callCommand(), p.toolsCommand(),
		p.loginCommand(), p.logoutCommand(), p.statusCommand(), p.profilesCommand(), p.doctorCommand(), p.readyCommand(), p.historyCommand(),
		p.versionCommand(), p.settingsCommand(),
	)
	return root
}

// act is what a command does once its words are understood.
type act func(ctx context.Context, c console) error

// plain is a command that takes no words of its own.
func (p program) plain(use, short string, do act) *cobra.Command {
	return &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs, RunE: p.run(do)}
}

func (p program) run(do act) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, _ []string) error {
		if err := do(cmd.Context(), p.console); err != nil {
			return attempt{err}
		}
		return nil
	}
}

// configured reads the settings first.
func (p program) configured(do func(context.Context, console, config) error) act {
	return func(ctx context.Context, c console) error {
		set, err := configure(c, p.flags)
		if err != nil {
			return err
		}
		return do(ctx, c, set)
	}
}
