package auth

import (
	"context"
	"time"
)

// lastDay is how long before its end a session is worth a word.
const lastDay = 24 * time.Hour

// Ending says that a session ends in less than a day. A zero end is none that is known.
func Ending(end, now time.Time) bool {
	return !end.IsZero() && end.Sub(now) < lastDay
}

// File is where the session is kept, whether there is one or not; empty: in memory only. It opens nothing.
func (s *Source) File() string { return s.slot.file() }

// Extended takes the end of the session as Kaneo tells it: any use within the last six days moves it, without telling
// (kaneo-api.md §3). The file is written only for a difference that matters.
func (s *Source) Extended(ctx context.Context, end time.Time) {
	if s.key != nil || end.IsZero() {
		return
	}
	held := s.current()
	if held.Token == "" || end.Sub(held.Expires).Abs() < time.Hour {
		return
	}
	held.Expires = end
	s.keep(ctx, held)
}

// warn says once that the session is about to end. s.mu is held.
func (s *Source) warn() {
	if s.warned || s.session.Token == "" || !Ending(s.session.Expires, wallClock()) {
		return
	}
	s.warned = true
	s.log.Warn().Str("instance", s.instance).Time("until", s.session.Expires).
		Msg("the sign-in ends within a day unless it is used: any call that reaches Kaneo before then renews it")
}
