package sandbox

import "net/http"

// maxMembers is how many members the organization routes know, and how many a
// workspace takes.
const maxMembers = 100

// fullWorkspace is a workspace with its people; null without a name for it and
// without an active one.
func fullWorkspace(k *Kaneo, c *call) (any, error) {
	w, named := k.workspaceNamed(c)
	if !named {
		return nil, nil
	}
	if w == nil {
		return nil, organizationUnknown()
	}
	if k.memberOf(w.ID, c.caller.user.ID) == nil {
		k.activate(c, "")
		return nil, stranger(http.StatusForbidden)
	}
	seats := k.membersOf(w.ID)
	return struct {
		storedWorkspace
		Invitations []*invitation `json:"invitations"`
		Members     []seatedUser  `json:"members"`
		Teams       []*team       `json:"teams"`
	}{
		stored(w),
		k.invitations.where(func(i *invitation) bool { return i.WorkspaceID == w.ID }),
		k.seated(cut(seats[:min(maxMembers, len(seats))], c.query.Get("membersLimit"), "")),
		k.teamsOf(w.ID),
	}, nil
}

// workspaceNamed is the workspace a query means by slug, by id or by saying
// nothing: then the active one. It may be nil though named.
func (k *Kaneo) workspaceNamed(c *call) (w *workspace, named bool) {
	if slug := c.query.Get("organizationSlug"); slug != "" {
		return k.workspaceBySlug(slug), true
	}
	id := c.workspaceOr(c.query.Get("organizationId"))
	return k.workspaces.get(id), id != ""
}

func listTeams(k *Kaneo, c *call) (any, error) {
	seat, err := k.seat(c, c.query.Get("organizationId"), noneActive(),
		notAllowed("access this organization as an owner"))
	if err != nil {
		return nil, err
	}
	return k.teamsOf(seat.WorkspaceID), nil
}

// hasPermission asks for oneself.
func hasPermission(k *Kaneo, c *call) (any, error) {
	in := input[struct {
		OrganizationID string
		Permissions    map[string][]string
	}](c)
	seat, err := k.seat(c, in.OrganizationID, noneActive(), stranger(http.StatusUnauthorized))
	if err != nil {
		return nil, err
	}
	return struct {
		Error   *string `json:"error"`
		Success bool    `json:"success"`
	}{nil, k.mayAll(seat, in.Permissions)}, nil
}
