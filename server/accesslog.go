package server

import (
	"net/http"
	"runtime/debug"
	"time"

	"github.com/rs/zerolog"
)

// writeLimit is how long a client may take over a write. One that does not read is given up.
const writeLimit = 30 * time.Second

// answer is what is sent back: it notes the status and the size, and gives up on clients that do not read.
type answer struct {
	http.ResponseWriter
	status int
	size   int64
}

// WriteHeader notes the status.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(p []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	a.hurry()
	n, err := a.ResponseWriter.Write(p)
	a.size += int64(n)
	return n, err
}

// Flush lets streams through: mcp-go looks for it.
func (a *answer) Flush() {
	a.hurry()
	_ = http.NewResponseController(a.ResponseWriter).Flush() // a write after it tells
}

func (a *answer) hurry() {
	_ = http.NewResponseController(a.ResponseWriter).SetWriteDeadline(time.Now().Add(writeLimit)) // not every writer has one
}

// Unwrap lets [http.ResponseController] through.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// logAccess writes one line for each request when it has been served, under an id that the client gets too. Never an
// address as it was sent, a header or a body: each may hold a secret.
func logAccess(log zerolog.Logger, metrics *Metrics, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start, id, route := time.Now(), newSessionID(), routeName(r)
		w.Header().Set("X-Request-Id", id)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		told := &answer{ResponseWriter: w}
		defer func() {
			if v := recover(); v != nil {
				log.Error().Str("request", id).Str("panic", panicKind(v)).Bytes("stack", debug.Stack()).Msg("a request panicked")
				if told.status == 0 {
					refuse(told, r, http.StatusInternalServerError, "Internal error: the server's log says more.")
				}
			}
			metrics.countRequest(route, told.status)
			log.WithLevel(levelOf(route)).Str("request", id).Str("method", methodName(r)).Str("route", route).Int("status", told.status).
				Int64("bytes", told.size).Dur("took", time.Since(start)).Str("client", r.RemoteAddr).Msg("http")
		}()
		next.ServeHTTP(told, r)
	})
}

// levelOf keeps probes, which come every few seconds, out of the usual log.
func levelOf(route string) zerolog.Level {
	switch route {
	case "/healthz", "/readyz", "/metrics":
		return zerolog.DebugLevel
	}
	return zerolog.InfoLevel
}

// methodName is one of few: the method is the client's word too.
func methodName(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodPost, http.MethodDelete, http.MethodOptions, http.MethodHead:
		return r.Method
	}
	return "other"
}
