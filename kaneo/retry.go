package kaneo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"
)

const (
	maxTries    = 3
	maxWait     = 10 * time.Second // longer ones are the caller's to decide about
	firstPause  = 200 * time.Millisecond
	pauseJitter = 100 * time.Millisecond
)

// persist sends w until it is answered, or may not be sent again.
func (c *Client) persist(ctx context.Context, w wire, as credential) (answer, error) {
	for try := 1; ; try++ {
		a, err := c.attempt(ctx, w, as)
		failure, ours := errors.AsType[*Error](err)
		if err == nil || !ours || try == maxTries || !w.mayRepeat(failure) {
			return a, err
		}
		if !pause(ctx, failure.RetryAfter, try) {
			return a, err
		}
		c.retried()
	}
}

// mayRepeat says whether sending w again can help, and can do no harm.
func (w wire) mayRepeat(e *Error) bool {
	switch {
	case e.NothingHappened():
		return true
	case w.method != http.MethodGet:
		return false
	}
	switch e.Status {
	case 0:
		return cutOff(e)
	case http.StatusRequestTimeout, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// neverSent says that not even a connection came about.
func neverSent(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return ok && op.Op == "dial" && !op.Timeout()
}

func cutOff(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

// pause waits for as long as Kaneo asked for, or else a little, and longer with each try. It reports false when the wait
// is too long, or the caller has left.
func pause(ctx context.Context, asked time.Duration, try int) bool {
	wait := asked
	if wait == 0 {
		wait = firstPause<<(try-1) + rand.N(pauseJitter)
	}
	if end, limited := ctx.Deadline(); wait > maxWait || limited && wait > time.Until(end) {
		return false
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// unreachable tells why there was no answer, or (with a status) no whole one. The request's URL is left out of it.
func (w wire) unreachable(status int, err error) error {
	if outer, ok := errors.AsType[*url.Error](err); ok {
		err = outer.Err
	}
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("%s: %w", w.op, err)
	}
	e := &Error{Kind: Unavailable, Status: status, Message: outage(err), op: w.op, cause: err}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		e.Message = "no answer in time"
	case cutOff(err):
		e.Message = "the connection was closed before the answer was complete"
	}
	return e
}

// outage words a network's error for whoever reads an agent's context: without addresses, which are the operator's, and
// without bytes from the wire, which net/http quotes.
func outage(err error) string {
	var proxy string
	for op, ok := errors.AsType[*net.OpError](err); ok; op, ok = errors.AsType[*net.OpError](err) {
		if op.Op == "proxyconnect" {
			proxy = "the proxy on the way: "
		}
		err = op.Err
	}
	if lookup, ok := errors.AsType[*net.DNSError](err); ok {
		if lookup.IsNotFound {
			return proxy + "there is no such host"
		}
		return proxy + "its name cannot be looked up now"
	}
	text, _, _ := strings.Cut(err.Error(), `"`)
	return sentence(proxy + strings.TrimRight(text, ": "))
}
