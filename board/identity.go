package board

import (
	"context"

	"golang.org/x/sync/errgroup"

	"kaneo-mcp/kaneo"
)

// Identity is who is asking, and what they are where.
type Identity struct {
	Session    kaneo.Session
	Workspaces []Membership
}

// Membership is a workspace and the caller's role in it, "" when it cannot be told.
type Membership struct {
	Workspace kaneo.Workspace
	Role      string
}

// Identity reads who is asking. It asks Kaneo each time: it is how somebody finds out whether a sign-in still holds.
func (d *Desk) Identity(ctx context.Context) (Identity, error) {
	me, err := d.directory.me.read(ctx, "")
	if err != nil {
		return Identity{}, err
	}
	workspaces, err := d.Workspaces(ctx)
	if err != nil {
		return Identity{}, err
	}
	identity := Identity{Session: me, Workspaces: make([]Membership, len(workspaces))}
	var group errgroup.Group
	for i, workspace := range workspaces {
		group.Go(func() error {
			identity.Workspaces[i] = Membership{workspace, d.role(ctx, workspace.ID)}
			return nil
		})
	}
	err = group.Wait()
	return identity, err
}
