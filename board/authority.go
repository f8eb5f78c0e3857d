package board

import (
	"context"
	"slices"
	"strings"

	"kaneo-mcp/kaneo"
)

// authority is something that roles may or may not do to tasks: how Kaneo calls the action, and how we do.
type authority struct {
	action string
	act    act
}

func toAssign() authority { return authority{"assign", changeAssignee} }
func toDelete() authority { return authority{"delete", deleteTask} }
func toChange() authority { return authority{"update", changeTasks} }

// entitled refuses a call that [Desk.barred] knows will fail.
func (d *Desk) entitled(ctx context.Context, found []Found, to authority) error {
	if barred := d.barred(ctx, found, to); barred != nil {
		return mistakef("%s Nothing was changed.", barred)
	}
	return nil
}

// barred says before anything is written what would fail for the caller's role in the workspaces of some tasks. Owners
// and admins are not asked about: an admin's role can be cut down, but hardly ever is, and then Kaneo's refusal says so.
// What cannot be told beforehand is left to Kaneo too.
func (d *Desk) barred(ctx context.Context, found []Found, to authority) error {
	asked := make(map[string]bool)
	for _, f := range found {
		workspace := f.Card.Project.WorkspaceID
		if f.Err != nil || asked[workspace] {
			continue
		}
		asked[workspace] = true
		role := d.role(ctx, workspace)
		if role == "" || role == "owner" || role == "admin" || strings.Contains(role, ",") { // kaneo-api.md §6, on several roles
			continue
		}
		granted, _, err := d.directory.grants.get(ctx, workspace+" "+to.action)
		if err == nil && !granted {
			return overstepped(role, to.act)
		}
	}
	return nil
}

// entitledTo asks beforehand for what members may not do, and, where many refusals would follow, for changes at all.
func (d *Desk) entitledTo(ctx context.Context, found []Found, change func(i int) Change) error {
	var reassigned []Found
	for i, f := range found {
		if f.Err == nil && d.reassigns(ctx, f.Card, change(i)) {
			reassigned = append(reassigned, f)
		}
	}
	if err := d.entitled(ctx, reassigned, toAssign()); err != nil {
		return err
	}
	if len(found) > atOnce {
		return d.entitled(ctx, found, toChange())
	}
	return nil
}

// reassigns tells whether a change gives a task to somebody else. A person who is not known is told of by the plan.
func (d *Desk) reassigns(ctx context.Context, card Card, change Change) bool {
	if slices.Contains(change.Clear, Assignee) {
		return card.Task.AssigneeID != ""
	}
	if change.Assignee == "" {
		return false
	}
	person, err := d.Person(ctx, card.Project.WorkspaceID, change.Assignee)
	return err == nil && person.ID != card.Task.AssigneeID
}

// readGrant looks up whether the caller's role grants an action on tasks; the key has the workspace's id before it.
func readGrant(client *kaneo.Client) func(context.Context, string) (bool, error) {
	return func(ctx context.Context, key string) (bool, error) {
		workspaceID, action, _ := strings.Cut(key, " ")
		return client.Grants(ctx, workspaceID, "task", action)
	}
}
