package sandbox

import (
	"maps"
	"net/http"
	"slices"
	"strings"
)

// memberOf is nil for outsiders.
func (k *Kaneo) memberOf(workspaceID, userID string) *member {
	return k.members.first(func(m *member) bool { return m.WorkspaceID == workspaceID && m.UserID == userID })
}

// admitMember lets members in, and administrators of the instance.
func (k *Kaneo) admitMember(c *call) error {
	if c.caller.user.Role == "admin" || k.memberOf(c.workspace, c.caller.user.ID) != nil {
		return nil
	}
	return noAccess()
}

func noAccess() error {
	return refuse(http.StatusForbidden, "You don't have access to this workspace")
}

// permit wants the caller's key and role to grant "task:update"; "" is always granted.
func (k *Kaneo) permit(c *call, needs string) error {
	if needs == "" {
		return nil
	}
	if key := c.caller.key; key != nil && key.Permissions != nil && !grants(key.Permissions, needs) {
		return refuse(http.StatusForbidden, "Insufficient API key scope")
	}
	if c.caller.user.Role == "admin" || k.holds(c.workspace, c.caller.user.ID, needs) {
		return nil
	}
	return refuse(http.StatusForbidden, "Insufficient permissions")
}

// holds says whether a member's role grants a permission. Several roles in one
// string match no row, as in Kaneo (kaneo-api.md §6).
func (k *Kaneo) holds(workspaceID, userID, needs string) bool {
	m := k.memberOf(workspaceID, userID)
	if m == nil {
		return false
	}
	stored := k.roles.first(func(r *role) bool { return r.WorkspaceID == workspaceID && r.Name == m.Role })
	if stored != nil {
		return grants(stored.Permission, needs)
	}
	return grants(builtInRoles()[m.Role], needs)
}

func grants(permissions map[string][]string, needs string) bool {
	resource, action, _ := strings.Cut(needs, ":")
	return slices.Contains(permissions[resource], action)
}

// builtInRoles are what a new workspace is seeded with (viewer, member, admin)
// and the owner, who is never a row (kaneo-api.md §6).
func builtInRoles() map[string]map[string][]string {
	crud := []string{"create", "read", "update", "delete"}
	edit := []string{"create", "update", "delete"}
	manage := map[string][]string{
		"organization": {"update"}, "member": edit, "invitation": {"create", "cancel"}, "team": edit,
		"ac":        crud,
		"project":   append(slices.Clone(crud), "share"),
		"task":      append(slices.Clone(crud), "assign"),
		"label":     crud,
		"workspace": {"read", "update", "manage_settings"},
	}
	owner := maps.Clone(manage)
	owner["organization"] = []string{"update", "delete"}
	owner["workspace"] = []string{"read", "update", "delete", "manage_settings"}
	none := func(own map[string][]string) map[string][]string {
		for _, resource := range []string{"organization", "member", "invitation", "team"} {
			own[resource] = []string{}
		}
		return own
	}
	return map[string]map[string][]string{
		"owner": owner,
		"admin": manage,
		"member": none(map[string][]string{
			"ac": {"read"}, "project": {"create", "read"}, "task": {"create", "read", "update"},
			"label": crud, "workspace": {"read"},
		}),
		"viewer": none(map[string][]string{
			"ac": {"read"}, "project": {"read"}, "task": {"read"}, "label": {"read"}, "workspace": {"read"},
		}),
	}
}
