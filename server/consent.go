package server

import (
	"context"
	"fmt"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	mcpserver "github.com/mark3labs/mcp-go/server"

	"kaneo-mcp/tools"
)

const (
	// consentQuestion names our question among those of a result, and sure the box that has to be ticked in the form: a
	// program that accepts every dialog does not tick it.
	consentQuestion = "delete"
	sure            = "sure"

	// consentLife is how long a question may be answered that waits at the client: as long as the code behind it holds.
	consentLife = 10 * time.Minute
)

const refusedText = "DELETION DECLINED: the user was asked and did not agree. Nothing was deleted. " +
	"Do not try again by yourself, and not by other tools: ask the user what they want instead."

// consent is how a call that would take something away for good gets a person to agree: by a form where the client has
// them. Elsewhere, and where the form comes to nothing, the call's text asks for a second call.
type consent struct {
	mcp  *mcpserver.MCPServer
	seal seal
}

// agreed has a tool do its work, once a person has agreed to what would be lost, as far as they can be asked. A result is
// for the client instead of the view.
func (d *frontDesk) agreed(ctx context.Context, t tools.Tool, request mcp.CallToolRequest, words wording) (
	tools.View, *mcp.CallToolResult, error,
) {
	turn, args := turnOf(ctx, request), []byte(request.Params.RawArguments)
	answer := mcpserver.ElicitationResponse(request.Params.InputResponses, consentQuestion)
	if answer != nil {
		if !agrees(answer) {
			return tools.View{}, mcp.NewToolResultError(refusedText), nil
		}
		if earlier, ours := d.consent.seal.open(turn, time.Now()); ours {
			return d.signedIn(ctx, t, turn, tools.WithConsent(args, earlier.About))
		}
	}
	view, result, err := d.signedIn(ctx, t, turn, args)
	if err != nil || result != nil || view.ConsentCode() == "" || !hasForms(ctx) {
		return view, result, err
	}
	if answer != nil { // to a question of long ago, or of a server that has ended: it would be asked again and again
		return view, nil, nil
	}
	yes, result, err := d.consent.ask(ctx, turn, consentForm(words.instance, view.Question(words.explain)), view.ConsentCode())
	if !yes {
		return view, result, err
	}
	return d.signedIn(ctx, t, turn, tools.WithConsent(args, view.ConsentCode()))
}

// ask puts the form before the person. Where that fails there is neither a yes nor a result.
func (c consent) ask(ctx context.Context, t turn, form mcp.ElicitationParams, code string) (yes bool, _ *mcp.CallToolResult, _ error) {
	if t.modern {
		now := time.Now()
		state, err := c.seal.close(asked{About: code, Digest: t.digest, At: now, Expires: now.Add(consentLife)})
		if err != nil {
			return false, nil, err
		}
		return false, mcpserver.NewInputRequestBuilder(state).Elicit(consentQuestion, form).ToolResult(), nil
	}
	asking, cancel := context.WithTimeout(ctx, dialogWait)
	defer cancel()
	answer, err := c.mcp.RequestElicitation(asking, mcp.ElicitationRequest{Params: form})
	switch {
	case ctx.Err() != nil:
		return false, nil, ctx.Err()
	case err != nil:
		return false, nil, nil
	case !agrees(answer):
		return false, mcp.NewToolResultError(refusedText), nil
	}
	return true, nil, nil
}

// agrees takes nothing for a yes but a ticked box: a dialog that was closed, or accepted without it, is a no.
func agrees(answer *mcp.ElicitationResult) bool {
	filled, _ := answer.Content.(map[string]any)
	ticked, _ := filled[sure].(bool)
	return answer.Action == mcp.ElicitationResponseActionAccept && ticked
}

func consentForm(instance, question string) mcp.ElicitationParams {
	return mcp.ElicitationParams{
		Mode:    mcp.ElicitationModeForm,
		Message: fmt.Sprintf("Delete from Kaneo at %s? This cannot be undone.\n\n%s", instance, question),
		RequestedSchema: map[string]any{
			"type": "object",
			"properties": map[string]any{
				sure: map[string]any{"type": "boolean", "title": "Yes, delete", "description": "Without this, nothing is deleted."},
			},
			"required": []string{sure},
		},
	}
}
