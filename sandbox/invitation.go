package sandbox

import "strings"

func invitationOperations() []operation {
	return []operation{
		{method: get, path: "/api/invitation/pending", run: pendingInvitations},
		{method: get, path: "/api/invitation/{id}", run: invitationDetails},
		{method: get, path: "/api/invitation/public/{id}", public: true, run: invitationDetails},
	}
}

// verdict is what an invitation's link is told; never an error status.
type verdict struct {
	Valid      bool        `json:"valid"`
	Invitation *judgedCard `json:"invitation,omitempty"`
	Error      string      `json:"error,omitempty"`
}

type judgedCard struct {
	invitationCard
	Expired bool `json:"expired"`
}

type invitationCard struct {
	ID        string `json:"id"`
	Email     string `json:"email"`
	Workspace string `json:"workspaceName"`
	Inviter   string `json:"inviterName"`
	ExpiresAt stamp  `json:"expiresAt"`
	Status    string `json:"status"`
}

func invitationDetails(k *Kaneo, c *call) (any, error) {
	i := k.invitations.get(c.param("id"))
	switch {
	case i == nil:
		return verdict{Error: "Invitation not found"}, nil
	case i.Status == "accepted":
		return verdict{Error: "This invitation has already been accepted"}, nil
	case i.Status == "canceled":
		return verdict{Error: "This invitation has been canceled"}, nil
	}
	card := &judgedCard{k.invitationCard(i), k.now().After(i.ExpiresAt.Time)}
	if card.Expired {
		return verdict{Invitation: card, Error: "This invitation has expired"}, nil
	}
	return verdict{Valid: true, Invitation: card}, nil
}

func (k *Kaneo) invitationCard(i *invitation) invitationCard {
	return invitationCard{
		ID: i.ID, Email: i.Email, ExpiresAt: i.ExpiresAt, Status: i.Status,
		Workspace: k.workspaces.get(i.WorkspaceID).Name, Inviter: k.users.get(i.InviterID).Name,
	}
}

// pendingInvitations is empty unless a session asks whose address is verified:
// REST does not know the address behind a key.
func pendingInvitations(k *Kaneo, c *call) (any, error) {
	type pending struct {
		invitationCard
		WorkspaceID string `json:"workspaceId"`
		CreatedAt   stamp  `json:"createdAt"`
	}
	list := []pending{}
	if c.caller.session == nil || !c.caller.user.EmailVerified {
		return list, nil
	}
	for _, i := range k.invitations.where(k.open) {
		if strings.EqualFold(i.Email, c.caller.user.Email) {
			list = append(list, pending{k.invitationCard(i), i.WorkspaceID, i.CreatedAt})
		}
	}
	return list, nil
}
