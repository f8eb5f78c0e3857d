package auth

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
)

const (
	keyVariable     = "KANEO_API_KEY"
	keyFileVariable = "KANEO_API_KEY_FILE"
	longestKey      = 1024 // bytes; Kaneo's are 64 letters and a prefix of at most 32 (kaneo-api.md §3)
)

// apiKey is a configured key and where it comes from.
type apiKey struct {
	variable, value string
	sent            bool // with each request
}

// resolveKey finds the key in the settings: nil when none is configured.
func resolveKey(set Settings) (*apiKey, error) {
	if set.KeyFrom != "" {
		key, err := newKey(set.KeyFrom, set.Key)
		if err == nil {
			key.sent = true
		}
		return key, err
	}
	if value := strings.TrimSpace(set.Key); value != "" {
		return newKey(keyVariable, value)
	}
	if path := strings.TrimSpace(set.KeyFile); path != "" {
		return readKey(path)
	}
	if set.KeyOnly {
		return nil, &KeyError{keyVariable + " or " + keyFileVariable,
			"must be set: KANEO_AUTH=key-only allows no sign-in in the browser"}
	}
	return nil, nil
}

func newKey(variable, value string) (*apiKey, error) {
	switch {
	case value == "":
		return nil, &KeyError{variable, "names an empty file"}
	case len(value) > longestKey:
		return nil, &KeyError{variable, "is too long for an API key"}
	case !visibleASCII(value):
		return nil, &KeyError{variable, "holds spaces, line breaks or other characters that no API key has"}
	}
	return &apiKey{variable: variable, value: value}, nil
}

// readKey reads the key from a file. Errors leave the path out: people put the key itself there.
func readKey(path string) (*apiKey, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, &KeyError{keyFileVariable, "names a file that cannot be read: " + bareCause(err)}
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, 2*longestKey))
	if err != nil {
		return nil, &KeyError{keyFileVariable, "names a file that cannot be read: " + bareCause(err)}
	}
	return newKey(keyFileVariable, strings.TrimSpace(string(text)))
}

// bareCause is a file error without the path.
func bareCause(err error) string {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err.Error()
	}
	if between, ok := errors.AsType[*os.LinkError](err); ok {
		return between.Err.Error()
	}
	return err.Error()
}

// visibleASCII says that s has no space, control or non-ASCII character: fit for a header, and for a terminal.
func visibleASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r > '~' }) < 0
}

// refused is the error for a key that Kaneo answers with 401. A sign-in would hide it, so none is started.
func (k *apiKey) refused() *KeyError {
	remedy := "put a valid key there and restart, or unset it to sign in with the browser"
	if k.sent {
		remedy = "send a valid key there"
	}
	return &KeyError{k.variable, "holds a key that Kaneo refuses: it was deleted, disabled, has expired or belongs to " +
		"another instance; " + remedy}
}

// ruledOut is the error for what makes sense with a session only. What can be done about it depends on whose key it is: one
// that comes with each request is not configured here.
func (k *apiKey) ruledOut(why, whereConfigured string) *KeyError {
	if !k.sent {
		why += whereConfigured
	}
	return &KeyError{k.variable, why}
}
