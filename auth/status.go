package auth

import (
	"cmp"
	"context"
	"time"
)

// State is where a [Source] stands.
type State string

// The states of a [Source].
const (
	UsingKey   State = "key"         // a key is configured and was not refused
	KeyRefused State = "key refused" // Kaneo refused the key when it was last used
	SignedIn   State = "signed in"   // there is a session token
	Pending    State = "pending"     // a code is shown, or about to be
	Refusal    State = "denied"      // a person said no less than a minute ago
	SignedOut  State = "signed out"  // nobody is signed in
)

// Status is what may be told about a credential: never the credential.
type Status struct {
	State    State
	Instance string
	// Source is the variable that holds the key, or the path of the token's file, or "the system's keyring".
	Source string
	// Since is when the state began, as far as it is known: the sign-in, the refusal, the start of the flow.
	Since time.Time
	// ExpiresAt is when the session ends unless it is used: with less than 6 days left any call moves Kaneo's own date
	// to 7 days ahead without telling (kaneo-api.md §3). Zero for keys and when Kaneo did not say.
	ExpiresAt time.Time
	// RetryAfter is what is left of the cool-down after a denial.
	RetryAfter time.Duration
	// Persisted says that the token survives the end of this process.
	Persisted bool
	// Problem says what is wrong with the token's file; empty when nothing is.
	Problem string
	// Prompt is the code that is shown now; nil when there is none.
	Prompt *Prompt
}

// Status tells who is calling, without asking Kaneo.
func (s *Source) Status(context.Context) Status {
	if s.key != nil {
		return s.keyStatus()
	}
	held := s.current()
	s.mu.Lock()
	defer s.mu.Unlock()
	now := wallClock()
	status := Status{State: SignedOut, Instance: s.instance, Source: s.slot.file(), Problem: s.slot.problem()}
	switch cooling := s.past.cooling(now); {
	case held.Token != "":
		status.State, status.Since, status.ExpiresAt = SignedIn, held.Obtained, held.Expires
		status.Persisted = held.unsaved == ""
		if held.vaulted {
			status.Source = vaultName
		}
		status.Problem = cmp.Or(held.unsaved, status.Problem)
	case s.flow != nil:
		status.State, status.Since, status.Prompt = Pending, s.flow.started, s.flow.visible()
	case cooling > 0:
		status.State, status.Since, status.RetryAfter = Refusal, s.past.Denied, cooling
	}
	return status
}

func (s *Source) keyStatus() Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	status := Status{State: UsingKey, Instance: s.instance, Source: s.key.variable, Persisted: true}
	if !s.keyRefused.IsZero() {
		status.State, status.Since = KeyRefused, s.keyRefused
	}
	return status
}

// visible is a copy of the prompt, if there is one yet.
func (f *flow) visible() *Prompt {
	if f.prompt.Flow == "" {
		return nil
	}
	prompt := f.prompt
	return &prompt
}
