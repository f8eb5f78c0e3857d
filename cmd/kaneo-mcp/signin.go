package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"

	"kaneo-mcp/auth"
	"kaneo-mcp/board"
	"kaneo-mcp/server"
)

func (p program) loginCommand() *cobra.Command {
	return p.plain("login", "Signs in to Kaneo, in the browser", p.configured(withOffice(login)))
}

func (p program) logoutCommand() *cobra.Command {
	return p.plain("logout", "Signs out of Kaneo", p.configured(withOffice(logout)))
}

func (p program) statusCommand() *cobra.Command {
	return p.plain("status", "Says who is signed in to Kaneo; ends with 1 when nobody is", p.configured(withOffice(status)))
}

// withOffice opens an office for as long as a command takes.
func withOffice(do func(context.Context, console, *office) error) func(context.Context, console, config) error {
	return func(ctx context.Context, c console, set config) error {
		o, err := newOffice(set, c.err, zerolog.WarnLevel)
		if err != nil {
			return err
		}
		defer o.close()
		return do(ctx, c, o)
	}
}

// login shows a code and waits until somebody has approved it.
func login(ctx context.Context, c console, o *office) error {
	if o.source.Status(ctx).State == auth.SignedIn {
		_, _ = o.desk.Me(ctx) // lets the source notice that Kaneo has ended the session
	}
	prompt, err := o.source.SignIn(ctx)
	switch _, isKey := errors.AsType[*auth.KeyError](err); {
	case isKey, errors.Is(err, auth.ErrSignedIn):
		return status(ctx, c, o)
	case err != nil:
		return err
	}
	c.say("%s", steps(prompt, time.Until(prompt.Expires)))
	if err := o.source.Wait(ctx); err != nil {
		return err
	}
	return status(ctx, c, o)
}

// steps tell a person how to sign in, in the words of Kaneo's own page.
func steps(p auth.Prompt, left time.Duration) string {
	var t strings.Builder
	fmt.Fprintf(&t, "To sign in to Kaneo at %s, open this link:\n\n    %s\n\n", p.Instance, p.URL)
	fmt.Fprintf(&t, "It shows the code %s. Press Continue, sign in with your own account if asked, then press Approve.\n", p.UserCode)
	if p.OtherHost {
		fmt.Fprintf(&t, "The link leads to %s, which the Kaneo at %s names as its web address.\n", p.Host, p.Instance)
	}
	t.WriteString("If you had to create an account, open the link again afterwards.\n")
	fmt.Fprintf(&t, "Waiting for up to %d minutes; Ctrl-C calls it off.", max(1, int(left.Minutes())))
	return t.String()
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

// status says where the sign-in stands, and asks Kaneo whether it still does.
func status(ctx context.Context, c console, o *office) error {
	who, err := o.who(ctx)
	state := o.source.Status(ctx)
	c.say("%s", server.StatusText(state, time.Now()))
	switch {
	case err == nil:
		c.say("%s", who)
		return nil
	case !errors.Is(err, auth.ErrSignedOut) && state.State != auth.KeyRefused:
		c.say("%s", server.Explain(err, state.Instance, o.log))
	}
	return errTold
}

// who says as whom Kaneo knows the caller. When nobody is signed in it makes sure at least that there is a Kaneo.
func (o *office) who(ctx context.Context) (string, error) {
	me, err := o.desk.Me(ctx)
	if errors.Is(err, auth.ErrSignedOut) {
		if _, missing := o.client.Config(ctx); missing != nil {
			return "", missing
		}
	}
	if err != nil {
		return "", err
	}
	text := fmt.Sprintf("That is %s <%s>.", board.Plain(me.User.Name), board.Plain(me.User.Email))
	if me.User.IsAnonymous {
		text += "\nThis is a guest account, which belongs to no workspace. To use your own: kaneo-mcp logout, then kaneo-mcp login again " +
			"without \"Continue as guest\"."
	}
	return text, nil
}
