package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// maxRoles is how many roles a workspace may have, the seeded ones included.
const maxRoles = 25

// permissions wants {resource: [action]}.
func permissions(value any) []fault {
	fields, is := value.(map[string]any)
	if !is {
		return record(value)
	}
	var faults []fault
	for resource, actions := range fields {
		faults = append(faults, below(step{Key: resource}, list(0, text)(actions))...)
	}
	return faults
}

// roleInput names a role by name or id, for change or removal.
type roleInput struct {
	OrganizationID, RoleName, RoleID string
	Data                             struct {
		Permission json.RawMessage
		RoleName   string
	}
}

// roleSeat is the caller's seat, provided that it may do that with roles.
func (k *Kaneo) roleSeat(c *call, workspaceID, action, refused string) (*member, error) {
	seat, err := k.seat(c, workspaceID, noneActive(), notYours())
	if err != nil {
		return nil, err
	}
	if !k.may(seat, "ac:"+action) {
		return nil, notAllowed(refused)
	}
	return seat, nil
}

func listRoles(k *Kaneo, c *call) (any, error) {
	seat, err := k.roleSeat(c, c.query.Get("organizationId"), "read", "list a role")
	if err != nil {
		return nil, err
	}
	return k.rolesOf(seat.WorkspaceID), nil
}

func (k *Kaneo) rolesOf(workspaceID string) []*role {
	return k.roles.where(func(r *role) bool { return r.WorkspaceID == workspaceID })
}

func getRole(k *Kaneo, c *call) (any, error) {
	seat, err := k.roleSeat(c, c.query.Get("organizationId"), "read", "read a role")
	if err != nil {
		return nil, err
	}
	return k.roleCalled(seat.WorkspaceID, c.query.Get("roleName"), c.query.Get("roleId"))
}

// roleCalled finds a row by name, or else by id.
func (k *Kaneo) roleCalled(workspaceID, name, id string) (*role, error) {
	found := k.roleOf(workspaceID, name)
	if name == "" {
		found = k.roles.get(id)
	}
	if found == nil || found.WorkspaceID != workspaceID {
		return nil, roleUnknown()
	}
	return found, nil
}

func createRole(k *Kaneo, c *call) (any, error) {
	in := input[struct {
		OrganizationID, Role string
		Permission           map[string][]string
	}](c)
	name := strings.ToLower(in.Role)
	if name == "owner" {
		return nil, roleTaken()
	}
	seat, err := k.roleSeat(c, in.OrganizationID, "create", "create a role")
	if err != nil {
		return nil, err
	}
	if len(k.rolesOf(seat.WorkspaceID)) >= maxRoles {
		return nil, refuseCoded(http.StatusBadRequest, "TOO_MANY_ROLES", "This organization has too many roles")
	}
	if err := k.mayGrant(seat, in.Permission, "create a role"); err != nil {
		return nil, err
	}
	if k.roleOf(seat.WorkspaceID, name) != nil {
		return nil, roleTaken()
	}
	made := k.addRole(accountID(), seat.WorkspaceID, name, in.Permission)
	return struct {
		Success    bool                `json:"success"`
		Role       *role               `json:"roleData"`
		Statements map[string][]string `json:"statements"`
	}{true, made, made.Permission}, nil
}

func roleTaken() error {
	return refuseCoded(http.StatusBadRequest, "ROLE_NAME_IS_ALREADY_TAKEN", "That role name is already taken")
}

// mayGrant lets nobody hand out what there is not, or what they lack themselves.
func (k *Kaneo) mayGrant(seat *member, granted map[string][]string, doing string) error {
	known := builtInRoles()["owner"]
	var missing []string
	for resource, actions := range granted {
		if _, is := known[resource]; !is {
			return refuseCoded(http.StatusBadRequest, "INVALID_RESOURCE",
				"The provided permission includes an invalid resource")
		}
		for _, action := range actions {
			if needs := resource + ":" + action; !k.may(seat, needs) {
				missing = append(missing, needs)
			}
		}
	}
	if missing == nil {
		return nil
	}
	slices.Sort(missing)
	return lacking(doing, missing)
}

// lacking is notAllowed with the permissions that are missing.
func lacking(doing string, missing []string) error {
	message := "You are not allowed to " + doing
	return refusal{answer(http.StatusForbidden, struct {
		authFault
		Missing []string `json:"missingPermissions"`
	}{authFault{message, strings.ReplaceAll(strings.ToUpper(message), " ", "_")}, missing})}
}

func updateRole(k *Kaneo, c *call) (any, error) {
	in := input[roleInput](c)
	seat, err := k.roleSeat(c, in.OrganizationID, "update", "update a role")
	if err != nil {
		return nil, err
	}
	row, err := k.roleCalled(seat.WorkspaceID, in.RoleName, in.RoleID)
	if err != nil {
		return nil, err
	}
	if err := k.changeRole(seat, row, in); err != nil {
		return nil, err
	}
	return struct {
		Success bool  `json:"success"`
		Role    *role `json:"roleData"`
	}{true, row}, nil
}

func (k *Kaneo) changeRole(seat *member, row *role, in roleInput) error {
	granted := row.Permission
	if in.Data.Permission != nil {
		granted = nil
		_ = json.Unmarshal(in.Data.Permission, &granted) // validated
		if err := k.mayGrant(seat, granted, "update a role"); err != nil {
			return err
		}
	}
	if name := strings.ToLower(in.Data.RoleName); name != "" {
		if name == "owner" || k.roleOf(seat.WorkspaceID, name) != nil {
			return roleTaken()
		}
		row.Name = name
	}
	row.Permission = granted
	return nil
}

// deleteRole refuses while members hold the role; the seeded ones may go too.
func deleteRole(k *Kaneo, c *call) (any, error) {
	in := input[roleInput](c)
	seat, err := k.roleSeat(c, in.OrganizationID, "delete", "delete a role")
	if err != nil {
		return nil, err
	}
	if in.RoleName == "owner" {
		return nil, refuseCoded(http.StatusBadRequest, "CANNOT_DELETE_A_PRE_DEFINED_ROLE", "Cannot delete a pre-defined role")
	}
	row, err := k.roleCalled(seat.WorkspaceID, in.RoleName, in.RoleID)
	if err != nil {
		return nil, err
	}
	held := func(m *member) bool { return slices.Contains(rolesIn(m.Role), row.Name) }
	if slices.ContainsFunc(k.membersOf(seat.WorkspaceID), held) {
		return nil, refuseCoded(http.StatusBadRequest, "ROLE_IS_ASSIGNED_TO_MEMBERS", "Cannot delete a role that is "+
			"assigned to members. Please reassign the members to a different role first")
	}
	k.roles.drop(row.ID)
	return succeeded{true}, nil
}
