package sandbox

import (
	"crypto/sha256"
	"encoding/base64"
)

// openSession makes a session without an active workspace, as the device flow does.
func (k *Kaneo) openSession(userID, userAgent string) *session {
	now := k.now()
	id := accountID()
	return k.sessions.put(id, &session{
		ID: id, Token: accountID(), UserID: userID, UserAgent: userAgent,
		ExpiresAt: now.plus(sessionLife), CreatedAt: now, UpdatedAt: now,
	})
}

// signed is the form of a token in the header set-auth-token. A sandbox has no
// secret worth keeping: only the look of the signature matters.
func signed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return token + "." + base64.StdEncoding.EncodeToString(sum[:])
}

// ExpireSession ends the life of a session, as seven idle days would. It says
// whether there was one.
func (k *Kaneo) ExpireSession(token string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	s := k.sessionOf(token)
	if s != nil {
		s.ExpiresAt = k.now()
	}
	return s != nil
}

// RevokeSession forgets a session, as a sign-out elsewhere would. It says
// whether there was one.
func (k *Kaneo) RevokeSession(token string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	s := k.sessionOf(token)
	if s != nil {
		k.sessions.drop(s.ID)
	}
	return s != nil
}
