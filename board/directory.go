package board

import (
	"context"
	"time"

	"kaneo-mcp/kaneo"
)

// directory is what is known about the instance by name: who is asking, workspaces, their members, projects and labels,
// and the columns of projects. Of tasks it remembers nothing but which id a number has.
type directory struct {
	me         *lookup[kaneo.Session]
	workspaces *lookup[[]kaneo.Workspace]
	members    *lookup[[]kaneo.Member] // by workspace id
	projects   fencedProjects          // by workspace id; archived ones included
	labels     *lookup[[]kaneo.Label]  // by workspace id; originals only
	columns    *lookup[[]kaneo.Column] // by project id
	grants     *lookup[bool]           // by workspace id and action on tasks
	custom     *customFields

	ids    *taskIDs
	timers *timers
}

func newDirectory(client *kaneo.Client, within fence, now func() time.Time) *directory {
	workspaces := newLookup(now, func(ctx context.Context, _ string) ([]kaneo.Workspace, error) {
		all, err := client.Workspaces(ctx)
		if err != nil {
			return nil, err
		}
		return within.allowedWorkspaces(all)
	})
	every := newLookup(now, func(ctx context.Context, workspaceID string) ([]kaneo.Project, error) {
		return client.Projects(ctx, workspaceID, true)
	})
	return &directory{
		me: newLookup(now, func(ctx context.Context, _ string) (kaneo.Session, error) {
			return client.Me(ctx)
		}),
		workspaces: workspaces,
		members:    newLookup(now, client.Members),
		projects:   fencedProjects{every, workspaces, within},
		labels:     newLookup(now, labelsByName(client)),
		columns:    newLookup(now, client.Columns),
		grants:     newLookup(now, readGrant(client)),
		custom:     newCustomFields(now, client),
		ids:        newTaskIDs(),
		timers:     newTimers(),
	}
}

func (d *directory) forget() {
	d.me.forget()
	d.workspaces.forget()
	d.members.forget()
	d.projects.forget()
	d.labels.forget()
	d.columns.forget()
	d.grants.forget()
	d.custom.forget()
	d.ids.forget()
}
