package auth

import (
	"context"
	"errors"
)

// SignOut forgets the session, deletes its file, ends a live sign-in and has Kaneo revoke the session. It is no error
// that nobody was signed in. Errors: *[SignOutError] for what could not be done, *[KeyError] for a key, which is not
// ours to revoke, or ctx's.
func (s *Source) SignOut(ctx context.Context) error {
	if s.key != nil {
		return s.key.ruledOut("holds a key that is not ours to revoke: delete it in Kaneo's settings", ", and unset the variable")
	}
	if err := s.callOff(ctx, &FlowError{Reason: Aborted}); err != nil {
		return err
	}
	var faults []error
	for held := s.current(); held.Token != ""; held = s.current() { // the file may hold another session than the memory
		faults = append(faults, s.end(ctx, held.Token))
	}
	return errors.Join(faults...)
}

// end forgets one session, here first: Kaneo may be out of reach.
func (s *Source) end(ctx context.Context, token string) error {
	s.mu.Lock()
	s.dead, s.session = token, session{}
	s.mu.Unlock()
	fault := SignOutError{Instance: s.instance}
	if err := s.slot.forget(context.WithoutCancel(ctx), token); err != nil {
		fault.File = s.slot.tokenPath()
	}
	fault.Untold = s.device.signOut(ctx, token)
	if fault.File == "" && fault.Untold == "" {
		return nil
	}
	return &fault
}
