package auth

import (
	"cmp"
	"time"
)

// leaderPatience is for a leader without a valid code: longer than its request may take.
const leaderPatience = 30 * time.Second

// follower is what a process knows of the flow that another one leads.
type follower struct {
	flow     string
	patience time.Time // until when the leader may be without a valid code
}

// follow shows the leader's code, checked like one of our own: the file could come from anywhere.
func (s *Source) follow(f *flow, beside *follower) error {
	theirs, now := s.slot.readRecord(), wallClock()
	beside.flow = theirs.Flow
	if theirs.UserCode == "" || !now.Before(theirs.Expires) {
		return beside.without(f, now)
	}
	page, err := pageURL(theirs.URL)
	if err = cmp.Or(err, checkUserCode(theirs.UserCode)); err != nil {
		return &FlowError{Reason: Unsafe, Detail: err.Error()}
	}
	beside.patience = theirs.Expires.Add(leaderPatience)
	if f.prompt.Flow != theirs.Flow {
		s.announce(f, s.newPrompt(theirs.Flow, page, theirs.UserCode, theirs.Expires), false)
	}
	return nil
}

// without says when a leader has been without a code for too long.
func (b *follower) without(f *flow, now time.Time) error {
	switch {
	case now.Before(b.patience):
		return nil
	case f.prompt.Flow == "":
		return &FlowError{Reason: Elsewhere}
	}
	return &FlowError{Reason: Expired}
}
