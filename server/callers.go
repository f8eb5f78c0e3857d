package server

import (
	"context"
	"crypto/sha256"
	"net/http"
	"sync"
	"time"

	mcpserver "github.com/mark3labs/mcp-go/server"
)

// KeyHeader is where a caller's own Kaneo key comes, with each request.
const KeyHeader = "X-Kaneo-Api-Key"

// callers are those who are known at the moment, by a digest of their key. Without keys there is one, who is always known.
type callers struct {
	options HTTPOptions
	all     crowd

	mu    sync.Mutex
	known map[[sha256.Size]byte]*caller
}

func newCallers(o HTTPOptions) *callers {
	return &callers{
		options: o,
		all: crowd{
			calls: newTurnstile(o.Limits.CallsAll, nil), sessions: newTurnstile(o.Limits.SessionsAll, nil),
			streams: newTurnstile(o.Limits.SessionsAll, nil), arriving: newTurnstile(o.Limits.CallsAll, nil),
		},
		known: make(map[[sha256.Size]byte]*caller),
	}
}

// admit finds out whose request it is, by nothing but the key in this very request, and has serve serve it.
func (c *callers) admit(serve func(*caller, http.ResponseWriter, *http.Request)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		keys := r.Header.Values(KeyHeader)
		r.Header.Del(KeyHeader) // nobody needs it any more
		switch {
		case !c.options.PerCaller && len(keys) > 0:
			refuse(w, r, http.StatusBadRequest, "This server works for one person, and takes nobody else's key. A server for a team is started with --per-caller.")
			return
		case c.options.PerCaller && (len(keys) != 1 || keys[0] == ""):
			refuse(w, r, http.StatusUnauthorized, "Send your own Kaneo API key in the header "+KeyHeader+".")
			return
		}
		who, err := c.enter(append(keys, "")[0])
		switch {
		case err != nil:
			refuse(w, r, http.StatusBadRequest, capital(err.Error())+".")
		case who == nil:
			refuseBusy(w, r, "Too many people use this server. Try again later.")
		default:
			defer who.depart()
			if opensSession(r) && who.sessions.count() < c.options.Limits.SessionsEach {
				c.makeRoomForSessions()
			}
			serve(who, w, r)
		}
	})
}

// enter finds a caller, or makes one: nil when there is no room. Who was entered departs, once.
func (c *callers) enter(key string) (*caller, error) {
	digest := sha256.Sum256([]byte(key))
	c.mu.Lock()
	defer c.mu.Unlock()
	who, ok := c.known[digest]
	if !ok {
		if len(c.known) >= c.options.Limits.Callers && !c.dropLongestAway(anybody) {
			return nil, nil
		}
		tenant, err := c.options.Open(key)
		if err != nil {
			return nil, err
		}
		who = newCaller(tenant, c.options, c.all, c.options.Log)
		c.known[digest] = who
	}
	who.arrive()
	return who, nil
}

func (c *callers) makeRoomForSessions() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.all.sessions.full() && c.dropLongestAway((*caller).hasSessions) {
	}
}

// opensSession tells a request that takes up room for a session, unless it makes no sense.
func opensSession(r *http.Request) bool {
	switch {
	case r.URL.Path == "/sse":
		return true
	case r.URL.Path != "/mcp" || r.Method != http.MethodPost: // those of /message have a stream
		return false
	case modern(r):
		return subscribes(r)
	}
	return r.Header.Get(mcpserver.HeaderKeySessionID) == ""
}

// dropLongestAway makes room at the cost of those whom it concerns, with their sessions: else whoever knows the server's secret
// could keep everybody out, with keys that are made up. A client opens a new session by itself. It reports whether there was
// somebody.
func (c *callers) dropLongestAway(concerned func(*caller) bool) bool {
	var longest [sha256.Size]byte
	since := time.Now()
	for digest, who := range c.known {
		if seen, away := who.away(); away && !seen.After(since) && concerned(who) {
			longest, since = digest, seen
		}
	}
	who, ok := c.known[longest]
	if ok {
		delete(c.known, longest)
		who.close()
	}
	return ok
}

// dropIdle forgets, until ctx ends, who has had nothing here for a while.
func (c *callers) dropIdle(ctx context.Context) {
	ticks := time.NewTicker(c.options.Limits.Idle / 2)
	defer ticks.Stop()
	for {
		select {
		case <-ticks.C:
			c.drop(func(who *caller) bool {
				seen, away := who.away()
				return away && !who.hasSessions() && time.Since(seen) > c.options.Limits.Idle
			})
		case <-ctx.Done():
			return
		}
	}
}

func anybody(*caller) bool { return true }

// drop forgets those whom it concerns.
func (c *callers) drop(concerned func(*caller) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for digest, who := range c.known {
		if concerned(who) {
			delete(c.known, digest)
			who.close()
		}
	}
}

func (c *callers) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.known)
}
