package main

import (
	"cmp"
	"context"
	"errors"
	"os"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"

	"kaneo-mcp/auth"
)

func (p program) logoutCommand() *cobra.Command {
	var all bool
	cmd := p.plain("logout", "Signs out of Kaneo", p.configured(func(ctx context.Context, c console, set config) error {
		if all {
			return p.logoutAll(ctx, c, set)
		}
		return withOffice(logout)(ctx, c, set)
	}))
	cmd.Flags().BoolVar(&all, "all", false, "out of every Kaneo and profile that this machine is signed in to")
	return cmd
}

// logout forgets the session, here and at Kaneo.
func logout(ctx context.Context, c console, o *office) error {
	before := o.source.Status(ctx)
	if err := o.source.SignOut(ctx); err != nil {
		return err
	}
	if before.State == auth.SignedIn {
		c.say("Signed out of Kaneo at %s.", before.Instance)
	} else {
		c.say("Nobody was signed in to Kaneo at %s.", before.Instance)
	}
	return nil
}

// logoutAll goes through all files, and goes on after a failure.
func (p program) logoutAll(ctx context.Context, c console, set config) error {
	kept, damaged, err := set.store().Kept()
	if err != nil {
		return cause(err)
	}
	if len(kept)+len(damaged) == 0 {
		c.say("This machine is signed in nowhere.")
		return nil
	}
	var failed error
	for _, k := range kept {
		if err := p.logoutOf(ctx, c, set, k); err != nil {
			c.say("%s: %v.", title(k), err)
			failed = errTold
		} else {
			c.say("%s: signed out.", title(k))
		}
	}
	for _, file := range damaged {
		if err := os.Remove(file); err != nil {
			c.say("%s: damaged, and could not be deleted: %v.", file, cause(err))
			failed = errTold
		} else {
			c.say("%s: damaged, deleted.", file)
		}
	}
	return failed
}

// logoutOf signs out of one. A Kaneo may need the authorities of its profile to be reached.
func (p program) logoutOf(ctx context.Context, c console, set config, k auth.Kept) error {
	if theirs, err := p.configureProfile(c, k.Account); k.Account != "" && err == nil {
		set.caFile = theirs.caFile
	}
	its := config{
		base: k.Base, clientID: k.ClientID, caFile: set.caFile, timeout: set.timeout, logLevel: set.logLevel, logFile: set.logFile,
		stateFolder: set.stateFolder, keyring: set.keyring,
	}
	its.profile.Name = k.Account
	o, err := newOffice(its, c.err, zerolog.WarnLevel)
	if err != nil {
		return err
	}
	defer o.close()
	if before := o.source.Status(ctx); before.State != auth.SignedIn {
		return errors.New("not signed out: " + cmp.Or(before.Problem, "the session is gone already"))
	}
	return o.source.SignOut(ctx)
}
