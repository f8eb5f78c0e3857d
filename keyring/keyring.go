// Package keyring keeps tokens in the system's keyring: the Keychain, the Credential Manager, or the Secret Service. A headless
// Linux has none, and one that waits for somebody to unlock it can hang: every call has a time limit.
package keyring

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/zalando/go-keyring"
)

const (
	service  = "kaneo-mcp"
	patience = 3 * time.Second // for one call
)

// The ways in which a keyring fails. What it says itself is not passed on.
var (
	ErrAbsent   = errors.New("there is no keyring here, or it is locked")
	ErrNothing  = errors.New("the keyring does not hold it")
	ErrNoAnswer = errors.New("the keyring does not answer")
)

// Ring is the keyring. It satisfies auth.Vault, and the zero value is ready for use.
type Ring struct {
	hung atomic.Bool // a call never ended: a second one would wait behind it
}

// Put keeps a token under a name.
func (r *Ring) Put(ctx context.Context, name, token string) error {
	_, err := r.ask(ctx, func() (string, error) { return "", keyring.Set(service, name, token) })
	return err
}

// Get returns a token. The error is ErrNothing when the keyring works but does not hold it.
func (r *Ring) Get(ctx context.Context, name string) (string, error) {
	return r.ask(ctx, func() (string, error) { return keyring.Get(service, name) })
}

// Delete forgets a token, if there is one.
func (r *Ring) Delete(ctx context.Context, name string) error {
	_, err := r.ask(ctx, func() (string, error) { return "", keyring.Delete(service, name) })
	if errors.Is(err, ErrNothing) {
		return nil
	}
	return err
}

// Check says whether there is a keyring that answers.
func (r *Ring) Check(ctx context.Context) error {
	_, err := r.Get(ctx, "check")
	if errors.Is(err, ErrNothing) {
		return nil
	}
	return err
}

type reply struct {
	token string
	err   error
}

// ask calls the library, which knows no context. The goroutine of a call that hangs cannot be ended, only left behind, so
// there is never a second one.
func (r *Ring) ask(ctx context.Context, call func() (string, error)) (string, error) {
	if r.hung.Load() {
		return "", ErrNoAnswer
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	replies := make(chan reply, 1)
	go func() {
		token, err := call()
		replies <- reply{token, err}
	}()
	select {
	case got := <-replies:
		return got.token, plain(got.err)
	case <-ctx.Done():
		r.hung.Store(true)
		return "", ErrNoAnswer
	}
}

func plain(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNothing
	}
	return ErrAbsent
}
