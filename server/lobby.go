package server

import (
	"container/list"
	"context"
	"net"
	"net/http"
	"sync"
)

// lobbySeats is how many connections may be in the lobby at a time.
const lobbySeats = 1024

// lobby keeps the connections whose request has not been let in: they have sent none, or not all of its header, or one that
// does not know the secret, whose body net/http goes on reading. When there are too many, whoever has waited longest has to
// go: a client that means it is through within a moment. So strangers, however many, neither fill the memory nor keep
// anybody out.
type lobby struct {
	seats int

	mu      sync.Mutex
	waiting *list.List // of net.Conn, who came first in front
	places  map[net.Conn]*list.Element
}

func newLobby(seats int) *lobby {
	return &lobby{seats: seats, waiting: list.New(), places: make(map[net.Conn]*list.Element)}
}

// observe is for [http.Server.ConnState].
func (l *lobby) observe(c net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew, http.StateIdle:
		l.sit(c)
	case http.StateActive: // it has yet to be let in
	default:
		l.rise(c)
	}
}

type connectionKey struct{}

// tellApart is for [http.Server.ConnContext]: requests know their connection by it.
func tellApart(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, connectionKey{}, c)
}

// letIn takes who gets here out of the lobby.
func (l *lobby) letIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c, ok := r.Context().Value(connectionKey{}).(net.Conn); ok {
			l.rise(c)
		}
		next.ServeHTTP(w, r)
	})
}

func (l *lobby) sit(c net.Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if place, ok := l.places[c]; ok { // it has been served without being let in
		l.waiting.MoveToBack(place)
		return
	}
	l.places[c] = l.waiting.PushBack(c)
	if l.waiting.Len() <= l.seats {
		return
	}
	l.showOut(l.waiting.Front())
}

// clear shows everybody out, and whoever comes later. [http.Server.Shutdown] would wait for a request from those who have sent
// none.
func (l *lobby) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seats = 0
	for l.waiting.Len() > 0 {
		l.showOut(l.waiting.Front())
	}
}

// showOut closes the connection at a place. The caller holds the lock.
func (l *lobby) showOut(place *list.Element) {
	l.waiting.Remove(place)
	if c, ok := place.Value.(net.Conn); ok {
		delete(l.places, c)
		_ = c.Close() // its goroutine notices and ends
	}
}

func (l *lobby) rise(c net.Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if place, ok := l.places[c]; ok {
		l.waiting.Remove(place)
		delete(l.places, c)
	}
}

func (l *lobby) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.waiting.Len()
}
