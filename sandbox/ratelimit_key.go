package sandbox

import (
	"net/http"
	"time"
)

const (
	// keyCalls is how many calls a key may make below /api/auth …
	keyCalls = 100
	// … before a pause longer than keyPause since the last accepted one.
	keyPause = time.Minute
)

// claimKey checks the key of a call below /api/auth and counts the call. An
// expired key is deleted in passing, so that it is unknown the next time.
func (k *Kaneo) claimKey(secret string) (*apiKey, error) {
	if len(secret) < keyLength {
		return nil, refuseAuth(http.StatusForbidden, "Invalid API key.")
	}
	key := k.keyOf(secret)
	switch {
	case key == nil:
		return nil, refuseAuth(http.StatusUnauthorized, "Invalid API key.")
	case !key.Enabled:
		return nil, refuseCoded(http.StatusUnauthorized, "KEY_DISABLED", "API Key is disabled")
	case !key.ExpiresAt.IsZero() && k.now().After(key.ExpiresAt.Time):
		k.keys.drop(key.ID)
		return nil, refuseCoded(http.StatusUnauthorized, "KEY_EXPIRED", "API Key has expired")
	}
	return key, k.count(key)
}

// count restarts after a pause, not after a minute: neither a fixed nor a
// rolling window (kaneo-api.md §4.1). A refused call extends nothing.
func (k *Kaneo) count(key *apiKey) error {
	now := k.now()
	idle := now.Sub(key.LastRequest.Time)
	window := time.Duration(key.RateWindow) * time.Millisecond
	switch {
	case key.LastRequest.IsZero() || idle > window:
		key.RequestCount = 0
	case key.RequestCount >= key.RateMax:
		return limited(window - idle)
	}
	key.RequestCount++
	key.LastRequest, key.UpdatedAt = now, now
	return nil
}

// limited is a 429 without any header that says so.
func limited(wait time.Duration) error {
	type details struct {
		TryAgainIn int64 `json:"tryAgainIn"` // milliseconds
	}
	return refusal{answer(http.StatusTooManyRequests, struct {
		authFault
		Details details `json:"details"`
	}{authFault{"Rate limit exceeded.", "RATE_LIMITED"}, details{wait.Milliseconds()}})}
}
