package auth

import (
	"context"
	"errors"
)

// Vault keeps tokens outside of the store's files, such as in the system's keyring. Each call has to end in a few seconds.
// Errors never hold the token.
type Vault interface {
	Put(ctx context.Context, name, token string) error
	Get(ctx context.Context, name string) (token string, err error)
	Delete(ctx context.Context, name string) error
}

// vaultName is how people know it.
const vaultName = "the system's keyring"

// With is the store with a vault. A session's file stays, and says where its token is, so that what a vault holds is found
// whether it takes new tokens (fills) or not.
func (st *Store) With(vault Vault, fills bool) *Store {
	return &Store{dir: st.dir, vault: vault, fills: fills}
}

var (
	errNoVault    = errors.New("its token is in " + vaultName + ", which this process does not use")
	errVaultFails = errors.New("its token is in " + vaultName + ", which does not give it out")
)

// fromVault completes what a file holds.
func (sl *slot) fromVault(kept session) (session, error) {
	if sl.vault == nil {
		return session{}, errNoVault
	}
	token, err := sl.vault.Get(context.Background(), sl.name) // bounded by the vault itself
	if err != nil || !plausibleToken(token) {
		return session{}, errVaultFails
	}
	kept.Token, kept.vaulted = token, true
	return kept, nil
}

// toVault puts a token into the vault, where that is wanted and works. If not, the file has to take it: somebody on a machine
// without a keyring still wants to sign in.
func (sl *slot) toVault(ctx context.Context, token string) bool {
	if sl.vault == nil || !sl.fills {
		return false
	}
	if err := sl.vault.Put(ctx, sl.name, token); err != nil {
		sl.log.Warn().Str("file", sl.tokenPath()).Str("cause", printable(err.Error())).
			Msg("there is no keyring to use here: the session is kept in a file that only you can read")
		return false
	}
	return true
}

// emptyVault forgets a token. One that stays is worth nothing once Kaneo has revoked it.
func (sl *slot) emptyVault(ctx context.Context) {
	if err := sl.vault.Delete(ctx, sl.name); err != nil {
		sl.log.Warn().Str("cause", printable(err.Error())).Msg("the session could not be taken out of " + vaultName)
	}
}
