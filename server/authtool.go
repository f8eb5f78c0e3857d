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
	act := map[authAction]func(context.Context) (string, error){
		authStatus: d.authStatus, authLogin: d.authLogin, authLogout: d.authLogout,
	}[in.Action]
	text, err := act(ctx)
	if err != nil {
		return failure(ctx, words, err)
	}
	return mcp.NewToolResultText(text), nil
}

func (d *frontDesk) authStatus(ctx context.Context) (string, error) {
	return StatusText(d.auth.Status(ctx), time.Now()), nil
}

// authLogin answers with the same text as a call that finds nobody signed in, but as a success: it is what was asked for.
func (d *frontDesk) authLogin(ctx context.Context) (string, error) {
	err := d.signIn.climb(ctx)
	var shown *authRequired
	switch {
	case errors.As(err, &shown):
		return shown.text, nil
	case err != nil:
		return "", err
	}
	d.catalogue.Forget()
	return d.catalogue.SignedInAs(ctx)
}

func (d *frontDesk) authLogout(ctx context.Context) (string, error) {
	instance := d.auth.Status(ctx).Instance
	err := d.auth.SignOut(ctx)
	d.catalogue.Forget()
	var partly *auth.SignOutError
	if errors.As(err, &partly) {
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
	}
	return fmt.Sprintf("Nobody is signed in to Kaneo at %s. Any call starts a sign-in.", s.Instance) + problem(s)
}

func signedInText(s auth.Status) string {
	text := fmt.Sprintf("Signed in to Kaneo at %s", s.Instance)
	if !s.ExpiresAt.IsZero() {
		text += fmt.Sprintf(" until %s at least; use within its last days renews it", s.ExpiresAt.Local().Format(time.DateTime))
	}
	text += "."
	if s.Persisted {
		return text + " Kept in " + s.Source + "." + problem(s)
	}
	return text + " Not kept: it ends with this process." + problem(s)
}

func problem(s auth.Status) string {
	if s.Problem == "" {
		return ""
	}
	return " " + capital(s.Problem) + "."
}
