package auth

import (
	"context"
	"net/url"
	"strings"
	"time"
)

// watchEvery is the time between looks at the store.
const watchEvery = time.Second

// pursue brings a sign-in to its end: as the process that leads, or beside it. nil: there is a token.
func (s *Source) pursue(ctx context.Context, f *flow) error {
	if left := s.knownPast().cooling(wallClock()); left > 0 {
		return &FlowError{Reason: Denied, RetryAfter: left}
	}
	beside := follower{patience: f.started.Add(leaderPatience)}
	for s.current().Token == "" {
		if unlock, leading := s.slot.lead(); leading {
			defer unlock()
			return s.lead(ctx, f, beside.flow)
		}
		if err := s.follow(f, &beside); err != nil {
			return err
		}
		if err := pause(ctx, watchEvery); err != nil {
			return err
		}
	}
	return nil
}

func (s *Source) newPrompt(flow string, page *url.URL, userCode string, expires time.Time) Prompt {
	return Prompt{
		Flow: flow, Instance: s.instance, URL: page.String(), Host: page.Host,
		OtherHost: !strings.EqualFold(page.Hostname(), s.device.base.Hostname()),
		UserCode:  userCode, Expires: expires,
	}
}

// announce shows a code and logs that, without it.
func (s *Source) announce(f *flow, prompt Prompt, leading bool) {
	s.show(f, prompt)
	s.log.Info().Str("instance", s.instance).Time("until", prompt.Expires).Bool("own", leading).
		Msg("sign-in started: waiting for a person to approve it")
}

// learn adds to what is known of the last minutes.
func (s *Source) learn(more past) past {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.past = s.past.and(more).since(wallClock())
	return s.past
}

func (s *Source) knownPast() past {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.past
}

// pause waits, but not longer than ctx.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
