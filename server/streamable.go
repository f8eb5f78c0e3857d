package server

import (
	"bytes"
	"encoding/json"
	"log/slog" //nolint:depguard // mcp-go takes no other logger
	"net/http"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	mcpserver "github.com/mark3labs/mcp-go/server"
)

// pingEvery is how often a client that listens is pinged: its session is not idle then, and proxies let the stream live.
const pingEvery = 45 * time.Second

// newStreamable is mcp-go's Streamable HTTP, in both eras of the protocol, without what our guards do better.
func newStreamable(s *mcpserver.MCPServer, open *visits, stateless bool, idle time.Duration) *mcpserver.StreamableHTTPServer {
	options := []mcpserver.StreamableHTTPOption{
		mcpserver.WithDisableLocalhostProtection(true),                    // guardHost does it, and takes proxies on this machine
		mcpserver.WithStreamableHTTPLogger(slog.New(slog.DiscardHandler)), // it logs ids of sessions
	}
	if stateless {
		// A stream would share its notifications among all clients.
		return mcpserver.NewStreamableHTTPServer(s, append(options, mcpserver.WithStateLess(true), mcpserver.WithDisableStreaming(true))...)
	}
	return mcpserver.NewStreamableHTTPServer(s, append(options, mcpserver.WithSessionIdManager(open),
		mcpserver.WithSessionIdleTTL(idle), mcpserver.WithHeartbeatInterval(pingEvery))...)
}

// modern tells a request of 2026-07-28 or later, which has no session.
func modern(r *http.Request) bool {
	return mcp.IsModernProtocol(r.Header.Get(mcp.HeaderProtocolVersion))
}

// subscribes tells a request of 2026-07-28 for a stream. mcp-go checks that the body agrees.
func subscribes(r *http.Request) bool {
	return r.Header.Get(mcp.HeaderMethod) == string(mcp.MethodSubscriptionsListen)
}

const noRoomForSessions = "Too many sessions are open. Close one, or try again later."

// guardVisits looks after the sessions where mcp-go does not: it serves a stream under any id and after the session's end, and
// it says of one that has ended that it was ended with success.
func guardVisits(open *visits, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get(mcpserver.HeaderKeySessionID)
		switch {
		case modern(r): // sends no id, and one that is sent is not looked at
		case id != "" && !open.has(id):
			refuse(w, r, http.StatusNotFound, "There is no such session. Open a new one with initialize.")
			return
		case id == "" && r.Method != http.MethodPost:
			refuse(w, r, http.StatusBadRequest, "Say which session is meant, with the header Mcp-Session-Id.")
			return
		case id == "" && open.room.full():
			refuseBusy(w, r, noRoomForSessions)
			return
		case r.Method == http.MethodGet: // a stream, which mcp-go would let outlive its session
			ctx, release := open.accompany(r.Context(), id)
			defer release()
			r = r.WithContext(ctx)
		}
		next.ServeHTTP(w, r)
	})
}

// guardNotifications answers a notification of 2026-07-28, or of a client that has no session, that a call is taken back.
// There, ending the request takes the call back. mcp-go would look for a call with the same id, and find one of some other
// client: without sessions, it does not tell them apart.
func guardNotifications(stateless bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && (stateless || modern(r)) && takesBack(r) {
			w.WriteHeader(http.StatusAccepted)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// takesBack tells the notification that a call is taken back, and leaves the body as it was. Few bodies hold its name: the
// others need no parsing here.
func takesBack(r *http.Request) bool {
	body := wholeBody(r)
	if !bytes.Contains(body, []byte("cancelled")) {
		return false
	}
	var m struct {
		Method mcp.MCPMethod `json:"method"`
	}
	return json.Unmarshal(body, &m) == nil && m.Method == mcp.MethodNotificationCancelled
}
