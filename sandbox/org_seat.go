package sandbox

import (
	"slices"
	"strings"
)

// active is the workspace a session works in; keys have none.
func (c *call) active() string {
	if c.caller.session == nil {
		return ""
	}
	return string(c.caller.session.ActiveOrg)
}

// activate makes a workspace the one the session works in; "" is none.
func (k *Kaneo) activate(c *call, workspaceID string) {
	if s := c.caller.session; s != nil {
		s.ActiveOrg, s.UpdatedAt = ref(workspaceID), k.now()
	}
}

// workspaceOr takes the one named, or the active one: most routes fall back to the session's workspace.
func (c *call) workspaceOr(id string) string {
	if id != "" {
		return id
	}
	return c.active()
}

// seat is the caller's membership in a workspace, the active one if id is empty;
// else the refusal for having none named or for an outsider.
func (k *Kaneo) seat(c *call, id string, unnamed, outsider error) (*member, error) {
	id = c.workspaceOr(id)
	if id == "" {
		return nil, unnamed
	}
	if m := k.memberOf(id, c.caller.user.ID); m != nil {
		return m, nil
	}
	return nil, outsider
}

// mayAll is the permission check of the organization routes. Other than REST's,
// it lets a member hold several roles, any of which may grant everything asked
// for (kaneo-api.md §6).
func (k *Kaneo) mayAll(m *member, wanted map[string][]string) bool {
	return slices.ContainsFunc(rolesIn(m.Role), func(name string) bool {
		held := k.permissionsOf(m.WorkspaceID, name)
		for resource, actions := range wanted {
			for _, action := range actions {
				if !slices.Contains(held[resource], action) {
					return false
				}
			}
		}
		return len(wanted) > 0
	})
}

// may checks one permission, "member:update".
func (k *Kaneo) may(m *member, needs string) bool {
	resource, action, _ := strings.Cut(needs, ":")
	return k.mayAll(m, map[string][]string{resource: {action}})
}

// permissionsOf reads a role's row; only the owner is not a row.
func (k *Kaneo) permissionsOf(workspaceID, name string) map[string][]string {
	if row := k.roleOf(workspaceID, name); row != nil {
		return row.Permission
	}
	if name == "owner" {
		return builtInRoles()["owner"]
	}
	return nil
}

func (k *Kaneo) roleOf(workspaceID, name string) *role {
	return k.roles.first(func(r *role) bool { return r.WorkspaceID == workspaceID && r.Name == name })
}

// rolesIn takes "viewer, member" apart.
func rolesIn(roles string) []string {
	var names []string
	for name := range strings.SplitSeq(roles, ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

func isOwner(m *member) bool { return slices.Contains(rolesIn(m.Role), "owner") }

// lastOwner says whether nobody else owns the workspace.
func (k *Kaneo) lastOwner(m *member) bool {
	return len(k.members.where(func(o *member) bool { return o.WorkspaceID == m.WorkspaceID && isOwner(o) })) <= 1
}
