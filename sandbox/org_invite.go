package sandbox

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

const (
	// invitationLife is how long an invitation may be answered.
	invitationLife = 48 * time.Hour
	// maxPending is how many unanswered invitations a workspace may have.
	maxPending = 100
)

type inviteInput struct {
	OrganizationID, Email string
	Role                  names
	Resend                bool
}

func invite(k *Kaneo, c *call) (any, error) {
	in := input[inviteInput](c)
	in.Email = strings.ToLower(in.Email)
	seat, err := k.mayInvite(c, in)
	if err != nil {
		return nil, err
	}
	pending := k.pendingIn(seat.WorkspaceID)
	earlier := slices.IndexFunc(pending, func(i *invitation) bool { return i.Email == in.Email })
	switch {
	case earlier >= 0 && !in.Resend:
		return nil, refuseAuth(http.StatusBadRequest, "User is already invited to this organization")
	case earlier >= 0:
		pending[earlier].ExpiresAt = k.now().plus(invitationLife)
		return pending[earlier], nil
	case len(pending) >= maxPending:
		return nil, refuseAuth(http.StatusForbidden, "Invitation limit reached")
	}
	return k.addInvitation(seat, in.Email, in.Role.String()), nil
}

// mayInvite is everything about an invitation but earlier ones.
func (k *Kaneo) mayInvite(c *call, in inviteInput) (*member, error) {
	if c.workspaceOr(in.OrganizationID) == "" {
		return nil, organizationUnknown()
	}
	if !mailAddress.MatchString(in.Email) {
		return nil, refuseAuth(http.StatusBadRequest, "Invalid email")
	}
	seat, err := k.seat(c, in.OrganizationID, nil, memberUnknown())
	if err != nil {
		return nil, err
	}
	unknown := k.unknownRoles(seat.WorkspaceID, in.Role)
	switch {
	case !k.may(seat, "invitation:create"):
		return nil, notAllowed("invite users to this organization")
	case unknown != "":
		return nil, refuseCoded(http.StatusBadRequest, "", "ROLE_NOT_FOUND: "+unknown)
	case slices.Contains(in.Role, "owner") && !isOwner(seat):
		return nil, notAllowed("invite a user with this role")
	case k.memberCalled(seat.WorkspaceID, in.Email) != nil:
		return nil, refuseAuth(http.StatusBadRequest, "User is already a member of this organization")
	}
	return seat, nil
}

func (k *Kaneo) pendingIn(workspaceID string) []*invitation {
	return k.invitations.where(func(i *invitation) bool { return i.WorkspaceID == workspaceID && k.open(i) })
}

// open says whether an invitation can still be answered.
func (k *Kaneo) open(i *invitation) bool {
	return i.Status == "pending" && !k.now().After(i.ExpiresAt.Time)
}

func (k *Kaneo) addInvitation(inviter *member, email, roles string) *invitation {
	now := k.now()
	id := accountID()
	return k.invitations.put(id, &invitation{
		ID: id, WorkspaceID: inviter.WorkspaceID, Email: email, Role: roles, Status: "pending",
		ExpiresAt: now.plus(invitationLife), CreatedAt: now, InviterID: inviter.UserID,
	})
}

// invitationOf is the one that the body names, or nil.
func (k *Kaneo) invitationOf(c *call) *invitation {
	return k.invitations.get(input[struct{ InvitationID string }](c).InvitationID)
}

// answered is what accepting and rejecting say.
type answered struct {
	Invitation *invitation `json:"invitation"`
	Member     *member     `json:"member"`
}

func acceptInvitation(k *Kaneo, c *call) (any, error) {
	i := k.invitationOf(c)
	if i == nil || !k.open(i) {
		return nil, refuseAuth(http.StatusBadRequest, "Invitation not found")
	}
	if err := addressed(i, c); err != nil {
		return nil, err
	}
	if len(k.membersOf(i.WorkspaceID)) >= maxMembers {
		return nil, refuseAuth(http.StatusForbidden, "Organization membership limit reached")
	}
	i.Status = "accepted"
	k.activate(c, i.WorkspaceID)
	return answered{i, k.addMember(i.WorkspaceID, c.caller.user.ID, i.Role)}, nil
}

func rejectInvitation(k *Kaneo, c *call) (any, error) {
	i := k.invitationOf(c)
	if i == nil || i.Status != "pending" {
		return nil, refuseCoded(http.StatusBadRequest, "INVITATION_NOT_FOUND", "Invitation not found!")
	}
	if err := addressed(i, c); err != nil {
		return nil, err
	}
	i.Status = "rejected"
	return answered{Invitation: i}, nil
}

// addressed refuses everybody but the recipient.
func addressed(i *invitation, c *call) error {
	if strings.EqualFold(i.Email, c.caller.user.Email) {
		return nil
	}
	return refuseAuth(http.StatusForbidden, "You are not the recipient of the invitation")
}

// cancelInvitation may be repeated, and takes back answered ones too.
func cancelInvitation(k *Kaneo, c *call) (any, error) {
	i := k.invitationOf(c)
	if i == nil {
		return nil, refuseAuth(http.StatusBadRequest, "Invitation not found")
	}
	seat, err := k.seat(c, i.WorkspaceID, nil, memberUnknown())
	if err != nil {
		return nil, err
	}
	if !k.may(seat, "invitation:cancel") {
		return nil, notAllowed("cancel this invitation")
	}
	i.Status = "canceled"
	return i, nil
}

func getInvitation(k *Kaneo, c *call) (any, error) {
	i := k.invitations.get(c.query.Get("id"))
	if i == nil || !k.open(i) {
		return nil, refuseCoded(http.StatusBadRequest, "", "Invitation not found!")
	}
	if err := addressed(i, c); err != nil {
		return nil, err
	}
	if k.memberOf(i.WorkspaceID, i.InviterID) == nil {
		return nil, refuseAuth(http.StatusBadRequest, "Inviter is no longer a member of the organization")
	}
	w := k.workspaces.get(i.WorkspaceID)
	return struct {
		*invitation
		Name    string `json:"organizationName"`
		Slug    string `json:"organizationSlug"`
		Inviter string `json:"inviterEmail"`
	}{i, w.Name, w.Slug, k.users.get(i.InviterID).Email}, nil
}

func listInvitations(k *Kaneo, c *call) (any, error) {
	seat, err := k.seat(c, c.query.Get("organizationId"),
		refuseCoded(http.StatusBadRequest, "", "Organization ID is required"),
		refuseCoded(http.StatusForbidden, "", "You are not a member of this organization"))
	if err != nil {
		return nil, err
	}
	return k.invitations.where(func(i *invitation) bool { return i.WorkspaceID == seat.WorkspaceID }), nil
}

// listOwnInvitations is for people whose address is verified, which Kaneo only
// does with mail switched on.
func listOwnInvitations(k *Kaneo, c *call) (any, error) {
	if !c.caller.user.EmailVerified {
		return nil, refuseCoded(http.StatusForbidden, "EMAIL_VERIFICATION_REQUIRED_FOR_INVITATION",
			"Email verification required to view or list invitations for the session email")
	}
	return k.invitations.where(func(i *invitation) bool {
		return i.Status == "pending" && strings.EqualFold(i.Email, c.caller.user.Email)
	}), nil
}
