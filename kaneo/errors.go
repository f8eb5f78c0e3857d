package kaneo

import (
	"errors"
	"net/http"
	"strings"
	"time"
	"unicode"
)

// Kind sorts errors by what a caller can do about them.
type Kind int

// The kinds, of which 0 is none: an error that is not this package's, or no error.
const (
	NotFound    Kind = iota + 1 // no such thing, or not any more
	NotSignedIn                 // Kaneo takes neither the credential nor its replacement
	NotAllowed                  // membership, role, key scope or plan forbid it; Message says which
	Invalid                     // the request can not succeed as it is
	Conflict                    // read again, then decide
	TooMany                     // wait for RetryAfter
	Unavailable                 // Kaneo can not be reached, or not now; a write may have happened
	NotKaneo                    // something else answers at this address
	Unexpected                  // Kaneo failed, or said what this package does not understand; a write may have happened
)

func (k Kind) String() string {
	names := [...]string{"no error", "not found", "not signed in", "not allowed", "invalid", "conflict", "too many requests",
		"unavailable", "not a Kaneo", "unexpected"}
	if k < 0 || int(k) >= len(names) {
		return "unknown"
	}
	return names[k]
}

// Error is how a call failed.
type Error struct {
	Kind       Kind
	Status     int           // of the answer; 0 without one
	Code       string        // where Kaneo gives one, like RATE_LIMITED
	Message    string        // Kaneo's own sentence if there is one: one line, at most 300 characters
	RetryAfter time.Duration // how long Kaneo asks to wait; 0 when it does not say

	op    string // what was being done
	cause error  // of a failure to reach Kaneo
}

// Error tells what was being done and what went wrong, without the ids and the text involved.
func (e *Error) Error() string {
	if e.Message == "" {
		return e.op + ": " + e.Kind.String()
	}
	return e.op + ": " + e.Kind.String() + ": " + e.Message
}

// NothingHappened says that the request was turned away before it ran, or never reached Kaneo, so that a write may be
// repeated.
func (e *Error) NothingHappened() bool {
	return e.Status == http.StatusTooManyRequests || neverSent(e.cause)
}

// Unwrap gives the network's error, if that is what it was.
func (e *Error) Unwrap() error { return e.cause }

// KindOf is the Kind of an error of this package, wrapped or not, and 0 for all others.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return 0
}

// unknownID is what Kaneo says to an id that does not exist, with status 400 (kaneo-api.md §2).
const unknownID = "Workspace ID could not be determined"

// kindOf is the one place that says what a status means.
func kindOf(status int, r refusal) Kind {
	switch {
	case status == http.StatusTooManyRequests:
		return TooMany
	case status == http.StatusRequestEntityTooLarge, status == http.StatusRequestURITooLong: // by proxies too
		return Invalid
	case status == http.StatusInternalServerError: // mostly input that slipped through Kaneo's validation
		return Unexpected
	case status == http.StatusRequestTimeout, status > http.StatusInternalServerError:
		return Unavailable
	case status < http.StatusBadRequest, r.html:
		return NotKaneo
	case status == http.StatusBadRequest && r.message == unknownID:
		return NotFound
	case status == http.StatusUnauthorized && r.code == "INTEGRATION_AUTH_FAILED": // somebody else's credential
		return NotAllowed
	case status == http.StatusUnauthorized, status == http.StatusForbidden && r.code == "INVALID_API_KEY": // a session that is over
		return NotSignedIn
	case status == http.StatusForbidden, status == http.StatusPaymentRequired:
		return NotAllowed
	case status == http.StatusNotFound, status == http.StatusGone:
		return NotFound
	case status == http.StatusConflict:
		return Conflict
	}
	return Invalid
}

const maxMessage = 300 // characters

// sentence makes a stranger's text fit for one line of a log, a terminal or an agent's context.
func sentence(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > maxMessage {
		s = string(runes[:maxMessage-1]) + "…"
	}
	return s
}
