package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/rs/zerolog"

	"kaneo-mcp/auth"
	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

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
	o.source.Extended(ctx, me.ExpiresAt)
	text := "That is " + name(me.User) + "."
	if me.User.IsAnonymous {
		text += "\nThis is a guest account, which belongs to no workspace. To use your own: kaneo-mcp logout, then kaneo-mcp login again " +
			"without \"Continue as guest\"."
	}
	return text, nil
}

func name(u kaneo.User) string { return board.Plain(u.Name) + " <" + board.Plain(u.Email) + ">" }

// instance is how people know a Kaneo.
func instance(set config) string { return strings.TrimSuffix(set.base.String(), "/api") }

// until says when a session ends unless it is used, and when that is soon.
func until(end, now time.Time) string {
	switch {
	case end.IsZero():
		return ""
	case !end.After(now):
		return ", which ended at " + end.Local().Format(time.DateTime) + " unless it was used since"
	case auth.Ending(end, now):
		return " until " + end.Local().Format(time.DateTime) + ", in less than a day: any use before then renews it"
	}
	return " until " + end.Local().Format(time.DateTime) + " at least"
}
