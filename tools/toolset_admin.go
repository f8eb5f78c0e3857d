package tools

import (
	"context"
	"fmt"
	"strings"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

func adminToolset() Toolset {
	return Toolset{
		Name: "admin", About: "projects, columns, custom fields, workflow rules, invitations", Optional: true,
		Tools: []Tool{
			createProject, updateProject, deleteProject,
			createColumn, updateColumn, reorderColumns, deleteColumn,
			createCustomField, deleteCustomField,
			listWorkflowRules, setWorkflowRule,
			listInvitations, inviteMember, cancelInvitation,
		},
	}
}

type createProjectIn struct {
	Name        string `json:"name" jsonschema:"One line"`
	Key         string `json:"key,omitempty" jsonschema:"Of its tasks' keys, such as WEB; default: from the name"`
	Description string `json:"description,omitempty" jsonschema:"Markdown"`
	Icon        string `json:"icon,omitempty" jsonschema:"Lucide icon name; default: Layout"`
	Workspace   string `json:"workspace,omitempty" jsonschema:"Name, slug or id; default: the configured or only one"`
}

var createProject = define(Spec{
	Name: "create_project", Title: "Create project", Effect: Adds,
	About: "Makes a project with the columns To Do, In Progress, In Review and Done.",
}, func(ctx context.Context, desk *board.Desk, in createProjectIn) (View, error) {
	project, err := desk.CreateProject(ctx, in.Workspace, board.ProjectChange{
		Name: in.Name, Key: in.Key, Description: in.Description, Icon: in.Icon,
	})
	if err != nil && project.ID == "" {
		return View{}, err
	}
	var v View
	v.Done("Created project %s.", short(board.ProjectTitle(project)))
	if err != nil {
		v.Fail("Description not set", err)
	}
	return v, nil
})

type updateProjectIn struct {
	Project     string `json:"project" jsonschema:"Key, name or id"`
	Name        string `json:"name,omitempty" jsonschema:"New name"`
	Key         string `json:"key,omitempty" jsonschema:"New key; renames all its tasks' keys"`
	Description string `json:"description,omitempty" jsonschema:"Markdown; replaces the whole text"`
	Icon        string `json:"icon,omitempty" jsonschema:"Lucide icon name"`
	Public      *bool  `json:"public,omitempty" jsonschema:"Whether anybody on the internet may read it"`
	Archived    *bool  `json:"archived,omitempty" jsonschema:"Put it away, or take it out again"`
}

var updateProject = define(Spec{
	Name: "update_project", Title: "Update project", Effect: Sets,
	About: "Changes a project: name, key, description, icon, public, archived.",
}, func(ctx context.Context, desk *board.Desk, in updateProjectIn) (View, error) {
	before, after, err := desk.UpdateProject(ctx, in.Project, board.ProjectChange{
		Name: in.Name, Key: in.Key, Description: in.Description, Icon: in.Icon, Public: in.Public, Archived: in.Archived,
	})
	if err != nil {
		return View{}, err
	}
	var v View
	changes := projectChanges(before, after)
	if len(changes) == 0 {
		v.Line("%s is like this already.", short(board.ProjectTitle(before)))
	} else {
		v.Line("%s: %s.", short(board.ProjectTitle(before)), strings.Join(changes, "; "))
	}
	return v, nil
})

func projectChanges(before, after kaneo.Project) []string {
	var changes []string
	for _, field := range []struct{ what, from, to string }{
		{"name", before.Name, after.Name}, {"key", before.Slug, after.Slug}, {"icon", before.Icon, after.Icon},
		{"public", yesNo(before.IsPublic), yesNo(after.IsPublic)},
		{"archived", yesNo(!before.ArchivedAt.IsZero()), yesNo(!after.ArchivedAt.IsZero())},
	} {
		if field.from != field.to {
			changes = append(changes, fromTo(field.what, field.from, field.to))
		}
	}
	if before.Description != after.Description {
		changes = append(changes, "description replaced")
	}
	return changes
}

func yesNo(truth bool) string {
	if truth {
		return "yes"
	}
	return "no"
}

type deleteProjectIn struct {
	Project string `json:"project" jsonschema:"Key, name or id"`
	Confirm string `json:"confirm,omitempty" jsonschema:"The code from the first call, once the user agreed"`
}

var deleteProject = define(Spec{
	Name: "delete_project", Title: "Delete project", Effect: Destroys,
	About: "Deletes a project and everything in it for good, once the user agrees as with delete_tasks. To put it away, use update_project with archived=true.",
}, func(ctx context.Context, desk *board.Desk, in deleteProjectIn) (View, error) {
	project, confirmation, err := desk.DeleteProject(ctx, in.Project, in.Confirm)
	if err != nil {
		return View{}, err
	}
	var v View
	title, tasks := short(board.ProjectTitle(project)), count(project.Statistics.TotalTasks, "task")
	if confirmation.Given {
		v.Line("Deleted project %s with %s.", title, tasks)
		return v, nil
	}
	v.Line("Would delete project %s with %s, their comments, files and time entries.", title, tasks)
	v.ask(confirmation, "")
	return v, nil
})

type listWorkflowRulesIn struct {
	Project string `json:"project,omitempty" jsonschema:"Key, name or id; default: the configured or only one"`
}

var listWorkflowRules = define(Spec{
	Name: "list_workflow_rules", Title: "List workflow rules", Effect: Reads,
	About: "Lists into which columns events of a connected repository move tasks.",
}, func(ctx context.Context, desk *board.Desk, in listWorkflowRulesIn) (View, error) {
	project, rules, err := desk.WorkflowRules(ctx, in.Project)
	if err != nil {
		return View{}, err
	}
	var v View
	v.Line("%s in %s.", count(len(rules), "workflow rule"), short(board.ProjectTitle(project)))
	for _, r := range rules {
		v.Line("%s %s → %s", short(r.Integration), short(r.Event), short(r.ColumnName))
	}
	return v, nil
})

type setWorkflowRuleIn struct {
	Project     string                `json:"project,omitempty" jsonschema:"Key, name or id; default: the configured or only one"`
	Integration board.Integration     `json:"integration" jsonschema:"Of the repository"`
	Event       board.RepositoryEvent `json:"event" jsonschema:"What happens there"`
	Column      string                `json:"column" jsonschema:"Where it moves the task, or none to remove the rule"`
}

var setWorkflowRule = define(Spec{
	Name: "set_workflow_rule", Title: "Set workflow rule", Effect: Sets,
	About: "Says into which column an event of a connected repository moves its task.",
}, func(ctx context.Context, desk *board.Desk, in setWorkflowRuleIn) (View, error) {
	change, err := desk.SetWorkflowRule(ctx, in.Project, in.Integration, in.Event, in.Column)
	if err != nil {
		return View{}, err
	}
	var v View
	what := fmt.Sprintf("%s %s", in.Integration, in.Event)
	if change.From == change.To {
		v.Line("%s: already %s.", what, orWord(change.To, "without a rule"))
	} else {
		v.Line("%s: %s → %s.", what, orWord(change.From, "no rule"), orWord(change.To, "no rule"))
	}
	return v, nil
})

func orWord(text, word string) string {
	if text == "" {
		return word
	}
	return short(text)
}

type listInvitationsIn struct {
	Workspace string `json:"workspace,omitempty" jsonschema:"Name, slug or id; default: the configured or only one"`
}

var listInvitations = define(Spec{
	Name: "list_invitations", Title: "List invitations", Effect: Reads,
	About: "Lists a workspace's open invitations.",
}, func(ctx context.Context, desk *board.Desk, in listInvitationsIn) (View, error) {
	where, open, err := desk.Invitations(ctx, in.Workspace)
	if err != nil {
		return View{}, err
	}
	var v View
	v.Line("%s to %s.", count(len(open), "open invitation"), short(where.Name))
	for _, i := range open {
		v.Line("%s | %s | until %s", short(i.Email), short(i.Role), desk.Minute(i.ExpiresAt))
	}
	return v, nil
})

type inviteMemberIn struct {
	Email     string `json:"email" jsonschema:"Address"`
	Role      string `json:"role,omitempty" jsonschema:"admin, member, viewer or a custom one; default: member"`
	Workspace string `json:"workspace,omitempty" jsonschema:"Name, slug or id; default: the configured or only one"`
}

var inviteMember = define(Spec{
	Name: "invite_member", Title: "Invite member", Effect: Adds,
	About: "Invites somebody to a workspace by e-mail address.",
}, func(ctx context.Context, desk *board.Desk, in inviteMemberIn) (View, error) {
	where, made, already, err := desk.Invite(ctx, in.Workspace, in.Email, in.Role)
	if err != nil {
		return View{}, err
	}
	var v View
	if already {
		v.Line("%s is already invited to %s as %s, until %s. Nothing was sent.", short(made.Email), short(where.Name), short(made.Role), desk.Minute(made.ExpiresAt))
		return v, nil
	}
	v.Line("Invited %s to %s as %s, until %s.", short(made.Email), short(where.Name), short(made.Role), desk.Minute(made.ExpiresAt))
	v.Line("Without mail set up in Kaneo, send them its web address followed by /invitation/accept/%s.", made.ID)
	return v, nil
})

type cancelInvitationIn struct {
	Invitation string `json:"invitation" jsonschema:"E-mail address or id"`
	Workspace  string `json:"workspace,omitempty" jsonschema:"Default: the configured or only one"`
}

var cancelInvitation = define(Spec{
	Name: "cancel_invitation", Title: "Cancel invitation", Effect: Sets,
	About: "Takes an open invitation back.",
}, func(ctx context.Context, desk *board.Desk, in cancelInvitationIn) (View, error) {
	invitation, err := desk.CancelInvitation(ctx, in.Workspace, in.Invitation)
	if err != nil {
		return View{}, err
	}
	var v View
	v.Line("Invitation of %s canceled.", short(invitation.Email))
	return v, nil
})
