package board

import (
	"context"

	"kaneo-mcp/kaneo"
)

// act is something that a role may or may not do, as a sentence calls it after "may not".
type act string

// What owners and admins may do by default (kaneo-api.md §6).
const (
	changeAssignee    = act("change " + Assignee)
	deleteTask        = act("delete a task")
	deleteProject     = act("delete a project")
	manageColumns     = act("manage columns")
	manageFields      = act("manage custom fields")
	manageInvitations = act("manage invitations")
	manageProjects    = act("manage projects")
	manageRules       = act("manage workflow rules")
)

// What members may do too.
const (
	attachFiles    = act("attach files")
	changeLabels   = act("change labels")
	changeTasks    = act("change tasks")
	createLabels   = act("create labels")
	createProjects = act("create projects")
	createTasks    = act("create tasks")
	deleteComments = act("delete comments")
	deleteLabels   = act("delete labels")
	editComments   = act("edit comments")
	linkTasks      = act("link tasks")
	logTime        = act("log time")
	unlinkTasks    = act("unlink tasks")
	writeComments  = act("comment")
)

// changing is the act of a step: "change label bug".
func changing(what string) act { return act("change " + what) }

// refusal explains "not allowed" by the caller's role.
func (d *Desk) refusal(ctx context.Context, err error, workspaceID string, what act) error {
	if kaneo.KindOf(err) != kaneo.NotAllowed {
		return err
	}
	role := d.role(ctx, workspaceID)
	if role == "" {
		return err
	}
	return overstepped(role, what)
}

// overstepped says who may. Roles are data in Kaneo: which of them may do what is told as its defaults have it.
func overstepped(role string, what act) error {
	return mistakef("Your role here (%s) may not %s; %s may. Ask one of them.", short(role), short(string(what)), what.by())
}

// by names the roles that may do it by default.
func (a act) by() string {
	switch a {
	case changeAssignee, deleteTask, deleteProject, manageColumns, manageFields, manageInvitations, manageProjects, manageRules:
		return "an owner or admin"
	}
	return "an owner, admin or member"
}
