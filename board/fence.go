package board

import (
	"context"
	"slices"

	"kaneo-mcp/kaneo"
)

// fence is what a desk may see of a Kaneo: only these workspaces and projects, by name, key or id; none: all. It stands
// around the lists of workspaces and projects, because every way to a task leads through its project.
type fence struct{ workspaces, projects []string }

func (f fence) stands() bool { return len(f.workspaces)+len(f.projects) > 0 }

// allowedOf keeps the items that refs name. A name that fits nothing, or several, allows nothing at all: who put up a
// fence does not want a gap in it. The sentences name nothing that is behind it.
func allowedOf[T any](k kind[T], variable string, refs []string, all []T) ([]T, error) {
	if len(refs) == 0 {
		return all, nil
	}
	var ids []string
	for _, ref := range refs {
		one, err := k.pick(ref, "", all)
		switch {
		case missing(err):
			return nil, mistakef("%s names %q, which is no %s of this account. Nothing is allowed until the operator corrects that.", variable, short(ref), k.what)
		case err != nil:
			return nil, mistakef("%s names %q, which fits more than one %s. Nothing is allowed until the operator puts the id there.", variable, short(ref), k.what)
		}
		ids = append(ids, k.names(one)[0])
	}
	return filter(all, func(item T) bool { return slices.Contains(ids, k.names(item)[0]) }), nil
}

func (f fence) allowedWorkspaces(all []kaneo.Workspace) ([]kaneo.Workspace, error) {
	return allowedOf(workspaceKind(), "KANEO_ALLOW_WORKSPACES", f.workspaces, all)
}

// fencedProjects are the projects of workspaces, as far as they are allowed.
type fencedProjects struct {
	every      *lookup[[]kaneo.Project] // by workspace id
	workspaces *lookup[[]kaneo.Workspace]
	fence      fence
}

func (p fencedProjects) get(ctx context.Context, workspaceID string) (allowed []kaneo.Project, fresh bool, err error) {
	every, fresh, err := p.every.get(ctx, workspaceID)
	if err != nil {
		return nil, fresh, err
	}
	allowed, err = p.allowed(ctx, every)
	return allowed, fresh, err
}

func (p fencedProjects) read(ctx context.Context, workspaceID string) ([]kaneo.Project, error) {
	every, err := p.every.read(ctx, workspaceID)
	if err != nil {
		return nil, err
	}
	return p.allowed(ctx, every)
}

func (p fencedProjects) forget() { p.every.forget() }

// allowed asks for the projects of all workspaces: in which of them an allowed one is, and that a name fits no other, can
// be told only from all.
func (p fencedProjects) allowed(ctx context.Context, some []kaneo.Project) ([]kaneo.Project, error) {
	if len(p.fence.projects) == 0 {
		return some, nil
	}
	workspaces, _, err := p.workspaces.get(ctx, "")
	if err != nil {
		return nil, err
	}
	var all []kaneo.Project
	for _, workspace := range workspaces {
		projects, _, err := p.every.get(ctx, workspace.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, projects...)
	}
	within, err := allowedOf(projectKind(), "KANEO_ALLOW_PROJECTS", p.fence.projects, all)
	if err != nil {
		return nil, err
	}
	return filter(some, func(one kaneo.Project) bool {
		return slices.ContainsFunc(within, func(p kaneo.Project) bool { return p.ID == one.ID })
	}), nil
}

// beyond says of a reference that names nothing that it may be behind the fence, where there is one.
func (d *Desk) beyond(err error, all []kaneo.Project) error {
	if !d.fence.stands() || !missing(err) {
		return err
	}
	return &Mistake{
		Sentence: "That is not in the allowed projects. These are: " + enumerate(projectKind().titles(all)) + ".",
		missing:  true,
	}
}
