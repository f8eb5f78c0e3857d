package sandbox

import (
	"net/http"
	"strings"
	"time"
)

const (
	codeLife  = 30 * time.Minute
	pollPause = 5 * time.Second
	// userCodeAlphabet has no 0, 1, I or O.
	userCodeAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
)

// flowFault is an error of the device flow (RFC 8628 §3.5, kaneo-api.md §3).
type flowFault struct {
	status            int
	code, description string
}

func (f flowFault) Error() string { return f.description }

func (f flowFault) refusal() error {
	return refusal{answer(f.status, struct {
		Code        string `json:"error"`
		Description string `json:"error_description"`
	}{f.code, f.description})}
}

func badFlow(code, description string) *flowFault {
	return &flowFault{http.StatusBadRequest, code, description}
}

func (k *Kaneo) mint(in deviceInput) *deviceCode {
	k.codesMinted++
	d := &deviceCode{
		code: pick(alphanum, 40), userCode: pick(userCodeAlphabet, 8),
		clientID: in.ClientID, scope: in.Scope, userID: in.UserID,
		status: "pending", expiresAt: k.now().plus(codeLife),
	}
	return k.devices.put(d.code, d)
}

// poll answers a client that waits: with the granted code, which is gone then,
// or with what there is to say. The pause is checked before everything that the
// code could say, and only an accepted poll starts it anew.
func (k *Kaneo) poll(code, clientID string) (*deviceCode, *flowFault) {
	d := k.devices.get(code)
	now := k.now()
	switch {
	case !clientAllowed(clientID):
		return nil, badFlow("invalid_grant", "Invalid client ID")
	case d == nil:
		return nil, badFlow("invalid_grant", "Invalid device code")
	case d.clientID != clientID:
		return nil, badFlow("invalid_grant", "Client ID mismatch")
	case !d.polledAt.IsZero() && now.Sub(d.polledAt.Time) < pollPause:
		return nil, badFlow("slow_down", "Polling too frequently")
	}
	d.polledAt = now
	return k.redeem(d)
}

// redeem says how a code stands; whatever ends the flow deletes it.
func (k *Kaneo) redeem(d *deviceCode) (*deviceCode, *flowFault) {
	expired := k.expired(d)
	if !expired && d.status == "pending" {
		return nil, badFlow("authorization_pending", "Authorization pending")
	}
	k.devices.drop(d.code)
	switch {
	case expired:
		return nil, badFlow("expired_token", "Device code has expired")
	case d.status == "denied":
		return nil, badFlow("access_denied", "Access denied")
	}
	return d, nil
}

func (k *Kaneo) expired(d *deviceCode) bool { return k.now().After(d.expiresAt.Time) }

// codeOf finds a code by what people type: dashes do not count, letter case does.
func (k *Kaneo) codeOf(userCode string) (*deviceCode, *flowFault) {
	userCode = strings.ReplaceAll(userCode, "-", "")
	d := k.devices.first(func(d *deviceCode) bool { return d.userCode == userCode })
	switch {
	case d == nil:
		return nil, badFlow("invalid_request", "Invalid user code")
	case k.expired(d):
		return nil, badFlow("expired_token", "User code has expired")
	}
	return d, nil
}

// pendingCode finds a code that nobody has decided about.
func (k *Kaneo) pendingCode(userCode string) (*deviceCode, *flowFault) {
	d, fault := k.codeOf(userCode)
	if fault == nil && d.status != "pending" {
		return nil, badFlow("invalid_request", "Device code already processed")
	}
	return d, fault
}

// claim binds a code to the first user who looks it up.
func (d *deviceCode) claim(u *user) {
	if u != nil && d.userID == "" && d.status == "pending" {
		d.userID = u.ID
	}
}

// decide approves or denies a code that the same user has claimed before.
func (k *Kaneo) decide(userCode string, u *user, status string) *flowFault {
	d, fault := k.pendingCode(userCode)
	switch {
	case fault != nil:
		return fault
	case d.userID == "":
		return badFlow("invalid_request", "Device code has not been claimed by a verifying session; "+
			"call `GET /device` with the `user_code` while signed in before approving or denying")
	case d.userID != u.ID:
		verb := map[string]string{"approved": "approve", "denied": "deny"}[status]
		return &flowFault{http.StatusForbidden, "access_denied", "You are not authorized to " + verb + " this device authorization"}
	}
	d.status = status
	return nil
}
