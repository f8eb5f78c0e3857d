package board

import (
	"context"
	"strings"

	"kaneo-mcp/kaneo"
)

// Nobody is the reference for "no assignee". Kaneo has no user of that name or id.
const Nobody = "nobody"

func nobody(ref string) bool {
	switch words(ref) {
	case Nobody, "none", "unassigned", "no one":
		return true
	}
	return false
}

func personKind() kind[kaneo.Member] {
	return kind[kaneo.Member]{
		what:  "person",
		names: func(m kaneo.Member) []string { return []string{m.Email, m.ID, m.Name} },
		// A first or last name is how people speak of each other; it counts only where it fits one member.
		loose: func(m kaneo.Member) []string {
			names := strings.Fields(m.Name)
			for _, name := range spellings(m.Name) {
				names = append(names, name)
				names = append(names, strings.Fields(name)...)
			}
			return names
		},
		title: func(m kaneo.Member) string { return m.Name },
	}
}

// Me says who is asking.
func (d *Desk) Me(ctx context.Context) (kaneo.Session, error) {
	me, _, err := d.directory.me.get(ctx, "")
	return me, err
}

// Members lists a workspace's members with their roles.
func (d *Desk) Members(ctx context.Context, workspaceID string) ([]kaneo.Member, error) {
	all, _, err := d.directory.members.get(ctx, workspaceID)
	return all, err
}

// PeopleOf are the members of the workspaces of some projects, each once. Who only words an answer can do without those that
// cannot be read.
func (d *Desk) PeopleOf(ctx context.Context, projects ...kaneo.Project) []kaneo.Member {
	var people []kaneo.Member
	met := make(map[string]bool) // workspaces and people, by their ids
	for _, project := range projects {
		if met[project.WorkspaceID] {
			continue
		}
		met[project.WorkspaceID] = true
		members, _ := d.Members(ctx, project.WorkspaceID)
		for _, member := range members {
			if !met[member.ID] {
				met[member.ID] = true
				people = append(people, member)
			}
		}
	}
	return people
}

// Person resolves "me", a name, an e-mail address or a user id among a workspace's members. Kaneo itself would accept
// a stranger as assignee (kaneo-api.md §12.19), so who is not a member is refused here.
func (d *Desk) Person(ctx context.Context, workspaceID, ref string) (kaneo.Member, error) {
	if words(ref) == "me" {
		me, err := d.Me(ctx)
		if err != nil {
			return kaneo.Member{}, err
		}
		ref = me.User.ID
	}
	return find(ctx, d.directory.members, workspaceID, func(all []kaneo.Member) (kaneo.Member, error) {
		return personKind().pick(strings.TrimPrefix(strings.TrimSpace(ref), "@"), " in this workspace", all)
	})
}

// role is the caller's role in a workspace, "" when it cannot be told.
func (d *Desk) role(ctx context.Context, workspaceID string) string {
	me, err := d.Person(ctx, workspaceID, "me")
	if err != nil {
		return ""
	}
	return me.Role
}
