package auth

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"
)

// session is a token as the device flow gave it, and what is known about its life.
type session struct {
	Token    string    `json:"accessToken"`
	Obtained time.Time `json:"obtainedAt"`
	Expires  time.Time `json:"expiresAt,omitzero"` // zero: Kaneo did not say

	unsaved string // why the store does not have it; empty: it has
	vaulted bool   // the store's vault has it
}

// tokenFile is the content of a token's file.
type tokenFile struct {
	identity
	session
	InVault bool `json:"inKeyring,omitempty"` // the token itself is in the vault
}

// load reads the cached session: zero when there is none that can be used. What is wrong is logged, once.
func (sl *slot) load() session {
	if sl.dir == "" {
		return session{}
	}
	found, err := sl.read()
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	sl.complain(err)
	return found
}

func (sl *slot) read() (session, error) {
	var file tokenFile
	switch err := readJSON(sl.tokenPath(), &file); {
	case err != nil:
		return session{}, err
	case file.identity != sl.identity:
		return session{}, errForeign
	case file.InVault:
		return sl.fromVault(file.session)
	case !plausibleToken(file.Token):
		return session{}, errDamaged
	}
	return file.session, nil
}

// plausibleToken keeps out what cannot be sent in a header.
func plausibleToken(token string) bool {
	return token != "" && len(token) <= 4096 && visibleASCII(token)
}

// save replaces the cached session.
func (sl *slot) save(ctx context.Context, fresh session) error {
	if err := sl.makeFolder(); err != nil {
		return err
	}
	defer sl.lockToken(ctx)()
	file := tokenFile{identity: sl.identity, session: fresh, InVault: fresh.vaulted}
	if fresh.vaulted {
		file.Token = ""
	}
	return writeJSON(sl.tokenPath(), file)
}

// forget deletes the cached session if it still is this token: another process may have signed in again.
func (sl *slot) forget(ctx context.Context, token string) error {
	if found, _ := sl.read(); found.Token != token {
		return nil
	}
	defer sl.lockToken(ctx)()
	found, _ := sl.read()
	if found.Token != token {
		return nil
	}
	if found.vaulted {
		sl.emptyVault(ctx)
	}
	return os.Remove(sl.tokenPath())
}
