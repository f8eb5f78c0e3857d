package sandbox

import (
	"bytes"
	"encoding/json"
)

// addWorkspace makes a workspace with the three roles that are rows.
func (k *Kaneo) addWorkspace(name, slug string) *workspace {
	now := k.now()
	id := accountID()
	w := k.workspaces.put(id, &workspace{ID: id, Name: name, Slug: slug, CreatedAt: now})
	for _, seeded := range []string{"viewer", "member", "admin"} {
		k.addRole(boardID(), id, seeded, builtInRoles()[seeded])
	}
	return w
}

func (k *Kaneo) addRole(id, workspaceID, name string, granted map[string][]string) *role {
	now := k.now()
	return k.roles.put(id, &role{
		ID: id, WorkspaceID: workspaceID, Name: name, Permission: granted, CreatedAt: now, UpdatedAt: now,
	})
}

func (k *Kaneo) addMember(workspaceID, userID, roles string) *member {
	id := accountID()
	return k.members.put(id, &member{
		ID: id, WorkspaceID: workspaceID, UserID: userID, Role: roles, CreatedAt: k.now(),
	})
}

// addTeam makes the team that every workspace starts with, named like it.
func (k *Kaneo) addTeam(w *workspace) *team {
	now := k.now()
	id := accountID()
	return k.teams.put(id, &team{ID: id, Name: w.Name, WorkspaceID: w.ID, CreatedAt: now, UpdatedAt: now})
}

func (k *Kaneo) workspaceBySlug(slug string) *workspace {
	return k.workspaces.first(func(w *workspace) bool { return w.Slug == slug })
}

func (k *Kaneo) membersOf(workspaceID string) []*member {
	return k.members.where(func(m *member) bool { return m.WorkspaceID == workspaceID })
}

func (k *Kaneo) teamsOf(workspaceID string) []*team {
	return k.teams.where(func(t *team) bool { return t.WorkspaceID == workspaceID })
}

// textOrNull reads a JSON text or null, which validation has seen before.
func textOrNull(raw json.RawMessage) *string {
	var s *string
	_ = json.Unmarshal(raw, &s)
	return s
}

// compacted is JSON as Kaneo stores it.
func compacted(raw json.RawMessage) json.RawMessage {
	var out bytes.Buffer
	_ = json.Compact(&out, raw) // validated
	return out.Bytes()
}

// dropWorkspace takes everything inside along.
func (k *Kaneo) dropWorkspace(id string) {
	for _, p := range k.projects.where(func(p *project) bool { return p.WorkspaceID == id }) {
		k.dropProject(p.ID)
	}
	k.labels.dropAll(func(l *label) bool { return string(l.WorkspaceID) == id })
	k.members.dropAll(func(m *member) bool { return m.WorkspaceID == id })
	k.roles.dropAll(func(r *role) bool { return r.WorkspaceID == id })
	k.invitations.dropAll(func(i *invitation) bool { return i.WorkspaceID == id })
	k.teams.dropAll(func(t *team) bool { return t.WorkspaceID == id })
	k.workspaces.drop(id)
}
