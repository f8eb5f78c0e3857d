package kaneo_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"kaneo-mcp/kaneo"
)

var (
	errRefused = &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	errReset   = &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
)

// step is how one try goes: badly with err, or with a status, or well.
type step struct {
	status  int
	err     error
	headers []string
}

// script plays one step for each request, the last one again and again.
type script struct {
	steps []step
	sent  int
}

func (s *script) RoundTrip(*http.Request) (*http.Response, error) {
	now := s.steps[min(s.sent, len(s.steps)-1)]
	s.sent++
	switch {
	case now.err != nil:
		return nil, now.err
	case now.status == http.StatusOK:
		return jsonReply(now.status, `{"id":"task1"}`), nil
	}
	return plain(now.status, "sorry", now.headers...), nil
}

func TestRetries(t *testing.T) {
	t.Parallel()
	ok := step{status: 200}
	status := func(n int, headers ...string) step { return step{status: n, headers: headers} }
	tests := []struct {
		name        string
		write       bool
		steps       []step
		deadline    time.Duration
		sent        int
		kind        kaneo.Kind
		least, most time.Duration // that it takes
	}{
		{name: "read, well", steps: []step{ok}, sent: 1},
		{name: "read, gateways", steps: []step{status(502), status(504), ok}, sent: 3, least: 600 * time.Millisecond, most: 800 * time.Millisecond},
		{name: "read, busy for long", steps: []step{status(503)}, sent: 3, kind: kaneo.Unavailable, most: time.Second},
		{name: "read, timed out there", steps: []step{status(408), ok}, sent: 2, most: time.Second},
		{name: "read, asked to wait", steps: []step{status(503, "Retry-After", "7"), ok}, sent: 2, least: 7 * time.Second, most: 7 * time.Second},
		{name: "read, asked to wait too long", steps: []step{status(503, "Retry-After", "11"), ok}, sent: 1, kind: kaneo.Unavailable},
		{name: "read, wait beyond the deadline", steps: []step{status(429, "Retry-After", "7"), ok}, deadline: 5 * time.Second, sent: 1, kind: kaneo.TooMany},
		{name: "read, too many", steps: []step{status(429, "X-Retry-After", "2"), ok}, sent: 2, least: 2 * time.Second, most: 2 * time.Second},
		{name: "read, reset", steps: []step{{err: errReset}, {err: io.EOF}, ok}, sent: 3, most: time.Second},
		{name: "read, refused", steps: []step{{err: errRefused}}, sent: 3, kind: kaneo.Unavailable, most: time.Second},
		{name: "read, unhandled", steps: []step{status(500), ok}, sent: 1, kind: kaneo.Unexpected},
		{name: "read, invalid", steps: []step{status(400), ok}, sent: 1, kind: kaneo.Invalid},
		{name: "read, broken for good", steps: []step{{err: errors.New("x509: unknown authority")}, ok}, sent: 1, kind: kaneo.Unavailable},
		{name: "write, gateway", write: true, steps: []step{status(502), ok}, sent: 1, kind: kaneo.Unavailable},
		{name: "write, busy", write: true, steps: []step{status(503), ok}, sent: 1, kind: kaneo.Unavailable},
		{name: "write, reset", write: true, steps: []step{{err: errReset}, ok}, sent: 1, kind: kaneo.Unavailable},
		{name: "write, never sent", write: true, steps: []step{{err: errRefused}, ok}, sent: 2, most: time.Second},
		{name: "write, too many", write: true, steps: []step{status(429, "Retry-After", "1"), ok}, sent: 2, least: time.Second, most: time.Second},
		{name: "write, conflict", write: true, steps: []step{status(409), ok}, sent: 1, kind: kaneo.Conflict},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := &script{steps: tt.steps}
				ctx, cancel := context.WithTimeout(t.Context(), cmp.Or(tt.deadline, time.Hour))
				defer cancel()
				start, retries := time.Now(), 0
				err := call(ctx, client(t, s, func(o *kaneo.Options) { o.Retrying = func() { retries++ } }), tt.write)
				if got := kaneo.KindOf(err); got != tt.kind || (err == nil) != (tt.kind == 0) {
					t.Errorf("got %v, want kind %v", err, tt.kind)
				}
				if s.sent != tt.sent || retries != tt.sent-1 {
					t.Errorf("sent %d times, told of %d retries, want %d", s.sent, retries, tt.sent)
				}
				if took := time.Since(start); took < tt.least || took > tt.most {
					t.Errorf("took %v, want %v to %v", took, tt.least, tt.most)
				}
			})
		})
	}
}

func call(ctx context.Context, c *kaneo.Client, write bool) error {
	if write {
		_, err := c.SetTitle(ctx, "task1", "x")
		return err
	}
	_, err := c.Task(ctx, "task1")
	return err
}

// stalled never answers.
func stalled(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func TestSlowKaneo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := client(t, wire(stalled), func(o *kaneo.Options) { o.Timeout = 5 * time.Second })
		start := time.Now()
		_, err := c.Task(t.Context(), "task1")
		if kaneo.KindOf(err) != kaneo.Unavailable || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if took := time.Since(start); took != 5*time.Second {
			t.Errorf("took %v: one slow try is enough", took)
		}
	})
}

func TestCallerLeaves(t *testing.T) {
	t.Parallel()
	tests := map[string]http.RoundTripper{
		"while asking":  wire(stalled),
		"while waiting": always(503, text, "busy", "Retry-After", "9"),
	}
	for name, w := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(time.Second, cancel)
				start := time.Now()
				_, err := client(t, w).Task(ctx, "task1")
				if err == nil {
					t.Error("no error")
				}
				if took := time.Since(start); took != time.Second {
					t.Errorf("took %v to notice", took)
				}
			})
		})
	}
}

func TestCancellationIsNotOurs(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := client(t, wire(stalled)).Task(ctx, "task1")
	if kaneo.KindOf(err) != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// cutBody ends before it should.
type cutBody struct{ io.Reader }

func (c cutBody) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

func (cutBody) Close() error { return nil }

func TestAnswerCutShort(t *testing.T) {
	t.Parallel()
	c := client(t, wire(func(*http.Request) (*http.Response, error) {
		r := jsonReply(200, "")
		r.Body = cutBody{strings.NewReader(`{"id":"ta`)}
		return r, nil
	}))
	_, err := c.Task(t.Context(), "task1")
	if want := "get task: unavailable: the connection was closed before the answer was complete"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// endless is an answer without end.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func (endless) Close() error { return nil }

func TestAnswerTooLarge(t *testing.T) {
	t.Parallel()
	for _, status := range []int{200, 400} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			c := client(t, wire(func(*http.Request) (*http.Response, error) {
				r := jsonReply(status, "")
				r.Body = endless{}
				return r, nil
			}))
			if _, err := c.Task(t.Context(), "task1"); err == nil || len(err.Error()) > 350 {
				t.Errorf("got %v", err)
			}
		})
	}
}
