package board

import (
	"context"

	"golang.org/x/sync/errgroup"

	"kaneo-mcp/kaneo"
)

// Profile is what one needs to know to write in a project.
type Profile struct {
	Project  kaneo.Project
	Statuses []Status
	Labels   []kaneo.Label // the workspace's
	Members  []kaneo.Member
	Custom   []kaneo.CustomField
}

// Profile reads a project's profile.
func (d *Desk) Profile(ctx context.Context, workspace, project string) (Profile, error) {
	target, err := d.Project(ctx, workspace, project)
	if err != nil {
		return Profile{}, err
	}
	profile := Profile{Project: target}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		profile.Statuses, err = d.Statuses(ctx, target.ID)
		return err
	})
	group.Go(func() (err error) {
		profile.Labels, err = d.Labels(ctx, target.WorkspaceID)
		return err
	})
	group.Go(func() (err error) {
		profile.Members, err = d.Members(ctx, target.WorkspaceID)
		return err
	})
	group.Go(func() (err error) {
		profile.Custom, err = d.CustomFields(ctx, target.ID)
		return err
	})
	err = group.Wait()
	return profile, err
}
