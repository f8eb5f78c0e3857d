package board

import (
	"cmp"
	"context"
	"regexp"
	"strings"
	"sync"

	"kaneo-mcp/kaneo"
)

// usualIcon is what the web app gives a project unless somebody picks another.
const usualIcon = "Layout"

var projectKey = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\p{L}[\p{L}\p{N}_-]{0,9}$`) })

// ProjectChange is what to change about a project. Empty fields and nil stay as they are.
type ProjectChange struct {
	Name, Key, Description, Icon string
	Public, Archived             *bool
}

// CreateProject makes a project; the key is made of the name if none is given.
func (d *Desk) CreateProject(ctx context.Context, workspace string, c ProjectChange) (kaneo.Project, error) {
	name := Plain(c.Name)
	if name == "" {
		return kaneo.Project{}, mistakef("A project needs a name.")
	}
	if err := d.wholeWorkspace(createProjects); err != nil {
		return kaneo.Project{}, err
	}
	where, err := d.Workspace(ctx, workspace)
	if err != nil {
		return kaneo.Project{}, err
	}
	key := cmp.Or(strings.TrimSpace(c.Key), keyOf(name))
	if err := d.freeKey(ctx, where.ID, key, ""); err != nil {
		return kaneo.Project{}, err
	}
	project, err := d.kaneo.CreateProject(ctx, kaneo.NewProject{WorkspaceID: where.ID, Name: name, Slug: key, Icon: cmp.Or(c.Icon, usualIcon)})
	d.directory.projects.forget()
	if err != nil {
		return project, d.refusal(ctx, err, where.ID, createProjects)
	}
	if c.Description == "" && c.Public == nil {
		return project, nil
	}
	after, err := d.writeProject(ctx, project, ProjectChange{Description: c.Description, Public: c.Public}) // no route takes these at once
	return after, err
}

// keyOf is what the web app makes of a name: its first three letters, or the initials of several words.
func keyOf(name string) string {
	fields := strings.FieldsFunc(strings.ToUpper(name), func(r rune) bool { return r == ' ' || r == '-' || r == '_' })
	var initials []rune
	for _, field := range fields {
		initials = append(initials, []rune(field)[0])
	}
	if len(initials) > 1 {
		return string(initials[:min(len(initials), 5)])
	}
	first := []rune(cmp.Or(strings.Join(fields, ""), "PRJ"))
	return string(first[:min(len(first), 3)])
}

// freeKey wants a key that makes good short ids, and that no other project of the workspace has: Kaneo would take it, and
// WEB-12 would mean two tasks.
func (d *Desk) freeKey(ctx context.Context, workspaceID, key, self string) error {
	if !projectKey().MatchString(key) {
		return mistakef("%q is no key: use up to 10 letters and digits, the first a letter, such as WEB.", short(key))
	}
	all, err := d.directory.projects.read(ctx, workspaceID)
	if err != nil {
		return err
	}
	for _, p := range all {
		if p.ID != self && strings.EqualFold(p.Slug, key) {
			return mistakef("The key %s is taken by %s: give another one with key=….", short(key), short(ProjectTitle(p)))
		}
	}
	return nil
}

// UpdateProject changes a project, and says what was done.
func (d *Desk) UpdateProject(ctx context.Context, ref string, c ProjectChange) (before, after kaneo.Project, err error) {
	if before, err = d.Project(ctx, "", ref); err != nil {
		return before, after, err
	}
	if before, err = d.fresh(ctx, before); err != nil { // all fields are written: they must be the latest
		return before, after, err
	}
	if c.Key != "" {
		if err = d.freeKey(ctx, before.WorkspaceID, c.Key, before.ID); err != nil {
			return before, after, err
		}
	}
	after, err = d.writeProject(ctx, before, c)
	return before, after, err
}

func (d *Desk) fresh(ctx context.Context, p kaneo.Project) (kaneo.Project, error) {
	all, err := d.directory.projects.read(ctx, p.WorkspaceID)
	for _, now := range all {
		if now.ID == p.ID {
			return now, err
		}
	}
	return p, cmp.Or(err, mistakef("The project is gone."))
}

// writeProject sends what differs: the fields, then the archive flag.
func (d *Desk) writeProject(ctx context.Context, p kaneo.Project, c ProjectChange) (after kaneo.Project, err error) {
	defer d.directory.projects.forget()
	after = p
	fields := kaneo.ProjectFields{
		Name: cmp.Or(Plain(c.Name), p.Name), Slug: cmp.Or(strings.TrimSpace(c.Key), p.Slug), Icon: cmp.Or(c.Icon, p.Icon),
		Description: cmp.Or(c.Description, p.Description), IsPublic: p.IsPublic,
	}
	if c.Public != nil {
		fields.IsPublic = *c.Public
	}
	if fields != p.Fields() {
		if after, err = d.kaneo.UpdateProject(ctx, p.ID, fields); err != nil {
			return p, d.refusal(ctx, err, p.WorkspaceID, manageProjects)
		}
	}
	if c.Archived == nil || *c.Archived != active(p) {
		return after, nil
	}
	if *c.Archived {
		after, err = d.kaneo.ArchiveProject(ctx, p.ID)
	} else {
		after, err = d.kaneo.UnarchiveProject(ctx, p.ID)
	}
	return after, d.refusal(ctx, err, p.WorkspaceID, manageProjects)
}

// DeleteProject deletes a project with all that is in it, once that has been confirmed.
func (d *Desk) DeleteProject(ctx context.Context, ref, code string) (kaneo.Project, Confirmation, error) {
	if ref == "" {
		return kaneo.Project{}, Confirmation{}, mistakef("Name the project to delete.")
	}
	project, err := d.Project(ctx, "", ref)
	if err == nil {
		project, err = d.fresh(ctx, project)
	}
	if err != nil {
		return project, Confirmation{}, err
	}
	confirmation, err := d.confirm(code, project.ID)
	if err != nil || !confirmation.Given {
		return project, confirmation, err
	}
	err = d.kaneo.DeleteProject(ctx, project.ID)
	d.directory.projects.forget()
	return project, confirmation, d.refusal(ctx, err, project.WorkspaceID, deleteProject)
}
