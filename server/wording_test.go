package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"kaneo-mcp/auth"
	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
	"kaneo-mcp/tools"
)

const instance = "https://kaneo.example"

// worded is every sort of error that a call can end with, by name.
func worded() []struct {
	name string
	err  error
} {
	flow := func(r auth.Reason, detail string, wait time.Duration) error {
		return fmt.Errorf("%w: %w", auth.ErrSignedOut, &auth.FlowError{Reason: r, Instance: instance, Detail: detail, RetryAfter: wait})
	}
	return []struct {
		name string
		err  error
	}{
		{"not found", &kaneo.Error{Kind: kaneo.NotFound, Message: "Task not found"}},
		{"not signed in", &kaneo.Error{Kind: kaneo.NotSignedIn, Message: "Unauthorized"}},
		{"not allowed", &kaneo.Error{Kind: kaneo.NotAllowed, Message: "Insufficient permissions"}},
		{"not allowed, unsaid", &kaneo.Error{Kind: kaneo.NotAllowed}},
		{"invalid", &kaneo.Error{Kind: kaneo.Invalid, Message: "title: Invalid length."}},
		{"conflict", &kaneo.Error{Kind: kaneo.Conflict, Message: "Relation already exists"}},
		{"too many", &kaneo.Error{Kind: kaneo.TooMany, RetryAfter: 61*time.Second + time.Millisecond}},
		{"too many, unsaid", &kaneo.Error{Kind: kaneo.TooMany}},
		{"unavailable", &kaneo.Error{Kind: kaneo.Unavailable, Message: "connection refused"}},
		{"not a Kaneo", &kaneo.Error{Kind: kaneo.NotKaneo, Message: "a web page came instead of an answer"}},
		{"not JSON", &kaneo.Error{Kind: kaneo.NotKaneo, Message: "the answer is not JSON: is this the address of a Kaneo?"}},
		{"unexpected", &kaneo.Error{Kind: kaneo.Unexpected, Message: "Internal Server Error"}},
		{"a new kind", &kaneo.Error{Kind: kaneo.Unexpected + 1}},
		{"wrapped", fmt.Errorf("reading a board: %w", &kaneo.Error{Kind: kaneo.NotFound})},
		{"mistake", &board.Mistake{Sentence: `No status "doing" in WEB.`}},
		{"not tried", &board.NotTried{}},
		{"argument", &tools.ArgumentError{Sentence: "limit must be 1 to 50."}},
		{"key", &auth.KeyError{Variable: "KANEO_API_KEY", Reason: "holds a key that Kaneo refuses"}},
		{"no key where there must be one", keyOnly()},
		{"unreachable", flow(auth.Unreachable, "no route to host", 0)},
		{"busy", flow(auth.Busy, "", 30*time.Second)},
		{"sign-in is not Kaneo's", flow(auth.NotKaneo, "it answered 404 without JSON", 0)},
		{"unknown client", flow(auth.UnknownClient, "", 0)},
		{"denied", flow(auth.Denied, "", 42*time.Second)},
		{"too many codes", flow(auth.TooMany, "", 4*time.Minute)},
		{"unsafe", flow(auth.Unsafe, "the address is not https", 0)},
		{"expired", flow(auth.Expired, "", 0)},
		{"rejected", flow(auth.Rejected, "invalid_grant Invalid device code", 0)},
		{"aborted", flow(auth.Aborted, "", 0)},
		{"elsewhere", flow(auth.Elsewhere, "", 0)},
		{"signed out", auth.ErrSignedOut},
		{"deadline", context.DeadlineExceeded},
		{"cancelled", fmt.Errorf("get task: %w", context.Canceled)},
		{"anything else", errors.New("a secret")},
	}
}

// keyOnly is what a program without its key starts with.
func keyOnly() error {
	_, err := auth.New(auth.Settings{Base: mustBase(), KeyOnly: true, Log: zerolog.Nop()})
	return err
}

// TestWording is the golden table of all sentences, for reads and for writes.
func TestWording(t *testing.T) {
	t.Parallel()
	var table strings.Builder
	for _, w := range worded() {
		reads := wording{instance: instance, log: zerolog.Nop()}.explain(w.err)
		writes := wording{instance: instance, writes: true, log: zerolog.Nop()}.explain(w.err)
		fmt.Fprintf(&table, "[%s]\n%s\n", w.name, reads)
		if writes != reads {
			fmt.Fprintf(&table, "when it writes: %s\n", writes)
		}
	}
	golden(t, "wording.txt", strings.TrimSpace(table.String()))
}

// TestSentences holds them to what a sentence is.
func TestSentences(t *testing.T) {
	t.Parallel()
	for _, w := range worded() {
		for _, writes := range []bool{false, true} {
			text := wording{instance: instance, writes: writes, log: zerolog.Nop()}.explain(w.err)
			if !strings.HasSuffix(text, ".") || strings.Contains(text, "..") || strings.Contains(text, "  ") || strings.Contains(text, "\n") {
				t.Errorf("%s: %q", w.name, text)
			}
			if strings.Contains(text, "secret") {
				t.Errorf("%s: what nobody has words for is told: %q", w.name, text)
			}
		}
	}
}

// TestUnknownErrorsAreLogged, once, so that somebody can find words for them.
func TestUnknownErrorsAreLogged(t *testing.T) {
	t.Parallel()
	for _, w := range worded() {
		var log bytes.Buffer
		wording{instance: instance, log: zerolog.New(&log)}.explain(w.err)
		if logged := log.Len() > 0; logged != (w.name == "anything else") {
			t.Errorf("%s: the log has %q", w.name, log.String())
		}
	}
}
