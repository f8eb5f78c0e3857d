package server

import (
	"context"

	"github.com/mark3labs/mcp-go/mcp"
	mcpserver "github.com/mark3labs/mcp-go/server"

	"kaneo-mcp/tools"
)

// reporting has a call tell its client how far it is, if the client wants to know (MCP 2025-11-25, basic/utilities/progress):
// many give up a call that has been silent for a minute.
func reporting(ctx context.Context, request mcp.CallToolRequest) context.Context {
	meta := request.Params.Meta
	if meta == nil || meta.ProgressToken == nil || !channelOfItsOwn(ctx) {
		return ctx
	}
	s, last := mcpserver.ServerFromContext(ctx), 0
	return tools.WithProgress(ctx, func(done, of int) {
		if done <= last { // of another batch of the same call: progress has to rise
			return
		}
		last = done
		// A client that has not said that it is ready, or does not read, misses nothing essential.
		_ = s.SendNotificationToClient(ctx, string(mcp.MethodNotificationProgress),
			map[string]any{"progressToken": meta.ProgressToken, "progress": done, "total": of})
	})
}

// channelOfItsOwn tells whether a call's notifications can reach nobody else's stream: that of a connection with one stream,
// or of a request without a session. A session of Streamable HTTP has one channel for all of its calls, from which any of
// their streams may take.
func channelOfItsOwn(ctx context.Context) bool {
	session := mcpserver.ClientSessionFromContext(ctx)
	_, connected := session.(*mcpserver.InProcessSession)
	return connected || session != nil && session.SessionID() == ""
}
