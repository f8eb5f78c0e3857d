package auth

import (
	"context"
	"time"
)

const (
	slowerBy     = 5 * time.Second // RFC 8628 §3.5
	longestRetry = 30 * time.Second
)

// poll asks for the token until the code expires, and watches the store meanwhile: another process of the same person
// may be signed in first.
func (s *Source) poll(ctx context.Context, code deviceCode, until time.Time) error {
	rhythm := rhythm{interval: code.pause}
	next := wallClock().Add(code.pause)
	for s.current().Token == "" {
		now := wallClock()
		if !now.Before(until) {
			return &FlowError{Reason: Expired}
		}
		if !now.Before(next) {
			got := s.device.requestToken(ctx, code.secret)
			if got.granted.Token != "" || got.ended != nil {
				return s.settle(ctx, got)
			}
			next = wallClock().Add(rhythm.after(got))
		}
		if err := pause(ctx, min(watchEvery, until.Sub(now))); err != nil {
			return err
		}
	}
	return nil
}

// settle ends a flow with Kaneo's last word.
func (s *Source) settle(ctx context.Context, got poll) error {
	if got.ended == nil {
		s.keep(ctx, got.granted)
		return nil
	}
	if got.ended.Reason == Denied {
		s.deny()
	}
	return got.ended
}

// rhythm is how often a flow asks.
type rhythm struct {
	interval time.Duration
	failures int // in a row
}

// after is the pause after an answer: longer for good after slow_down, longer for a while after failures (RFC 8628 §3.5).
func (r *rhythm) after(got poll) time.Duration {
	if got.slower {
		r.interval += slowerBy
	}
	if !got.failed {
		r.failures = 0
		return r.interval
	}
	r.failures++
	return max(r.interval, min(r.interval*time.Duration(1+r.failures), longestRetry))
}
