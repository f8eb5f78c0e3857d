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
	members    *lookup[[]kaneo.Member]  // by workspace id
	projects   *lookup[[]kaneo.Project] // by workspace id; archived ones included
	labels     *lookup[[]kaneo.Label]   // by workspace id; originals only
	columns    *lookup[[]kaneo.Column]  // by project id

	ids *taskIDs
}

func newDirectory(client *kaneo.Client, now func() time.Time) *directory {
	return &directory{
		me: newLookup(now, func(ctx context.Context, _ string) (kaneo.Session, error) {
			return client.Me(ctx)
		}),
		workspaces: newLookup(now, func(ctx context.Context, _ string) ([]kaneo.Workspace, error) {
			return client.Workspaces(ctx)
		}),
		members: newLookup(now, client.Members),
		projects: newLookup(now, func(ctx context.Context, workspaceID string) ([]kaneo.Project, error) {
			return client.Projects(ctx, workspaceID, true)
		}),
		labels:  newLookup(now, client.WorkspaceLabels),
		columns: newLookup(now, client.Columns),
		ids:     newTaskIDs(),
	}
}

func (d *directory) forget() {
	d.me.forget()
	d.workspaces.forget()
	d.members.forget()
	d.projects.forget()
	d.labels.forget()
	d.columns.forget()
	d.ids.forget()
}
