package auth

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Prompt is what a person has to see to sign in.
type Prompt struct {
	Flow      string    // names the flow; not a secret; another code has another name
	Instance  string    // which Kaneo: the API's address without "/api"
	URL       string    // the page to open, code included; checked (https, or http on loopback)
	Host      string    // the host of URL
	OtherHost bool      // Host is not the API's: name both, and open no browser
	UserCode  string    // as Kaneo's page shows it
	Expires   time.Time // a little before Kaneo's own limit
}

// errClosed is why a flow ends with its process. Other processes may go on where it stops.
var errClosed = errors.New("the program is ending")

// flow is one sign-in of this process, from the wish for a code to the token or the end.
type flow struct {
	cancel  context.CancelCauseFunc
	started time.Time
	shown   chan struct{} // closed when there is a prompt
	ended   chan struct{}

	// Written by the flow's own goroutine, under Source.mu.
	prompt Prompt
	over   bool
	err    error // nil when over: somebody is signed in
}

// SignIn joins the live sign-in or starts one, and returns the code to show as soon as there is one. The sign-in goes
// on when ctx ends. Errors: *[FlowError], [ErrSignedIn], *[KeyError] when a key is configured, or ctx's.
func (s *Source) SignIn(ctx context.Context) (Prompt, error) {
	if s.key != nil {
		return Prompt{}, s.key.ruledOut("is set, so there is nothing to sign in to", ": unset it to sign in with the browser")
	}
	if s.current().Token != "" {
		return Prompt{}, ErrSignedIn
	}
	f, err := s.join(ctx)
	if err != nil {
		return Prompt{}, err
	}
	select {
	case <-f.shown:
	case <-f.ended:
	case <-ctx.Done():
		return Prompt{}, ctx.Err()
	}
	return s.promptOf(f)
}

// Wait returns nil as soon as there is a credential. When the sign-in ends otherwise, or there is none, the error is
// [ErrSignedOut], around the *[FlowError] if there is one.
func (s *Source) Wait(ctx context.Context) error {
	f := s.live()
	if f == nil {
		_, err := s.Token(ctx)
		return err
	}
	select {
	case <-f.ended:
	case <-ctx.Done():
		return ctx.Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.err != nil {
		return fmt.Errorf("%w: %w", ErrSignedOut, f.err)
	}
	return nil
}

// Decline calls the live sign-in off because a person said no elsewhere than on Kaneo's page: no new code for a minute.
// It returns when the sign-in has ended.
func (s *Source) Decline(ctx context.Context) error {
	s.deny()
	return s.callOff(ctx, &FlowError{Reason: Denied, RetryAfter: coolDown})
}

func (s *Source) deny() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.past.Denied = wallClock()
}

// join returns the live flow, or starts one: never two.
func (s *Source) join(ctx context.Context) (*flow, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return nil, &FlowError{Reason: Aborted, Instance: s.instance, Detail: errClosed.Error()}
	case s.flow == nil:
		s.start(ctx)
	}
	return s.flow, nil
}

// start hands the flow to a goroutine of the Source: the call that wanted it may be cancelled, the flow must not.
func (s *Source) start(ctx context.Context) {
	ctx, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	f := &flow{cancel: cancel, started: wallClock(), shown: make(chan struct{}), ended: make(chan struct{})}
	s.flow = f
	s.flows.Go(func() {
		defer cancel(nil)
		s.finish(f, s.pursue(ctx, f))
	})
}

func (s *Source) finish(f *flow, err error) {
	if errors.Is(err, errClosed) {
		err = &FlowError{Reason: Aborted, Detail: errClosed.Error()}
	}
	if failed, ok := errors.AsType[*FlowError](err); ok {
		failed.Instance = s.instance
	}
	s.mu.Lock()
	s.flow, f.over, f.err = nil, true, err
	s.mu.Unlock()
	close(f.ended)
	text := "sign-in ended"
	if f.prompt.Flow == "" && err != nil {
		text = "sign-in did not start"
	}
	s.log.Info().Str("instance", s.instance).Str("outcome", outcome(err)).Msg(text)
}

// outcome is a flow's end in a word or two: the texts of Kaneo stay out of the log.
func outcome(err error) string {
	if failed, ok := errors.AsType[*FlowError](err); ok {
		return string(failed.Reason)
	}
	return string(SignedIn)
}

// show makes the code visible, the first one or that of a new leader.
func (s *Source) show(f *flow, prompt Prompt) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.prompt.Flow == "" {
		close(f.shown)
	}
	f.prompt = prompt
}

func (s *Source) promptOf(f *flow) (Prompt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case !f.over:
		return f.prompt, nil
	case f.err == nil:
		return Prompt{}, ErrSignedIn
	}
	return Prompt{}, f.err
}

func (s *Source) live() *flow {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.flow
}

// callOff ends the live flow, if there is one, and waits for its end.
func (s *Source) callOff(ctx context.Context, why *FlowError) error {
	f := s.live()
	if f == nil {
		return nil
	}
	f.cancel(why)
	select {
	case <-f.ended:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
