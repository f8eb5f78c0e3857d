package tools

import (
	"context"
	"fmt"
	"strings"

	"kaneo-mcp/board"
)

func peopleToolset() Toolset {
	return Toolset{
		Name:  "people",
		About: "who is who, and where",
		Tools: []Tool{whoami, listWorkspaces, listWorkspaceMembers},
	}
}

type whoamiIn struct{}

var whoami = define(Spec{
	Name: "whoami", Title: "Who am I", Effect: Reads,
	About: "Who one is in Kaneo, and with which role in which workspaces.",
}, func(ctx context.Context, desk *board.Desk, _ whoamiIn) (View, error) {
	identity, err := desk.Identity(ctx)
	if err != nil {
		return View{}, err
	}
	var v View
	user := identity.Session.User
	v.Line("%s <%s>, %s.", board.Plain(user.Name), board.Plain(user.Email), credential(desk, identity))
	if user.IsAnonymous {
		v.Line("%s", guestNote)
	}
	for _, w := range identity.Workspaces {
		v.Line("%s (%s)", board.Plain(w.Workspace.Name), orUnknown(w.Role))
	}
	return v, nil
})

const guestNote = "This is a guest account, which belongs to no workspace. To use your own, call kaneo_auth with action=logout, then sign in again without \"Continue as guest\"."

func credential(desk *board.Desk, identity board.Identity) string {
	if identity.Session.IsKey {
		return "by API key"
	}
	if identity.Session.ExpiresAt.IsZero() {
		return "signed in"
	}
	return fmt.Sprintf("signed in until %s, longer while in use", desk.Day(identity.Session.ExpiresAt))
}

func orUnknown(role string) string {
	if role == "" {
		return "role unknown"
	}
	return board.Plain(role)
}

type listWorkspacesIn struct{}

var listWorkspaces = define(Spec{
	Name: "list_workspaces", Title: "List workspaces", Effect: Reads,
	About: "Lists the workspaces one belongs to, with their projects.",
}, func(ctx context.Context, desk *board.Desk, _ listWorkspacesIn) (View, error) {
	workspaces, err := desk.Workspaces(ctx)
	if err != nil {
		return View{}, err
	}
	var v View
	v.Line("%s.", count(len(workspaces), "workspace"))
	for _, w := range workspaces {
		projects, err := desk.Projects(ctx, w.ID, false)
		if err != nil {
			return View{}, err
		}
		titles := make([]string, len(projects))
		for i, p := range projects {
			titles[i] = short(board.ProjectTitle(p))
		}
		v.Line("%s (%s): %s", board.Plain(w.Name), board.Plain(w.Slug), strings.Join(titles, ", "))
	}
	return v, nil
})

type listWorkspaceMembersIn struct {
	Workspace string `json:"workspace,omitempty" jsonschema:"Name, slug or id; default: the only one"`
	Emails    bool   `json:"emails,omitempty" jsonschema:"Also e-mail addresses"`
}

var listWorkspaceMembers = define(Spec{
	Name: "list_workspace_members", Title: "List members", Effect: Reads,
	About: "Lists a workspace's people and their roles.",
}, func(ctx context.Context, desk *board.Desk, in listWorkspaceMembersIn) (View, error) {
	workspace, err := desk.Workspace(ctx, in.Workspace)
	if err != nil {
		return View{}, err
	}
	members, err := desk.Members(ctx, workspace.ID)
	if err != nil {
		return View{}, err
	}
	var v View
	v.Line("%s in %s.", count(len(members), "member"), board.Plain(workspace.Name))
	for _, m := range members {
		row := fmt.Sprintf("%s | %s", board.Plain(m.Name), board.Plain(m.Role))
		if in.Emails {
			row += " | " + board.Plain(m.Email)
		}
		v.Line("%s", row)
	}
	return v, nil
})
