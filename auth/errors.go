package auth

import (
	"errors"
	"fmt"
	"time"
)

var (
	// ErrSignedOut says that nobody is signed in, and that [Source.SignIn] can help.
	ErrSignedOut = errors.New("nobody is signed in to Kaneo")
	// ErrSignedIn is the answer of [Source.SignIn] when there is nothing to do: a token is there, perhaps since a moment ago.
	ErrSignedIn = errors.New("already signed in to Kaneo")
)

// KeyError says that the configured API key is missing (in key-only mode), unreadable, malformed or refused, or that
// something was asked for that a key rules out. A sign-in never helps against it. It never holds the key.
type KeyError struct {
	Variable string // the environment variable to look at, or both
	Reason   string // what is wrong, and what to do, in words that follow the variable's name
}

func (e *KeyError) Error() string { return e.Variable + " " + e.Reason }

// Reason says why a sign-in has no code to show, or how it ended.
type Reason string

// The reasons of a [FlowError].
const (
	Unreachable   Reason = "unreachable"    // no answer, or a 5xx
	Busy          Reason = "busy"           // 429; RetryAfter says how long
	NotKaneo      Reason = "not kaneo"      // HTML, a 404, or JSON without a code
	UnknownClient Reason = "unknown client" // Kaneo does not allow this client id
	Denied        Reason = "denied"         // a person said no; RetryAfter is what is left of the cool-down
	TooMany       Reason = "too many codes" // RetryAfter says when the next code may be asked for
	Unsafe        Reason = "unsafe"         // the address or code to show cannot be trusted
	Expired       Reason = "expired"        // nobody approved in time
	Rejected      Reason = "rejected"       // Kaneo ended the flow with the text in Detail
	Aborted       Reason = "aborted"        // signed out, or closed, meanwhile
	Elsewhere     Reason = "elsewhere"      // another process leads the sign-in and shows no code
)

// FlowError says why a sign-in did not start or how it ended.
type FlowError struct {
	Reason     Reason
	Instance   string        // which Kaneo, as in [Prompt]
	Detail     string        // the cause, at most some 200 characters; may be empty
	RetryAfter time.Duration // 0: at once
}

func (e *FlowError) Error() string {
	text := fmt.Sprintf(e.Reason.sentence(), e.Instance)
	if e.Detail != "" {
		text += " (" + e.Detail + ")"
	}
	if e.RetryAfter > 0 {
		text += fmt.Sprintf("; try again in %d s", wholeSeconds(e.RetryAfter))
	}
	return text
}

// sentence words a reason; its verb stands for the instance.
func (r Reason) sentence() string {
	switch r {
	case Unreachable:
		return "Kaneo at %s cannot be reached, so no sign-in is possible now"
	case Busy:
		return "Kaneo at %s asks to wait before the next sign-in"
	case NotKaneo:
		return "what answers at %s is not a Kaneo: check the address that is configured"
	case UnknownClient:
		return "Kaneo at %s does not allow this client id: set KANEO_MCP_CLIENT_ID to one that it allows, or have ours " +
			"added to DEVICE_AUTH_CLIENT_IDS in Kaneo's own configuration"
	case Denied:
		return "the sign-in at %s was denied"
	case TooMany:
		return "too many sign-in codes were asked for at %s"
	case Unsafe:
		return "Kaneo at %s sent a sign-in address or code that is not safe to show"
	case Expired:
		return "the sign-in code for %s expired before it was approved: repeat this for a new one"
	case Aborted:
		return "the sign-in at %s was called off"
	case Elsewhere:
		return "another process is signing in at %s but shows no code: repeat this in a minute, or end that process"
	default:
		return "Kaneo at %s ended the sign-in: repeat this for a new code"
	}
}

func wholeSeconds(d time.Duration) int64 {
	return int64((d + time.Second - 1) / time.Second)
}

// SignOutError says what [Source.SignOut] could not do. This process has forgotten the token all the same.
type SignOutError struct {
	Instance string
	File     string // the file that could not be deleted; empty: it is gone
	Untold   string // why Kaneo was not told; empty: it was
}

func (e *SignOutError) Error() string {
	switch {
	case e.File == "":
		return fmt.Sprintf("signed out here, but Kaneo at %s could not be told (%s): the session there lives on until it expires "+
			"or is revoked in Kaneo's settings", e.Instance, e.Untold)
	case e.Untold == "":
		return fmt.Sprintf("signed out at %s, but the file %s could not be deleted: its token is worthless now", e.Instance, e.File)
	default:
		return fmt.Sprintf("forgotten in this process, but Kaneo at %s could not be told (%s) and the file %s could not be "+
			"deleted: delete it yourself", e.Instance, e.Untold, e.File)
	}
}
