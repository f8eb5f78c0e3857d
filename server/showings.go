package server

import (
	"context"
	"sync"
	"time"

	mcpserver "github.com/mark3labs/mcp-go/server"
)

// mostShowings bounds what is remembered of one code: clients without sessions look like new ones with each call.
const mostShowings = 1000

// showings remembers to which clients the live code has been shown. Over HTTP several clients share a server, and a code
// that one of them shows is no news to the person at another.
type showings struct {
	mu      sync.Mutex
	flow    string
	clients map[string]*showing
}

// showing is what one client was shown.
type showing struct {
	texted time.Time // when the code first stood in a result; zero: never
	greet  bool      // nobody has been told yet who signed in
}

// clientOf names the client of a call: its session.
func clientOf(ctx context.Context) string {
	if session := mcpserver.ClientSessionFromContext(ctx); session != nil {
		return session.SessionID()
	}
	return ""
}

// begin notes that a client is being shown a code, as text or not, and tells whether that is for the first time. It is one
// step: the calls of one turn run at the same time.
func (s *showings) begin(client, flow string, text bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.flow != flow || len(s.clients) >= mostShowings {
		s.flow, s.clients = flow, make(map[string]*showing)
	}
	if _, again := s.clients[client]; again {
		return false
	}
	s.clients[client] = &showing{greet: true}
	if text {
		s.clients[client].texted = time.Now()
	}
	return true
}

// text notes that a client's result holds the code.
func (s *showings) text(client string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if shown := s.clients[client]; shown != nil && shown.texted.IsZero() {
		shown.texted = time.Now()
	}
}

// sameTurn tells whether the code stands in another result of the same turn of a client.
func (s *showings) sameTurn(client string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	shown := s.clients[client]
	return shown != nil && time.Since(shown.texted) < sameTurn
}

// greeted notes that a client has been told who signed in, and tells whether that was due.
func (s *showings) greeted(client string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	shown := s.clients[client]
	if shown == nil || !shown.greet {
		return false
	}
	shown.greet = false
	return true
}
