package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// seatedUser is a member with the person in the seat.
type seatedUser struct {
	*member
	User personCard `json:"user"`
}

type personCard struct {
	ID    string  `json:"id"`
	Name  string  `json:"name"`
	Email string  `json:"email"`
	Image *string `json:"image"`
}

func (k *Kaneo) seatedUser(m *member) seatedUser {
	u := k.users.get(m.UserID)
	return seatedUser{m, personCard{u.ID, u.Name, u.Email, u.Image}}
}

func (k *Kaneo) seated(members []*member) []seatedUser {
	list := []seatedUser{}
	for _, m := range members {
		list = append(list, k.seatedUser(m))
	}
	return list
}

// seatNamed is the caller's seat in the workspace a query means.
func (k *Kaneo) seatNamed(c *call) (*member, error) {
	w, named := k.workspaceNamed(c)
	switch {
	case !named:
		return nil, noneActive()
	case w == nil && c.query.Get("organizationSlug") != "":
		return nil, organizationUnknown()
	case w == nil:
		return nil, notYours()
	}
	return k.seat(c, w.ID, nil, notYours())
}

func organizationMembers(k *Kaneo, c *call) (any, error) {
	seat, err := k.seatNamed(c)
	if err != nil {
		return nil, err
	}
	all := k.membersOf(seat.WorkspaceID)
	page := cut(all, c.query.Get("limit"), c.query.Get("offset"))
	return struct {
		Members []seatedUser `json:"members"`
		Total   int          `json:"total"`
	}{k.seated(page[:min(maxMembers, len(page))]), len(all)}, nil
}

func activeMember(k *Kaneo, c *call) (any, error) {
	seat, err := k.seat(c, "", noneActive(), memberUnknown())
	if err != nil {
		return nil, err
	}
	return k.seatedUser(seat), nil
}

// memberRole is the caller's own role, or that of another member.
func memberRole(k *Kaneo, c *call) (any, error) {
	seat, err := k.seatNamed(c)
	if err != nil {
		return nil, err
	}
	if other := c.query.Get("userId"); other != "" {
		if seat = k.memberOf(seat.WorkspaceID, other); seat == nil {
			return nil, notYours()
		}
	}
	return struct {
		Role string `json:"role"`
	}{seat.Role}, nil
}

// names reads one role, or several; within a text they are separated by commas.
type names []string

func (n *names) UnmarshalJSON(raw []byte) error {
	var many []string
	if err := json.Unmarshal(raw, &many); err != nil {
		many = []string{*textOrNull(raw)}
	}
	*n = rolesIn(strings.Join(many, ","))
	return nil
}

func (n names) String() string { return strings.Join(n, ",") }

// unknownRoles lists the names that are no roles of the workspace. Owner, admin
// and member always are, even where their rows have been deleted.
func (k *Kaneo) unknownRoles(workspaceID string, wanted names) string {
	always := []string{"owner", "admin", "member"}
	return strings.Join(slices.DeleteFunc(slices.Clone(wanted), func(name string) bool {
		return slices.Contains(always, name) || k.roleOf(workspaceID, name) != nil
	}), ", ")
}

func updateMemberRole(k *Kaneo, c *call) (any, error) {
	in := input[struct {
		OrganizationID, MemberID string
		Role                     names
	}](c)
	id := c.workspaceOr(in.OrganizationID)
	switch {
	case len(in.Role) == 0:
		return empty(http.StatusBadRequest), nil
	case id == "":
		return nil, noneActive()
	}
	if unknown := k.unknownRoles(id, in.Role); unknown != "" {
		return nil, refuseCoded(http.StatusBadRequest, "ROLE_NOT_FOUND", "ROLE_NOT_FOUND: "+unknown)
	}
	seat, target := k.memberOf(id, c.caller.user.ID), k.members.get(in.MemberID)
	if seat == nil || target == nil {
		return nil, memberUnknown()
	}
	if err := k.mayReseat(seat, target, in.Role); err != nil {
		return nil, err
	}
	target.Role = in.Role.String()
	return target, nil
}

// mayReseat protects owners: only they touch each other, and one always stays.
func (k *Kaneo) mayReseat(seat, target *member, roles names) error {
	crowned := slices.Contains(roles, "owner")
	switch {
	case target.WorkspaceID != seat.WorkspaceID,
		(isOwner(target) || crowned) && !isOwner(seat),
		!isOwner(seat) && !k.may(seat, "member:update"):
		return notAllowed("update this member")
	case seat == target && isOwner(seat) && !crowned && k.lastOwner(seat):
		return refuseAuth(http.StatusBadRequest, "You cannot leave the organization without an owner")
	}
	return nil
}

func removeMember(k *Kaneo, c *call) (any, error) {
	in := input[struct{ OrganizationID, MemberIDOrEmail string }](c)
	seat, err := k.seat(c, in.OrganizationID, noneActive(), memberUnknown())
	if err != nil {
		return nil, err
	}
	target := k.memberCalled(seat.WorkspaceID, in.MemberIDOrEmail)
	switch {
	case target == nil:
		return nil, memberUnknown()
	case isOwner(target) && (!isOwner(seat) || k.lastOwner(target)):
		return nil, onlyOwner()
	case !k.may(seat, "member:delete"):
		return nil, refuseAuth(http.StatusUnauthorized, "You are not allowed to delete this member")
	}
	k.unseat(c, target)
	if strings.Contains(in.MemberIDOrEmail, "@") {
		return map[string]seatedUser{"member": k.seatedUser(target)}, nil
	}
	return map[string]*member{"member": target}, nil
}

// memberCalled finds a member of the workspace by member id or address.
func (k *Kaneo) memberCalled(workspaceID, called string) *member {
	return k.members.first(func(m *member) bool {
		return m.WorkspaceID == workspaceID &&
			(m.ID == called || strings.Contains(called, "@") && strings.EqualFold(k.users.get(m.UserID).Email, called))
	})
}

func (k *Kaneo) unseat(c *call, m *member) {
	k.members.drop(m.ID)
	if m.UserID == c.caller.user.ID && c.active() == m.WorkspaceID {
		k.activate(c, "")
	}
}

func leave(k *Kaneo, c *call) (any, error) {
	seat, err := k.seat(c, input[struct{ OrganizationID string }](c).OrganizationID, memberUnknown(), memberUnknown())
	if err != nil {
		return nil, err
	}
	if isOwner(seat) && k.lastOwner(seat) {
		return nil, onlyOwner()
	}
	k.unseat(c, seat)
	return k.seatedUser(seat), nil
}
