package auth

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"time"
)

// longestMargin is how long before Kaneo's expiry ours is: nobody should open a page that is about to say no.
const longestMargin = 15 * time.Second

// lead shows a code of our own and waits for its approval, unless the leader before us, whose flow was followed, came
// to an end that is ours too.
func (s *Source) lead(ctx context.Context, f *flow, followed string) error {
	if s.current().Token != "" {
		return nil
	}
	before := s.slot.readRecord()
	past := s.learn(before.past)
	if err := barred(before, past, followed); err != nil {
		return err
	}
	mine := record{Flow: rand.Text(), past: past}
	s.slot.writeRecord(mine) // takes the code of a dead leader away
	err := s.ask(ctx, f, &mine)
	if ctx.Err() != nil && err != nil {
		err = context.Cause(ctx)
	}
	s.slot.writeRecord(record{Flow: mine.Flow, Ended: endOf(err), past: s.knownPast()})
	return err
}

// barred says why no new code may be asked for.
func barred(before record, past past, followed string) error {
	now := wallClock()
	cooling, full := past.cooling(now), past.full(now)
	switch {
	case cooling > 0:
		return &FlowError{Reason: Denied, RetryAfter: cooling}
	case before.Ended != "" && before.Flow == followed:
		return &FlowError{Reason: before.Ended}
	case full > 0:
		return &FlowError{Reason: TooMany, RetryAfter: full}
	}
	return nil
}

// endOf is the reason that other processes learn. There is none when this process just ends: they go on.
func endOf(err error) Reason {
	if failed, ok := errors.AsType[*FlowError](err); ok {
		return failed.Reason
	}
	return ""
}

// ask gets a code, shows it here and to other processes, and polls.
func (s *Source) ask(ctx context.Context, f *flow, mine *record) error {
	asked := wallClock()
	code, err := s.device.requestCode(ctx)
	if err != nil {
		return err
	}
	mine.past = s.learn(past{Codes: []time.Time{asked}})
	page, err := completePage(code)
	if err = cmp.Or(err, checkUserCode(code.userCode)); err != nil {
		return &FlowError{Reason: Unsafe, Detail: err.Error()}
	}
	prompt := s.newPrompt(mine.Flow, page, code.userCode, asked.Add(code.validity-margin(code.validity)))
	mine.UserCode, mine.URL, mine.Expires = prompt.UserCode, prompt.URL, prompt.Expires
	s.slot.writeRecord(*mine)
	s.announce(f, prompt, true)
	return s.poll(ctx, code, prompt.Expires)
}

func margin(validity time.Duration) time.Duration { return min(longestMargin, validity/10) }
