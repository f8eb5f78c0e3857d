package server

import (
	"encoding/json"
	"net/http"

	"github.com/mark3labs/mcp-go/mcp"
	mcpserver "github.com/mark3labs/mcp-go/server"
)

// plainCall is what has to be right about a call of 2026-07-28, beside its arguments.
type plainCall struct {
	ID     *json.RawMessage `json:"id"`
	Method mcp.MCPMethod    `json:"method"`
	Params struct {
		Name string `json:"name"`
		Meta struct {
			Version  string          `json:"io.modelcontextprotocol/protocolVersion"`
			Progress json.RawMessage `json:"progressToken"`
		} `json:"_meta"`
	} `json:"params"`
}

// agrees tells whether a header says what the call says, and the call wants nothing but an answer.
func (c plainCall) agrees(h http.Header) bool {
	name, ok := mcp.DecodeHeaderValue(h.Get(mcp.HeaderName))
	return ok && name == c.Params.Name &&
		c.Method == mcp.MethodToolsCall && h.Get(mcp.HeaderMethod) == string(c.Method) &&
		c.Params.Meta.Version == h.Get(mcp.HeaderProtocolVersion) && mcp.IsValidProtocolVersion(c.Params.Meta.Version) &&
		c.ID != nil && c.Params.Meta.Progress == nil && h.Get(mcp.HeaderLastEventID) == ""
}

// plainCalls hands what is plainly a call of 2026-07-28 to the core of mcp-go, which would parse each message of that era four
// more times on the way there, and make a session with room for a hundred notifications. What is anything else, or wrong in
// any way, goes that way, and is told there what is wrong.
func plainCalls(s *mcpserver.MCPServer, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !modern(r) {
			next.ServeHTTP(w, r)
			return
		}
		var call plainCall
		body := wholeBody(r)
		if json.Unmarshal(body, &call) != nil || !call.agrees(r.Header) {
			next.ServeHTTP(w, r)
			return
		}
		answer := s.HandleMessage(s.WithContext(r.Context(), moment{}), body)
		w.Header().Set("Content-Type", "application/json")
		if failure, failed := answer.(mcp.JSONRPCError); failed && failure.Error.Code != mcp.INTERNAL_ERROR {
			w.WriteHeader(http.StatusBadRequest)
		}
		_ = json.NewEncoder(w).Encode(answer) // who has gone misses nothing
	})
}

// moment is the session of one call that is told nothing but its answer.
type moment struct{}

func (moment) SessionID() string                                   { return "" }
func (moment) Initialize()                                         {}
func (moment) Initialized() bool                                   { return true }
func (moment) NotificationChannel() chan<- mcp.JSONRPCNotification { return nil }
