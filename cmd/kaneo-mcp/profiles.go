package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"

	"kaneo-mcp/auth"
	"kaneo-mcp/profile"
)

// takeProfile reads the chosen profile, which has values for the settings that follow.
func (c *config) takeProfile(name string) error {
	if err := profile.CheckName(name); err != nil {
		return err
	}
	file, err := profile.Read(c.profileFile, profileKeys())
	if err != nil {
		return err
	}
	if c.mayAdd && !slices.Contains(file.Names(), name) {
		c.profile = profile.Profile{Name: name}
		return nil
	}
	c.mayAdd = false
	c.profile, err = file.Find(name)
	return err
}

func (p program) profilesCommand() *cobra.Command {
	return p.plain("profiles", "Lists the profiles, and who is signed in to each", p.listProfiles)
}

func (p program) listProfiles(ctx context.Context, c console) error {
	file, err := profile.Read(profileFile(c.env), profileKeys())
	if err != nil {
		return &misuse{err.Error() + "."}
	}
	if len(file.Profiles) == 0 {
		c.say("There are no profiles in %s. This adds one: kaneo-mcp login --profile NAME --api-url ADDRESS", file.Path)
		return nil
	}
	lines := make([]string, len(file.Profiles))
	var all sync.WaitGroup
	for i, prof := range file.Profiles {
		all.Go(func() { lines[i] = p.profileLine(ctx, c, prof) })
	}
	all.Wait()
	c.say("%s", strings.Join(lines, "\n"))
	return nil
}

// profileLine is a profile's name, address and caller.
func (p program) profileLine(ctx context.Context, c console, prof profile.Profile) string {
	set, err := p.configureProfile(c, prof.Name)
	if err != nil {
		return prof.Name + "  " + err.Error()
	}
	o, err := newOffice(set, c.err, zerolog.WarnLevel)
	if err != nil {
		return prof.Name + "  " + err.Error()
	}
	defer o.close()
	return prof.Name + "  " + instance(set) + "  " + o.caller(ctx)
}

// configureProfile reads the settings as with --profile name. Of flags and environment only the profile counts.
func (p program) configureProfile(c console, name string) (config, error) {
	env := c.env
	c.env = func(variable string) (string, bool) {
		switch {
		case variable == "KANEO_PROFILE":
			return name, true
		case strings.HasPrefix(variable, "KANEO_"):
			return "", false
		}
		return env(variable)
	}
	return configure(c, newFlags())
}

// caller is a few words about who is signed in.
func (o *office) caller(ctx context.Context) string {
	ctx, cancel := context.WithTimeout(ctx, glance)
	defer cancel()
	me, err := o.desk.Me(ctx)
	if err == nil {
		o.source.Extended(ctx, me.ExpiresAt)
	}
	state := o.source.Status(ctx)
	switch {
	case errors.Is(err, auth.ErrSignedOut):
		return "nobody is signed in"
	case err != nil && state.State == auth.SignedIn:
		return "signed in" + until(state.ExpiresAt, time.Now()) + "; Kaneo could not be asked as whom"
	case err != nil && state.State == auth.KeyRefused:
		return "the key in " + state.Source + " is refused"
	case err != nil:
		return "Kaneo could not be asked"
	case state.State == auth.UsingKey:
		return "API key of " + name(me.User)
	}
	return "signed in as " + name(me.User) + until(state.ExpiresAt, time.Now())
}
