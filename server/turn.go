package server

import (
	"context"
	"crypto/sha256"

	"github.com/mark3labs/mcp-go/mcp"
	mcpserver "github.com/mark3labs/mcp-go/server"
)

// surface is how a client can put a sign-in before a person, the least first.
type surface int

const (
	asText surface = iota // in the result of the call
	asForm                // in a dialog that shows a text
	asPage                // in a dialog that opens a page
)

// turn is one attempt of a call, as far as signing in is concerned.
type turn struct {
	can    surface
	modern bool // 2026-07-28: questions are results, and answers come with the next attempt
	digest [sha256.Size]byte

	state  string // what an earlier question gave along, sealed
	answer *mcp.ElicitationResult
}

// signInQuestion names our question among those of a result.
const signInQuestion = "sign_in"

func turnOf(ctx context.Context, request mcp.CallToolRequest) turn {
	return turn{
		can:    surfaceOf(ctx),
		modern: mcpserver.IsModernRequest(ctx),
		digest: sha256.Sum256(append([]byte(request.Params.Name+"\x00"), request.Params.RawArguments...)),
		state:  request.Params.RequestState,
		answer: mcpserver.ElicitationResponse(request.Params.InputResponses, signInQuestion),
	}
}

// surfaceOf goes by what the client declares, never by its name or its version of the protocol.
func surfaceOf(ctx context.Context) surface {
	declared := capabilities(ctx).Elicitation
	switch {
	case declared == nil:
		return asText
	case declared.URL != nil:
		return asPage
	}
	return asForm
}

// hasForms tells whether the client can put a form before a person. One that declares no kind of dialog has forms (MCP
// 2025-11-25, client/elicitation).
func hasForms(ctx context.Context) bool {
	declared := capabilities(ctx).Elicitation
	return declared != nil && (declared.Form != nil || declared.URL == nil)
}

func capabilities(ctx context.Context) mcp.ClientCapabilities {
	if info := mcpserver.RequestProtocolInfoFromContext(ctx); info != nil && info.Modern {
		if info.ClientCapabilities == nil {
			return mcp.ClientCapabilities{}
		}
		return *info.ClientCapabilities
	}
	if session, ok := mcpserver.ClientSessionFromContext(ctx).(mcpserver.SessionWithClientInfo); ok {
		return session.GetClientCapabilities()
	}
	return mcp.ClientCapabilities{}
}
