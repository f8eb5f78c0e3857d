package server

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/rs/zerolog"

	"kaneo-mcp/auth"
	"kaneo-mcp/kaneo"
	"kaneo-mcp/tools"
)

// wording puts errors into words: what, why, and what to do next. It is the only place that does.
type wording struct {
	instance string // the address of the Kaneo
	writes   bool   // the call may have changed something
	log      zerolog.Logger
}

// sentence is an error whose text is written for the reader already, such as a name that is not known.
type sentence interface {
	error
	Readable()
}

func (w wording) explain(err error) string {
	var refused *kaneo.Error
	var readable sentence
	var argument *tools.ArgumentError
	var key *auth.KeyError
	var flow *auth.FlowError
	switch {
	case errors.As(err, &readable):
		return readable.Error()
	case errors.As(err, &argument):
		return argument.Sentence
	case errors.As(err, &refused):
		return w.refusal(refused)
	case errors.As(err, &key):
		return capital(key.Error()) + "."
	case errors.As(err, &flow):
		return signInEnd(flow)
	case errors.Is(err, auth.ErrSignedOut):
		return "The sign-in ended before this was done. Repeat only what was not done: that call says how to sign in."
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return "There was no time left for this." + w.check()
	}
	w.log.Error().Err(err).Msg("an error nobody has words for")
	return "Something went wrong inside kaneo-mcp; its log says what." + w.check()
}

// signInEnd words why a sign-in did not start or how it ended. A person's no is not to be worked around.
func signInEnd(e *auth.FlowError) string {
	if e.Reason == auth.Denied {
		return declinedText(e.Instance)
	}
	return capital(e.Error()) + "."
}

// refusal words what Kaneo answered, or that it did not.
func (w wording) refusal(e *kaneo.Error) string {
	switch e.Kind {
	case kaneo.NotFound:
		return "Kaneo does not have this (any more). List or search to see what there is."
	case kaneo.NotSignedIn:
		return "Kaneo does not accept the credential. Call kaneo_auth with action=status to see which one is used."
	case kaneo.NotAllowed:
		return "Kaneo does not allow this" + said(e) + " Somebody with another role may have to do it."
	case kaneo.Invalid:
		return "Kaneo refused this" + said(e) + " Change it accordingly."
	case kaneo.Conflict:
		return "This collides with what is there" + said(e) + " Read it again, then decide."
	case kaneo.TooMany:
		return fmt.Sprintf("Kaneo asks to wait%s before more requests. Nothing was changed by this one; repeat it then.", pause(e.RetryAfter))
	case kaneo.Unavailable:
		return fmt.Sprintf("Kaneo at %s cannot be reached or does not answer in time%s", w.instance, said(e)) + w.again(e) + " If it stays like this, the address (KANEO_API_URL) or the server needs a look."
	case kaneo.NotKaneo:
		return fmt.Sprintf("What answers at %s is not Kaneo's API%s The address in KANEO_API_URL must be that of the API.", w.instance, said(e))
	default:
		return "Kaneo failed on this" + said(e) + w.check()
	}
}

// again is what to do after a failure that may pass.
func (w wording) again(e *kaneo.Error) string {
	switch {
	case !w.writes:
		return " Try again."
	case e.NothingHappened():
		return " Nothing was changed. Try again."
	}
	return w.check()
}

// check warns after a failure that leaves open whether something happened.
func (w wording) check() string {
	if w.writes {
		return " It may or may not have been done: check before you repeat it."
	}
	return ""
}

// said quotes Kaneo's own sentence, where there is one.
func said(e *kaneo.Error) string {
	text := strings.TrimRight(e.Message, ". ")
	switch {
	case text == "":
		return "."
	case strings.HasSuffix(text, "?"):
		return ": " + text
	}
	return ": " + text + "."
}

func pause(d time.Duration) string {
	if d <= 0 {
		return " a little"
	}
	return fmt.Sprintf(" %d s", int(d.Seconds()+0.999))
}

func capital(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
