package server

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"kaneo-mcp/auth"
	"kaneo-mcp/tools"
)

// authAction is what kaneo_auth can do.
type authAction string

const (
	authStatus authAction = "status"
	authLogin  authAction = "login"
	authLogout authAction = "logout"
)

type authIn struct {
	Action authAction `json:"action" jsonschema:"What to do"`
}

func authSchema() tools.Schema {
	return tools.SchemaOf[authIn](tools.EnumOf(authStatus, authLogin, authLogout))
}

// authTool is the one tool that is not about a board.
func authTool() mcp.Tool {
	return mcp.Tool{
		Name: "kaneo_auth", Title: "Kaneo sign-in",
		Description:    "Says who is signed in to Kaneo and until when, starts a sign-in, or signs out. Other tools start a sign-in by themselves.",
		RawInputSchema: authSchema().JSON,
		Annotations:    tools.Sets.Annotations(),
	}
}

func (d *frontDesk) authHandler(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	words := wording{instance: d.auth.Status(ctx).Instance, log: d.log}
	var in authIn
	if err := authSchema().Decode(request.Params.RawArguments, &in); err != nil {
		return failure(ctx, words, err)
	}
	var text string
	var err error
	switch in.Action {
	case authLogin:
		return d.authLogin(ctx, request, words)
	case authLogout:
		text, err = d.authLogout(ctx)
	default:
		text = StatusText(d.auth.Status(ctx), time.Now())
	}
	if err != nil {
		return failure(ctx, words, err)
	}
	return mcp.NewToolResultText(text), nil
}

// authLogin answers as a call that finds nobody signed in, but with a success: it is what was asked for.
func (d *frontDesk) authLogin(ctx context.Context, request mcp.CallToolRequest, words wording) (*mcp.CallToolResult, error) {
	result, err := d.signIn.climb(ctx, turnOf(ctx, request))
	if err != nil {
		return failure(ctx, words, err)
	}
	if result != nil {
		result.IsError = false
		return result, nil
	}
	d.catalogue.Forget()
	who, err := d.catalogue.SignedInAs(ctx)
	if err != nil {
		return failure(ctx, words, err)
	}
	d.signIn.shown.greeted(clientOf(ctx))
	return mcp.NewToolResultText(who), nil
}

func (d *frontDesk) authLogout(ctx context.Context) (string, error) {
	instance := d.auth.Status(ctx).Instance
	err := d.auth.SignOut(ctx)
	d.catalogue.Forget()
	if partly, ok := errors.AsType[*auth.SignOutError](err); ok {
		return capital(partly.Error()) + ".", nil
	}
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("Signed out of Kaneo at %s. The next call starts a new sign-in.", instance), nil
}

// StatusText tells a person or a model where the sign-in stands.
func StatusText(s auth.Status, now time.Time) string {
	switch s.State {
	case auth.UsingKey:
		return fmt.Sprintf("Kaneo at %s, by the API key in %s.", s.Instance, s.Source)
	case auth.KeyRefused:
		if s.Source == KeyHeader { // nothing is configured here that could be unset
			return fmt.Sprintf("Kaneo at %s refused the API key in %s. Send a valid one there.", s.Instance, s.Source)
		}
		return fmt.Sprintf("Kaneo at %s refused the API key in %s. Put a valid one there, or unset it to sign in with the browser.", s.Instance, s.Source)
	case auth.SignedIn:
		return signedInText(s)
	case auth.Pending:
		if s.Prompt != nil {
			return promptText(*s.Prompt, s.Prompt.Expires.Sub(now))
		}
		return fmt.Sprintf("A sign-in to Kaneo at %s is just being started. Ask again in a moment.", s.Instance)
	case auth.Refusal:
		return fmt.Sprintf("The sign-in to Kaneo at %s was denied. A new one can be started in %d s.", s.Instance, int(s.RetryAfter.Seconds()+0.999))
	default:
		return fmt.Sprintf("Nobody is signed in to Kaneo at %s. A call from an agent starts a sign-in.", s.Instance) + fileProblem(s)
	}
}

func signedInText(s auth.Status) string {
	text := fmt.Sprintf("Signed in to Kaneo at %s", s.Instance)
	if !s.ExpiresAt.IsZero() {
		text += fmt.Sprintf(" until %s at least; use within its last days renews it", s.ExpiresAt.UTC().Format("2006-01-02 15:04 MST"))
	}
	text += "."
	if s.Persisted {
		return text + " Kept in " + s.Source + "." + problem(s)
	}
	if s.Problem != "" {
		return text + problem(s)
	}
	return text + " Not kept: it ends with this process."
}

// fileProblem says why the file that should keep a session does not count.
func fileProblem(s auth.Status) string {
	if s.Problem == "" {
		return ""
	}
	return fmt.Sprintf(" The file %s does not count: %s.", s.Source, s.Problem)
}

func problem(s auth.Status) string {
	if s.Problem == "" {
		return ""
	}
	return " " + capital(s.Problem) + "."
}
