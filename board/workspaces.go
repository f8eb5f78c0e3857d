package board

import (
	"context"
	"strings"

	"kaneo-mcp/kaneo"
)

func workspaceKind() kind[kaneo.Workspace] {
	return kind[kaneo.Workspace]{
		what:  "workspace",
		names: func(w kaneo.Workspace) []string { return []string{w.ID, w.Slug, w.Name} },
		title: func(w kaneo.Workspace) string { return w.Name },
	}
}

// Workspaces lists the workspaces that the caller belongs to.
func (d *Desk) Workspaces(ctx context.Context) ([]kaneo.Workspace, error) {
	all, _, err := d.directory.workspaces.get(ctx, "")
	return all, err
}

// Workspace resolves a workspace's name, slug or id. An empty reference means the default, or the only one.
func (d *Desk) Workspace(ctx context.Context, ref string) (kaneo.Workspace, error) {
	if ref == "" {
		ref = d.workspace
	}
	return find(ctx, d.directory.workspaces, "", func(all []kaneo.Workspace) (kaneo.Workspace, error) {
		if ref != "" {
			return workspaceKind().pick(ref, "", all)
		}
		return only(all)
	})
}

func only(all []kaneo.Workspace) (kaneo.Workspace, error) {
	switch len(all) {
	case 0:
		return kaneo.Workspace{}, mistakef("You belong to no workspace yet. Ask somebody to invite you, or create one in Kaneo.")
	case 1:
		return all[0], nil
	}
	return kaneo.Workspace{}, mistakef("You belong to several workspaces: %s. Name one with workspace=…, or set KANEO_WORKSPACE.",
		strings.Join(workspaceKind().titles(all), ", "))
}

// reach is the set of workspaces that a call without a workspace may look into: the default one, else all.
func (d *Desk) reach(ctx context.Context, ref string) ([]kaneo.Workspace, error) {
	if ref != "" || d.workspace != "" {
		one, err := d.Workspace(ctx, ref)
		return []kaneo.Workspace{one}, err
	}
	return d.Workspaces(ctx)
}
