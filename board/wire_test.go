package board_test

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"
)

// clock stands still unless it is moved.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) move(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(by)
}

// wire carries a desk's requests to Kaneo and notes them.
type wire struct {
	far http.RoundTripper

	mu       sync.Mutex
	sent     []string // method and path of each request
	underway int
	most     int // requests at the same time

	before func(*http.Request) error // of each request, if set; its error is that of the network
}

var errDown = errors.New("the network is down")

// RoundTrip carries one request.
func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	w.sent = append(w.sent, r.Method+" "+strings.TrimPrefix(r.URL.EscapedPath(), "/api"))
	w.underway++
	w.most = max(w.most, w.underway)
	before := w.before
	w.mu.Unlock()
	defer func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.underway--
	}()
	if before != nil {
		if err := before(r); err != nil {
			return nil, err
		}
	}
	return w.far.RoundTrip(r)
}

// hook sets what happens before each request from now on.
func (w *wire) hook(before func(*http.Request) error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.before = before
}

// cutAfter lets so many writes pass, and then nothing.
func (w *wire) cutAfter(writes int) {
	var mu sync.Mutex
	w.hook(func(r *http.Request) error {
		mu.Lock()
		defer mu.Unlock()
		if r.Method != http.MethodGet {
			writes--
		}
		if writes < 0 {
			return errDown
		}
		return nil
	})
}

// take returns the requests sent since it was last called.
func (w *wire) take() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	sent := w.sent
	w.sent = nil
	return sent
}

// takeWrites is take without what only reads.
func (w *wire) takeWrites() []string {
	var writes []string
	for _, request := range w.take() {
		if !strings.HasPrefix(request, "GET ") {
			writes = append(writes, request)
		}
	}
	return writes
}
