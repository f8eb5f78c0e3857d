package sandbox

import (
	"net/http"
	"regexp"
	"strconv"
	"time"
)

func keyOperations() []operation {
	return []operation{
		{method: post, path: "/api/auth/api-key/create", public: true, body: keyShape(), run: createKey},
		{
			method: post, path: "/api/auth/api-key/update", public: true, run: updateKey,
			body: append(keyShape(), must("keyId", text), may("enabled", boolean)),
		},
		{method: get, path: "/api/auth/api-key/list", run: listKeys},
		{method: get, path: "/api/auth/api-key/get", query: shape{must("id", text)}, run: getKey},
		{method: post, path: "/api/auth/api-key/delete", body: shape{must("keyId", text)}, run: deleteKey},
	}
}

var keyPrefix = regexp.MustCompile(`^[a-zA-Z0-9_-]+$`)

func keyShape() shape {
	return shape{
		may("name", text),
		may("expiresIn", nullable(positive)),
		may("prefix", custom("Invalid prefix format, must be alphanumeric and contain only underscores and hyphens.",
			func(value any) bool { s, is := value.(string); return is && keyPrefix.MatchString(s) })),
	}
}

// positive wants a number of at least 1.
func positive(value any) []fault {
	if n, is := value.(float64); is && n < 1 {
		return []fault{complaint("Too small: expected number to be >=1")}
	}
	return number(value)
}

type keyInput struct {
	KeyID     string
	Name      *string
	Enabled   *bool
	ExpiresIn *float64 // seconds
	Prefix    *string
}

// maxKeyText bounds the names and prefixes of keys, in characters.
const maxKeyText = 32

// checkKey refuses what clients may not set or say of a key (kaneo-api.md §3).
func checkKey(c *call, in keyInput) error {
	sent := input[map[string]any](c)
	for _, name := range []string{
		"permissions", "remaining", "refillAmount", "refillInterval",
		"rateLimitMax", "rateLimitTimeWindow", "rateLimitEnabled",
	} {
		if sent[name] != nil {
			return refuseCoded(http.StatusBadRequest, "SERVER_ONLY_PROPERTY",
				"The property you're trying to set can only be set from the server auth instance only.")
		}
	}
	switch {
	case c.caller.user == nil || sent["userId"] != nil:
		return refuseCoded(http.StatusUnauthorized, "UNAUTHORIZED_SESSION", "Unauthorized or invalid session")
	case sent["metadata"] != nil:
		return refuseCoded(http.StatusBadRequest, "METADATA_DISABLED", "Metadata is disabled.")
	case in.ExpiresIn != nil && *in.ExpiresIn < (24*time.Hour).Seconds():
		return refuseCoded(http.StatusBadRequest, "EXPIRES_IN_IS_TOO_SMALL",
			"The expiresIn is smaller than the predefined minimum value.")
	case in.ExpiresIn != nil && *in.ExpiresIn > (365*24*time.Hour).Seconds():
		return refuseCoded(http.StatusBadRequest, "EXPIRES_IN_IS_TOO_LARGE",
			"The expiresIn is larger than the predefined maximum value.")
	case in.Prefix != nil && len(*in.Prefix) > maxKeyText:
		return refuseCoded(http.StatusBadRequest, "INVALID_PREFIX_LENGTH",
			"The prefix length is either too large or too small.")
	case in.Name != nil && len(*in.Name) > maxKeyText:
		return refuseCoded(http.StatusBadRequest, "INVALID_NAME_LENGTH",
			"The name length is either too large or too small.")
	}
	return nil
}

// createKey answers with the secret, once.
func createKey(k *Kaneo, c *call) (any, error) {
	in := input[keyInput](c)
	if err := checkKey(c, in); err != nil {
		return nil, err
	}
	key := k.addKey(c.caller.user.ID, in.Name, in.Prefix)
	key.expireIn(in.ExpiresIn)
	return struct {
		*apiKey
		Key string `json:"key"`
	}{key, key.secret}, nil
}

func updateKey(k *Kaneo, c *call) (any, error) {
	in := input[keyInput](c)
	if err := checkKey(c, in); err != nil {
		return nil, err
	}
	key, err := k.ownKey(c, in.KeyID)
	if err != nil {
		return nil, err
	}
	if in.Name == nil && in.Enabled == nil && in.ExpiresIn == nil {
		return nil, refuseAuth(http.StatusBadRequest, "No values to update.")
	}
	if in.Name != nil {
		key.Name = in.Name
	}
	if in.Enabled != nil {
		key.Enabled = *in.Enabled
	}
	if in.ExpiresIn != nil {
		key.ExpiresAt = k.now().plus(seconds(*in.ExpiresIn))
	}
	return key, nil
}

// listKeys is everything of the caller's but the secrets.
func listKeys(k *Kaneo, c *call) (any, error) {
	all := k.keys.where(func(a *apiKey) bool { return a.ReferenceID == c.caller.user.ID })
	return struct {
		Keys  []*apiKey `json:"apiKeys"`
		Total int       `json:"total"`
	}{cut(all, c.query.Get("limit"), c.query.Get("offset")), len(all)}, nil
}

func getKey(k *Kaneo, c *call) (any, error) { return k.ownKey(c, c.query.Get("id")) }

func deleteKey(k *Kaneo, c *call) (any, error) {
	key, err := k.ownKey(c, input[keyInput](c).KeyID)
	if err != nil {
		return nil, err
	}
	k.keys.drop(key.ID)
	return succeeded{true}, nil
}

// ownKey finds a key by its id; other people's are unknown.
func (k *Kaneo) ownKey(c *call, id string) (*apiKey, error) {
	key := k.keys.get(id)
	if key == nil || key.ReferenceID != c.caller.user.ID {
		return nil, refuseCoded(http.StatusNotFound, "KEY_NOT_FOUND", "API Key not found")
	}
	return key, nil
}

// cut takes a page out of rows; a limit or offset that is no number is none.
func cut[R any](rows []R, limit, offset string) []R {
	if n, err := strconv.Atoi(offset); err == nil && n > 0 {
		rows = rows[min(n, len(rows)):]
	}
	if n, err := strconv.Atoi(limit); err == nil && n >= 0 {
		rows = rows[:min(n, len(rows))]
	}
	return rows
}

func seconds(n float64) time.Duration { return time.Duration(n * float64(time.Second)) }
