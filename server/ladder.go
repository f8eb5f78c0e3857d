package server

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"kaneo-mcp/auth"
	"kaneo-mcp/tools"
)

const (
	// sameTurn is how close calls of one turn follow each other: a code that was shown less than this ago is being read.
	sameTurn = 5 * time.Second

	// signInWait is how long a repeated call waits for the approval: long enough for a person who is about to press
	// Approve, short enough for the smallest common tool timeout of 60 s.
	signInWait = 20 * time.Second
)

// ladder is how a call gets somebody to sign in. Its last rung is text, which every host shows.
type ladder struct {
	auth *auth.Source

	mu    sync.Mutex
	flow  string    // whose code was put before a model last
	since time.Time // when that code was shown first
	greet bool      // a code was shown since the last greeting
}

func newLadder(source *auth.Source) *ladder { return &ladder{auth: source} }

// authRequired is what a person has to be shown before the call can be made.
type authRequired struct{ text string }

func (*authRequired) Error() string { return "nobody is signed in to Kaneo; a sign-in was offered" }

// climb returns nil when somebody is signed in by now. Otherwise its error is what to show. A code is never waited for
// before it has been shown.
func (l *ladder) climb(ctx context.Context) error {
	prompt, err := l.auth.SignIn(ctx)
	if errors.Is(err, auth.ErrSignedIn) {
		return nil
	}
	if err != nil {
		return err
	}
	if l.firstSeen(prompt.Flow) < sameTurn {
		return &authRequired{promptText(prompt, time.Until(prompt.Expires))}
	}
	return l.await(ctx, prompt)
}

// firstSeen says how long ago a code was shown first, which is now if it was not.
func (l *ladder) firstSeen(flow string) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.flow != flow {
		l.flow, l.since, l.greet = flow, time.Now(), true
	}
	return time.Since(l.since)
}

// await gives the person at the page a moment, then shows the same code again.
func (l *ladder) await(ctx context.Context, prompt auth.Prompt) error {
	waiting, cancel := context.WithTimeout(ctx, signInWait)
	defer cancel()
	err := l.auth.Wait(waiting)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case waiting.Err() != nil:
		return &authRequired{promptText(prompt, time.Until(prompt.Expires))}
	}
	return err
}

// greeting says, in the first answer after a code was shown, who signed in: the token belongs to whoever Kaneo's page was
// signed in as, which need not be who was meant.
func (l *ladder) greeting(ctx context.Context, c *tools.Catalogue) string {
	l.mu.Lock()
	due := l.greet
	l.greet = false
	l.mu.Unlock()
	if !due {
		return ""
	}
	who, err := c.SignedInAs(ctx)
	if err != nil {
		return ""
	}
	return who + "\n\n"
}

// promptText tells a model, and through it a person, how to sign in, in the words of Kaneo's own page.
func promptText(p auth.Prompt, left time.Duration) string {
	var t strings.Builder
	fmt.Fprintf(&t, "AUTH REQUIRED: nobody is signed in to Kaneo at %s. Nothing was changed.\n", p.Instance)
	t.WriteString("Show this to the user unchanged, stop, and repeat this same call when they say it is done:\n\n")
	fmt.Fprintf(&t, "1. Open this link:\n%s\n", p.URL)
	fmt.Fprintf(&t, "2. The page shows the code %s. Press Continue.\n", p.UserCode)
	t.WriteString("3. Sign in with your own account if asked, not as a guest. Open the link again if you had to create an account.\n")
	t.WriteString("4. Press Approve. When Kaneo says \"Device connected\", come back here.\n")
	if p.OtherHost {
		fmt.Fprintf(&t, "The link leads to %s, which the Kaneo at %s names as its web address.\n", p.Host, p.Instance)
	}
	fmt.Fprintf(&t, "\nThe code is valid for %d more minutes. ", max(1, int(left.Minutes())))
	t.WriteString("Do not open the link yourself, and never ask for a password, key or token. For unattended runs, set KANEO_API_KEY.")
	return t.String()
}
