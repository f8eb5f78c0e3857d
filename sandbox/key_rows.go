package sandbox

import "time"

const (
	// keyLength is the length of a key's secret without its prefix.
	keyLength = 64
	// keyStart is how much of a secret stays visible.
	keyStart = 6
)

// addKey makes a key that carries all of the user's rights and never expires.
func (k *Kaneo) addKey(userID string, name, prefix *string) *apiKey {
	secret := pick(letters, keyLength)
	if prefix != nil {
		secret = *prefix + secret
	}
	now := k.now()
	id := accountID()
	return k.keys.put(id, &apiKey{
		ID: id, ConfigID: "default", Name: name, Start: secret[:keyStart], Prefix: prefix, ReferenceID: userID,
		Enabled: true, RateLimited: true, RateWindow: int(keyPause.Milliseconds()), RateMax: keyCalls,
		CreatedAt: now, UpdatedAt: now, secret: secret,
	})
}

// expireIn counts from the making of the key; nil is never.
func (a *apiKey) expireIn(s *float64) {
	if s != nil {
		a.ExpiresAt = a.CreatedAt.plus(seconds(*s))
	}
}

// ExpireKey ends the life of an API key. It says whether there was one.
func (k *Kaneo) ExpireKey(secret string) bool {
	return k.changeKey(secret, func(key *apiKey) { key.ExpiresAt = k.now().plus(-time.Millisecond) })
}

// DisableKey switches an API key off. It says whether there was one.
func (k *Kaneo) DisableKey(secret string) bool {
	return k.changeKey(secret, func(key *apiKey) { key.Enabled = false })
}

// RevokeKey deletes an API key. It says whether there was one.
func (k *Kaneo) RevokeKey(secret string) bool {
	return k.changeKey(secret, func(key *apiKey) { k.keys.drop(key.ID) })
}

// ScopeKey leaves an API key no more than the given permissions
// ({"task": ["read"]}). Only Kaneo's own server code can do that; clients are
// refused (kaneo-api.md §3). It says whether there was such a key.
func (k *Kaneo) ScopeKey(secret string, permissions map[string][]string) bool {
	return k.changeKey(secret, func(key *apiKey) { key.Permissions = permissions })
}

func (k *Kaneo) changeKey(secret string, change func(*apiKey)) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	key := k.keyOf(secret)
	if key != nil {
		change(key)
	}
	return key != nil
}
