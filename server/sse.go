package server

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	mcpserver "github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"
)

// mcp-go's own SSE server is not used: a client that goes away leaves its calls running there, every origin is allowed, and
// the text of a panic is sent to the client. To this package the transport of 2024-11-05 is a connection like that of
// stdio, whose lines arrive as the bodies of requests and leave as the events of a stream.

// keepAlive is how often a silent stream says that it is still there. Proxies end those that are silent for a minute.
const keepAlive = 25 * time.Second

// streams are the open event streams of one caller.
type streams struct {
	server *mcpserver.MCPServer
	log    zerolog.Logger

	mu   sync.Mutex
	open map[string]*stream
}

func newStreams(s *mcpserver.MCPServer, log zerolog.Logger) *streams {
	return &streams{server: s, log: log, open: make(map[string]*stream)}
}

// stream is one client: what it sends is served for as long as its stream is open.
type stream struct {
	connection *connection
	receive    func(line []byte, done func())
}

// listen opens a stream, and tells the client where to send its messages.
func (s *streams) listen(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	id, answers := newSessionID(), newOutlet()
	// Without a handler for questions a sign-in is shown as text: clients of this age rarely answer.
	session := mcpserver.NewInProcessSession(id, nil)
	if err := s.server.RegisterSession(ctx, session); err != nil {
		refuse(w, r, http.StatusInternalServerError, "The session could not be opened.")
		return
	}
	defer s.server.UnregisterSession(context.WithoutCancel(ctx), id)

	c := &connection{server: s.server, calls: newInflight(), questions: newDialogue(answers, ctx.Done()), outlet: answers, log: s.log}
	calls := mcpserver.WithSupportedProtocolVersions(s.server.WithContext(ctx, session), mcp.LegacyProtocolVersions())
	defer s.enter(id, &stream{c, func(line []byte, done func()) { c.receive(calls, calls, line, done) }})()

	events := newEvents(w)
	if events.write("endpoint", "/message?sessionId="+id) != nil {
		return
	}
	var silence sync.WaitGroup
	silence.Go(func() { events.keepAlive(ctx) })
	unwatch := context.AfterFunc(ctx, answers.close)
	_ = answers.write(events, session.ClientNotifications()) // a client that does not read any more has left
	unwatch()
	cancel()
	silence.Wait()
	wait(context.WithoutCancel(ctx), stopLimit, c.calls.close())
}

// enter makes a stream known to those who send to it. The returned function ends that.
func (s *streams) enter(id string, one *stream) func() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[id] = one
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.open, id)
	}
}

func (s *streams) find(id string) (*stream, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one, ok := s.open[id]
	return one, ok
}

// message takes a client's message. The answer comes on its stream; room is taken up until then.
func (s *streams) message(room *turnstile) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		to, ok := s.find(r.URL.Query().Get("sessionId"))
		if !ok {
			refuse(w, r, http.StatusNotFound, "There is no such session. Open one at /sse.")
			return
		}
		line, err := io.ReadAll(r.Body) // bounded by guardBody
		if err != nil {
			refuse(w, r, http.StatusBadRequest, "The body broke off.")
			return
		}
		switch {
		case room.enter():
			to.receive(line, room.leave)
		case isAside(line):
			to.receive(line, func() {})
		default:
			refuseBusy(w, r, noRoomForCalls)
			return
		}
		w.WriteHeader(http.StatusAccepted)
	})
}

// events writes server-sent events, each line of output being one.
type events struct {
	mu  sync.Mutex
	out http.ResponseWriter
	to  *http.ResponseController
}

func newEvents(w http.ResponseWriter) *events {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("X-Accel-Buffering", "no") // nginx would hold events back
	return &events{out: w, to: http.NewResponseController(w)}
}

// Write writes a JSON-RPC message as an event.
func (e *events) Write(line []byte) (int, error) {
	return len(line), e.write("message", string(line[:len(line)-1]))
}

func (e *events) write(name, data string) error {
	return e.send("event: " + name + "\ndata: " + data + "\n\n")
}

func (e *events) send(text string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if _, err := io.WriteString(e.out, text); err != nil {
		return fmt.Errorf("write an event: %w", err)
	}
	return e.to.Flush()
}

// keepAlive sends comments until ctx ends. A client that does not take them shows when the next event is written.
func (e *events) keepAlive(ctx context.Context) {
	ticks := time.NewTicker(keepAlive)
	defer ticks.Stop()
	for {
		select {
		case <-ticks.C:
			_ = e.send(": still here\n\n")
		case <-ctx.Done():
			return
		}
	}
}
