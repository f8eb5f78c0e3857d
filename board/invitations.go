package board

import (
	"cmp"
	"context"
	"regexp"
	"strings"
	"sync"

	"kaneo-mcp/kaneo"
)

var mailAddress = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$`) })

// usualRole is what somebody is invited as unless said otherwise.
const usualRole = "member"

// Invitations lists the invitations to a workspace that can still be accepted.
func (d *Desk) Invitations(ctx context.Context, workspace string) (kaneo.Workspace, []kaneo.Invitation, error) {
	where, err := d.Workspace(ctx, workspace)
	if err != nil {
		return where, nil, err
	}
	all, err := d.kaneo.Invitations(ctx, where.ID)
	return where, filter(all, func(i kaneo.Invitation) bool { return i.Status == "pending" && d.now().Before(i.ExpiresAt) }),
		d.refusal(ctx, err, where.ID, manageInvitations)
}

// Invite invites an e-mail address. There already tells that an earlier invitation still stands.
func (d *Desk) Invite(ctx context.Context, workspace, email, role string) (
	where kaneo.Workspace, made kaneo.Invitation, already bool, err error,
) {
	email = strings.ToLower(strings.TrimSpace(email))
	if !mailAddress().MatchString(email) {
		return where, made, false, mistakef("%q is no e-mail address.", short(email))
	}
	where, open, err := d.Invitations(ctx, workspace)
	if err != nil {
		return where, made, false, err
	}
	for _, i := range open {
		if strings.EqualFold(i.Email, email) {
			return where, i, true, nil
		}
	}
	made, err = d.kaneo.Invite(ctx, where.ID, email, cmp.Or(strings.ToLower(strings.TrimSpace(role)), usualRole))
	return where, made, false, d.refusal(ctx, err, where.ID, manageInvitations)
}

// CancelInvitation takes back the invitation of an address, or the one with that id.
func (d *Desk) CancelInvitation(ctx context.Context, workspace, ref string) (kaneo.Invitation, error) {
	where, open, err := d.Invitations(ctx, workspace)
	if err != nil {
		return kaneo.Invitation{}, err
	}
	found, err := kind[kaneo.Invitation]{
		what:  "open invitation",
		names: func(i kaneo.Invitation) []string { return []string{i.ID, i.Email} },
		title: func(i kaneo.Invitation) string { return i.Email },
	}.pick(ref, "", open)
	if err != nil {
		return found, err
	}
	return found, d.refusal(ctx, d.kaneo.CancelInvitation(ctx, found.ID), where.ID, manageInvitations)
}
