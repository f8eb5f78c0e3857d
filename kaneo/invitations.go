package kaneo

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Invitation to a workspace. Whoever signs in with the address can accept it.
type Invitation struct {
	ID        string    `json:"id"`
	Email     string    `json:"email"`
	Role      string    `json:"role"`
	Status    string    `json:"status"` // pending, accepted, rejected, canceled
	ExpiresAt time.Time `json:"expiresAt"`
}

// Invitations lists a workspace's, of all states. Like all of /auth it counts against an API key's hundred calls.
func (c *Client) Invitations(ctx context.Context, workspaceID string) ([]Invitation, error) {
	query := url.Values{"organizationId": {workspaceID}}
	return get[[]Invitation](ctx, c, "list invitations", query, "auth", "organization", "list-invitations")
}

// Invite invites an address. An earlier invitation that still stands is Invalid, as is a role that there is not.
func (c *Client) Invite(ctx context.Context, workspaceID, email, role string) (Invitation, error) {
	return send[Invitation](ctx, c, "invite member", http.MethodPost, map[string]text{
		"organizationId": text(workspaceID), "email": text(email), "role": text(role),
	}, "auth", "organization", "invite-member")
}

// CancelInvitation takes one back. It may be repeated.
func (c *Client) CancelInvitation(ctx context.Context, id string) error {
	_, err := send[Invitation](ctx, c, "cancel invitation", http.MethodPost, map[string]text{"invitationId": text(id)},
		"auth", "organization", "cancel-invitation")
	return err
}
