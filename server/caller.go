package server

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"

	mcpserver "github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"
)

const noRoomForCalls = "Too many calls are running. Try again in a moment."

// caller is one person, and all that is kept for them: a catalogue with its caches, transports, sessions, limits. Nothing
// of it is anybody else's.
type caller struct {
	tenant     Tenant
	streamable *mcpserver.StreamableHTTPServer
	visits     *visits
	streams    *streams
	calls      *turnstile
	sessions   *turnstile

	post      http.Handler // of /mcp: a call, which takes up room until it is answered
	subscribe http.Handler // of /mcp: a call that is a stream without an end of its own, which takes up a session's room
	listen    http.Handler // of /mcp: a session's stream
	end       http.Handler // of /mcp: a session's end, which makes room and so needs none
	deliver   http.Handler // of /message: room for its call is taken up once it has arrived

	present atomic.Int64 // requests being served
	seen    atomic.Int64 // when the last one came, in ns since 1970
}

// crowd is the room that all callers share. A session's own stream has a room of its own: the session is counted already. So
// has a message to SSE that is arriving: its call is counted later.
type crowd struct{ calls, sessions, streams, arriving *turnstile }

func newCaller(t Tenant, o HTTPOptions, all crowd, log zerolog.Logger) *caller {
	c := &caller{
		tenant:   t,
		calls:    newTurnstile(o.Limits.CallsEach, all.calls),
		sessions: newTurnstile(o.Limits.SessionsEach, all.sessions),
		streams:  newStreams(t.MCP, log),
	}
	c.visits = newVisits(c.sessions)
	c.streamable = newStreamable(t.MCP, c.visits, o.Stateless, o.Limits.Idle)
	c.guard(o, all)
	c.arrive()
	c.depart()
	return c
}

// guard bounds what a caller can take up.
func (c *caller) guard(o HTTPOptions, all crowd) {
	var known http.Handler = c.streamable
	if !o.Stateless {
		known = guardVisits(c.visits, known)
	}
	posts := guardBody(guardNotifications(o.Stateless, plainCalls(c.tenant.MCP, known)))
	c.post = guardCalls(c.calls, posts)
	c.subscribe = guardRoom(c.sessions, noRoomForSessions, posts)
	c.listen = guardRoom(newTurnstile(o.Limits.SessionsEach, all.streams), noRoomForSessions, known)
	c.end = known
	c.deliver = guardRoom(newTurnstile(o.Limits.CallsEach, all.arriving), noRoomForCalls, guardBody(c.streams.message(c.calls)))
}

// mcp serves /mcp.
func (c *caller) mcp(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method == http.MethodGet:
		c.listen.ServeHTTP(w, r)
	case r.Method == http.MethodDelete:
		c.end.ServeHTTP(w, r)
	case modern(r) && subscribes(r):
		c.subscribe.ServeHTTP(w, r)
	default:
		c.post.ServeHTTP(w, r)
	}
}

// sse serves /sse.
func (c *caller) sse(w http.ResponseWriter, r *http.Request) {
	guardRoom(c.sessions, noRoomForSessions, http.HandlerFunc(c.streams.listen)).ServeHTTP(w, r)
}

// message serves /message.
func (c *caller) message(w http.ResponseWriter, r *http.Request) { c.deliver.ServeHTTP(w, r) }

func (c *caller) arrive() {
	c.present.Add(1)
	c.seen.Store(time.Now().UnixNano())
}

func (c *caller) depart() {
	c.seen.Store(time.Now().UnixNano())
	c.present.Add(-1)
}

// away tells since when a caller has had no request here.
func (c *caller) away() (time.Time, bool) {
	return time.Unix(0, c.seen.Load()), c.present.Load() == 0
}

func (c *caller) hasSessions() bool { return c.sessions.count() > 0 }

// close ends what is kept for a caller, its sessions too. Its requests have ended.
func (c *caller) close() {
	_ = c.streamable.Shutdown(context.Background()) // it has no server of its own to wait for
	c.visits.close()
	c.tenant.Close()
}
