package server

import (
	"context"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	mcpserver "github.com/mark3labs/mcp-go/server"
)

// authStatusURI is where hosts that show resources find what kaneo_auth says with action=status.
const authStatusURI = "kaneo://auth/status"

// addCompanions adds the sign-in to hosts that show resources and prompts.
func (d *frontDesk) addCompanions(s *mcpserver.MCPServer) {
	s.AddResource(mcp.Resource{
		URI: authStatusURI, Name: "auth_status", Title: "Kaneo sign-in",
		Description: "Who is signed in to Kaneo, and until when.",
		MIMEType:    "text/plain",
	}, d.readAuthStatus)
	s.AddPrompt(mcp.Prompt{
		Name: "sign_in", Title: "Sign in to Kaneo",
		Description: "Starts a sign-in to Kaneo and shows the link and the code.",
	}, signInPrompt)
}

func (d *frontDesk) readAuthStatus(ctx context.Context, _ mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
	return []mcp.ResourceContents{mcp.TextResourceContents{
		URI: authStatusURI, MIMEType: "text/plain", Text: StatusText(d.auth.Status(ctx), time.Now()),
	}}, nil
}

func signInPrompt(context.Context, mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
	return &mcp.GetPromptResult{
		Description: "Sign in to Kaneo",
		Messages: []mcp.PromptMessage{{
			Role: mcp.RoleUser,
			Content: mcp.TextContent{Type: mcp.ContentTypeText, Text: "Call kaneo_auth with action=login, show me what it says unchanged, and stop. " +
				"When I say that it is done, call whoami and tell me as whom I am signed in."},
		}},
	}, nil
}
