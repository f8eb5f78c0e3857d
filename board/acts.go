package board

import (
	"context"

	"kaneo-mcp/kaneo"
)

// act is something that a role may or may not do, as a sentence calls it after "may not".
type act string

const (
	attachFiles       act = "attach files"
	changeAssignee    act = "change " + act(Assignee)
	changeLabels      act = "change labels"
	changeTasks       act = "change tasks"
	createLabels      act = "create labels"
	createProjects    act = "create projects"
	createTasks       act = "create tasks"
	deleteComments    act = "delete comments"
	deleteLabels      act = "delete labels"
	deleteProject     act = "delete a project"
	deleteTask        act = "delete a task"
	editComments      act = "edit comments"
	linkTasks         act = "link tasks"
	logTime           act = "log time"
	manageColumns     act = "manage columns"
	manageFields      act = "manage custom fields"
	manageInvitations act = "manage invitations"
	manageProjects    act = "manage projects"
	manageRules       act = "manage workflow rules"
	unlinkTasks       act = "unlink tasks"
	writeComments     act = "comment"
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

// overstepped says who may. Roles are data in Kaneo: which of them may do what is told as its defaults have it
// (kaneo-api.md §6).
func overstepped(role string, what act) error {
	return mistakef("Your role here (%s) may not %s; %s may. Ask one of them.", short(role), short(string(what)), what.by())
}

// by names the roles that may do it by default.
func (a act) by() string {
	switch a {
	case changeAssignee, deleteTask, deleteProject, manageColumns, manageFields, manageInvitations, manageProjects, manageRules:
		return "an owner or admin"
	default:
		return "an owner, admin or member"
	}
}
