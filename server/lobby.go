package server

import (
	"container/list"
	"net"
	"net/http"
	"sync"
)

// lobbySeats is how many connections may be waiting for a request at a time.
const lobbySeats = 1024

// lobby keeps the connections that have sent no request, or not all of its header. When there are too many, whoever has
// waited longest has to go: a client that means it sends its header within a moment. So half-open connections, however
// many, neither fill the memory nor keep anybody out.
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
	default:
		l.rise(c)
	}
}

func (l *lobby) sit(c net.Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.places[c] = l.waiting.PushBack(c)
	if l.waiting.Len() <= l.seats {
		return
	}
	first := l.waiting.Front()
	l.waiting.Remove(first)
	if longest, ok := first.Value.(net.Conn); ok {
		delete(l.places, longest)
		_ = longest.Close() // its goroutine notices and ends
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
