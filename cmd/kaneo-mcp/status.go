package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"kaneo-mcp/auth"
	"kaneo-mcp/server"
)

// glance is how long a question may take that is only asked in passing.
const glance = 5 * time.Second

func (p program) statusCommand() *cobra.Command {
	return p.plain("status", "Says who is signed in to Kaneo, here and elsewhere; ends with 1 when nobody is here", p.configured(
		func(ctx context.Context, c console, set config) error {
			err := withOffice(status)(ctx, c, set)
			others(c, set)
			return err
		}))
}

// status says where the sign-in stands, and asks Kaneo whether it still does.
func status(ctx context.Context, c console, o *office) error {
	who, err := o.who(ctx)
	state := o.source.Status(ctx)
	c.say("%s", server.StatusText(state, time.Now()))
	if auth.Ending(state.ExpiresAt, time.Now()) {
		c.say("Less than a day is left: any use before then renews it.")
	}
	switch {
	case err == nil:
		c.say("%s", who)
		return nil
	case !errors.Is(err, auth.ErrSignedOut) && state.State != auth.KeyRefused:
		c.say("%s", server.Explain(err, state.Instance, o.log))
	}
	return errTold
}

// others lists what else is signed in to, without asking anybody.
func others(c console, set config) {
	kept, damaged, err := set.store().Kept()
	if err != nil {
		c.note("kaneo-mcp: the folder of sign-ins cannot be read: %v", cause(err))
	}
	heading := "Other sign-ins on this machine:"
	for _, k := range kept {
		if set.is(k) {
			continue
		}
		if heading != "" {
			c.say("\n%s", heading)
			heading = ""
		}
		c.say("  %s  signed in%s", title(k), until(k.ExpiresAt, time.Now()))
	}
	for _, file := range damaged {
		c.say("  %s is damaged: kaneo-mcp logout --all deletes it", file)
	}
}

// is says that a kept session is the one that the settings mean.
func (c config) is(k auth.Kept) bool {
	return k.Base.String() == c.base.String() && k.ClientID == c.clientID && k.Account == c.profile.Name
}

// title names a kept session: the instance, and what tells it from others there.
func title(k auth.Kept) string {
	text := k.Instance
	if k.Account != "" {
		text = fmt.Sprintf("%s (profile %s)", text, k.Account)
	}
	if k.ClientID != "kaneo-mcp" {
		text = fmt.Sprintf("%s (client id %s)", text, k.ClientID)
	}
	return text
}
