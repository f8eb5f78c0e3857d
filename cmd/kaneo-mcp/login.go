package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kaneo-mcp/auth"
	"kaneo-mcp/profile"
	"kaneo-mcp/signpost"
)

// loginWords are the flags of login.
type loginWords struct{ open, noQR bool }

func (p program) loginCommand() *cobra.Command {
	var words loginWords
	cmd := p.plain("login", "Signs in to Kaneo, in the browser", func(ctx context.Context, c console) error { return p.login(ctx, c, words) })
	cmd.Example = "  kaneo-mcp login\n  kaneo-mcp login --profile work --api-url https://kaneo.example   # adds the profile"
	cmd.Flags().BoolVar(&words.open, "open", false, "open the link in the browser")
	cmd.Flags().BoolVar(&words.noQR, "no-qr", false, "show no QR code")
	return cmd
}

// login signs in, and then adds the profile if it is a new one: an address that was mistyped is not worth keeping.
func (p program) login(ctx context.Context, c console, words loginWords) error {
	_, addressed := p.flags.given("api-url")
	set, err := configureFor(c, p.flags, config{mayAdd: addressed})
	if err != nil {
		return err
	}
	if err := withOffice(words.signIn)(ctx, c, set); err != nil || !set.mayAdd || set.profile.Name == "" {
		return err
	}
	if err := profile.Add(set.profileFile, set.profile.Name, p.flags.forProfile()); err != nil {
		return err
	}
	c.say("The profile %s is now in %s.", set.profile.Name, set.profileFile)
	return nil
}

// forProfile is what the flags say for a profile, by key.
func (f flags) forProfile() map[string]string {
	values := make(map[string]string)
	for _, s := range commonSettings() {
		if value, used := f.given(s.flag); used && value != "" && s.key() != "" {
			values[s.key()] = value
		}
	}
	return values
}

// signIn shows a code and waits until somebody has approved it.
func (w loginWords) signIn(ctx context.Context, c console, o *office) error {
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
	terminal := c.terminal()
	signpost.Show(terminal, prompt, !w.noQR, time.Now())
	if w.open {
		c.browse(ctx, prompt)
	}
	stop := signpost.CountDown(ctx, terminal, prompt.Expires)
	err = o.source.Wait(ctx)
	stop()
	if err != nil {
		return err
	}
	return status(ctx, c, o)
}

// terminal is out, as far as it can do more than lines.
func (c console) terminal() signpost.Terminal {
	kind, _ := c.env("TERM")
	if !c.watched || kind == "dumb" {
		return signpost.Terminal{Out: c.out}
	}
	return signpost.Terminal{Out: c.out, Columns: c.columns, Unicode: c.unicode()}
}

// unicode says that the terminal shows more than ASCII: the locale says so, or it is Windows' own.
func (c console) unicode() bool {
	if _, windows := c.env("WT_SESSION"); windows {
		return true
	}
	for _, variable := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value, _ := c.env(variable); value != "" {
			value = strings.ReplaceAll(strings.ToLower(value), "-", "")
			return strings.Contains(value, "utf8")
		}
	}
	return false
}

// browse opens the link in the browser, unless it leads to another host than the one that is configured.
func (c console) browse(ctx context.Context, p auth.Prompt) {
	if p.OtherHost {
		c.say("The browser is not opened: the link leads to %s and not to the Kaneo that is configured. Open it yourself if that is right.", p.Host)
		return
	}
	if err := c.open(ctx, p.URL); err != nil {
		c.say("No browser could be opened here. Open the link yourself.")
	}
}
