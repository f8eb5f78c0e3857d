package doctor

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"kaneo-mcp/auth"
	"kaneo-mcp/kaneo"
)

const signIn = "kaneo-mcp login, or let the next call of an agent ask"

// unasked is the credential when there is no Kaneo to ask.
func (p Patient) unasked(ctx context.Context) Finding {
	switch s := p.Source.Status(ctx); s.State {
	case auth.UsingKey:
		return Finding{"credential", OK, "an API key from " + s.Source + ", which could not be tried", ""}
	case auth.SignedIn:
		return session(s, "; it could not be tried")
	default:
		return Finding{"credential", Warning, "nobody is signed in", signIn}
	}
}

// caller asks Kaneo who it is that calls, and what they may do.
func (p Patient) caller(ctx context.Context) []Finding {
	asking, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	me, err := p.Client.Me(asking)
	if err == nil {
		p.Source.Extended(ctx, me.ExpiresAt)
	}
	found := []Finding{credential(p.Source.Status(ctx), err)}
	if err != nil {
		return found
	}
	return append(found, identity(me), p.roles(ctx, me))
}

func credential(s auth.Status, err error) Finding {
	if key, ok := errors.AsType[*auth.KeyError](err); ok {
		return Finding{"credential", Error, key.Error(), "make a key in Kaneo: Settings, Account, Developer"}
	}
	switch {
	case errors.Is(err, auth.ErrSignedOut) && s.Problem != "":
		return Finding{"credential", Error, "the sign-in in " + s.Source + " does not count: " + s.Problem, signIn}
	case errors.Is(err, auth.ErrSignedOut):
		return Finding{"credential", Warning, "nobody is signed in", signIn}
	case err != nil:
		return Finding{"credential", Error, "Kaneo did not say whose it is: " + err.Error(),
			"try again; if it stays like this, look at Kaneo's own log"}
	case s.State == auth.UsingKey:
		return Finding{"credential", OK, "the API key from " + s.Source + " is accepted", ""}
	}
	return session(s, "")
}

// session says how long it has left.
func session(s auth.Status, more string) Finding {
	if s.ExpiresAt.IsZero() {
		return Finding{"credential", OK, "a session, kept in " + s.Source + more, ""}
	}
	text := fmt.Sprintf("a session until %s at least, kept in %s%s", s.ExpiresAt.Local().Format(time.DateTime), s.Source, more)
	if auth.Ending(s.ExpiresAt, time.Now()) {
		return Finding{"credential", Warning, text, "less than a day is left: use it before then, which renews it, or sign in again"}
	}
	return Finding{"credential", OK, text, ""}
}

func identity(me kaneo.Session) Finding {
	if me.User.IsAnonymous {
		return Finding{"identity", Warning, "a guest, who belongs to no workspace", `kaneo-mcp logout, then login again without "Continue as guest"`}
	}
	return Finding{"identity", OK, plain(me.User.Name) + " <" + plain(me.User.Email) + ">", ""}
}

// plain is a text of Kaneo's users that cannot play tricks on a terminal.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, text)
}

// roles says what the caller is in each workspace.
func (p Patient) roles(ctx context.Context, me kaneo.Session) Finding {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	workspaces, err := p.Client.Workspaces(ctx)
	if err != nil {
		return Finding{"roles", Warning, "the workspaces could not be listed: " + err.Error(), "try again in a minute"}
	}
	if len(workspaces) == 0 {
		return Finding{"roles", Warning, "there is no workspace to work in", "have somebody invite this account, or make a workspace in Kaneo"}
	}
	texts := make([]string, len(workspaces))
	for i, w := range workspaces {
		texts[i] = p.role(ctx, w, me.User.ID) + " in " + plain(w.Name)
	}
	return Finding{"roles", OK, strings.Join(texts, "; "), ""}
}

func (p Patient) role(ctx context.Context, w kaneo.Workspace, user string) string {
	members, err := p.Client.Members(ctx, w.ID)
	at := slices.IndexFunc(members, func(m kaneo.Member) bool { return m.ID == user })
	if err != nil || at < 0 {
		return "with a role that is not told"
	}
	return plain(members[at].Role)
}
