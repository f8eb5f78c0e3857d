package board

import (
	"context"
	"net/url"
	"strings"

	"golang.org/x/sync/errgroup"

	"kaneo-mcp/kaneo"
)

func projectKind() kind[kaneo.Project] {
	return kind[kaneo.Project]{
		what:  "project",
		names: func(p kaneo.Project) []string { return []string{p.ID, p.Slug, p.Name} },
		title: ProjectTitle,
	}
}

// ProjectTitle is how a project is called in a list: its key, then its name.
func ProjectTitle(p kaneo.Project) string { return strings.TrimSpace(p.Slug + " " + p.Name) }

// Projects lists the projects within reach: of one workspace, or, without one, of all the caller's workspaces.
func (d *Desk) Projects(ctx context.Context, workspace string, archived bool) ([]kaneo.Project, error) {
	within, err := d.reach(ctx, workspace)
	if err != nil {
		return nil, err
	}
	all, err := d.projectsOf(ctx, within, d.projectsKept)
	if archived || err != nil {
		return all, err
	}
	return filter(all, active), nil
}

func active(p kaneo.Project) bool { return p.ArchivedAt.IsZero() }

func (d *Desk) projectsKept(ctx context.Context, workspaceID string) ([]kaneo.Project, error) {
	all, _, err := d.directory.projects.get(ctx, workspaceID)
	return all, err
}

// projectsOf joins the projects of several workspaces, in the workspaces' order.
func (d *Desk) projectsOf(ctx context.Context, within []kaneo.Workspace,
	read func(context.Context, string) ([]kaneo.Project, error),
) ([]kaneo.Project, error) {
	lists := make([][]kaneo.Project, len(within))
	group, ctx := errgroup.WithContext(ctx)
	for i, workspace := range within {
		group.Go(func() (err error) {
			lists[i], err = read(ctx, workspace.ID)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var all []kaneo.Project
	for _, list := range lists {
		all = append(all, list...)
	}
	return all, nil
}

// Project resolves a project's key, name, id or web address. An empty reference means the default, or the only one.
// Archived projects are found by any of these, but an active one of the same name wins.
func (d *Desk) Project(ctx context.Context, workspace, ref string) (kaneo.Project, error) {
	if ref = strings.TrimSpace(ref); ref == "" {
		ref = d.project
	}
	return d.projectAmong(ctx, workspace, func(all []kaneo.Project) (kaneo.Project, error) { return pickProject(ref, all) })
}

// projectAmong picks among the projects within reach, and once more among fresh ones when there is none such.
func (d *Desk) projectAmong(ctx context.Context, workspace string,
	pick func([]kaneo.Project) (kaneo.Project, error),
) (kaneo.Project, error) {
	within, err := d.reach(ctx, workspace)
	if err != nil {
		return kaneo.Project{}, err
	}
	all, err := d.projectsOf(ctx, within, d.projectsKept)
	if err != nil {
		return kaneo.Project{}, err
	}
	found, err := pick(all)
	if !missing(err) {
		return found, err
	}
	if all, err = d.projectsOf(ctx, within, d.directory.projects.read); err != nil {
		return found, err
	}
	found, err = pick(all)
	return found, d.beyond(err, all)
}

func pickProject(ref string, all []kaneo.Project) (kaneo.Project, error) {
	if ref == "" {
		return onlyProject(filter(all, active))
	}
	if id := addressed(ref, "project"); id != "" {
		ref = id
	}
	return pickActive(projectKind(), ref, all)
}

// pickActive prefers projects at work to archived ones.
func pickActive(by kind[kaneo.Project], ref string, all []kaneo.Project) (kaneo.Project, error) {
	found, err := by.pick(ref, "", filter(all, active))
	if !missing(err) {
		return found, err
	}
	if archived, archivedErr := by.pick(ref, "", all); !missing(archivedErr) {
		return archived, archivedErr
	}
	return found, err
}

func onlyProject(all []kaneo.Project) (kaneo.Project, error) {
	if len(all) == 1 {
		return all[0], nil
	}
	if len(all) == 0 {
		return kaneo.Project{}, mistakef("There is no project here yet: create one in Kaneo first.")
	}
	return kaneo.Project{}, mistakef("Which project? There is: %s. Name one with project=…, or set KANEO_PROJECT.",
		enumerate(projectKind().titles(all)))
}

// addressed reads the id that follows a word in one of Kaneo's web addresses,
// <web origin>/dashboard/workspace/<id>/project/<id>/task/<id> (kaneo-api.md §7); "" when it is not one.
func addressed(ref, word string) string {
	address, err := url.Parse(strings.TrimSpace(ref))
	if err != nil || address.Host == "" {
		return ""
	}
	parts := strings.Split(address.Path, "/")
	for i, part := range parts[:len(parts)-1] {
		if part == word {
			return parts[i+1]
		}
	}
	return ""
}
