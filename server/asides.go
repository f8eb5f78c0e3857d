package server

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
)

// An aside is a message that is no call: a notification, or the answer to a question of ours. It gets in where there is no
// room for calls, because it is what makes room: it takes a call back, or a call waits for it.

const (
	asidesEach = 8        // at a time, of one caller
	maxAside   = 64 << 10 // bytes
)

func isAside(body []byte) bool {
	var m message
	return json.Unmarshal(body, &m) == nil && (m.Method == "" || m.ID.IsNil())
}

// guardCalls lets calls in as long as there is room, and asides always.
func guardCalls(room *turnstile, next http.Handler) http.Handler {
	asides := guardRoom(newTurnstile(asidesEach, nil), noRoomForCalls, guardBody(refuseCalls(next)))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case room.enter():
			defer room.leave()
			next.ServeHTTP(w, r)
		case r.ContentLength < 0 || r.ContentLength > maxAside:
			refuseBusy(w, r, noRoomForCalls)
		default:
			asides.ServeHTTP(w, r)
		}
	})
}

func refuseCalls(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body) // bounded by guardBody
		if err != nil || !isAside(body) {
			refuseBusy(w, r, noRoomForCalls)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
	})
}
