package server

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// KeptSecret reads the secret that HTTP clients have to send from a file, and makes both at the first start: 256 bits that
// only the file's owner can read. A file that others can read is refused: they could have read it already.
func KeptSecret(file string) (string, error) {
	secret, err := readSecret(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return secret, err
	}
	if err := makeSecret(file); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("the secret cannot be kept: %w", err)
	}
	return readSecret(file) // another process may have been faster
}

func readSecret(file string) (string, error) {
	info, err := os.Stat(file)
	if err != nil {
		return "", fmt.Errorf("the secret cannot be read: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return "", fmt.Errorf("others can read the secret in %s: delete the file, and a new one is made", file)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("the secret cannot be read: %w", err)
	}
	secret := strings.TrimSpace(string(text))
	if len(secret) < shortest {
		return "", fmt.Errorf("the secret in %s is too short: delete the file, and a new one is made", file)
	}
	return secret, nil
}

// makeSecret writes beside the file and links it into place, so that nobody reads half of one or writes over another's.
func makeSecret(file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	var secret [32]byte
	_, _ = rand.Read(secret[:])                                  // crypto/rand never fails: it ends the program
	draft, err := os.CreateTemp(filepath.Dir(file), ".secret-*") // 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(draft.Name()) }()
	_, err = draft.WriteString(base64.RawURLEncoding.EncodeToString(secret[:]) + "\n")
	if err = errors.Join(err, draft.Close()); err != nil {
		return err
	}
	return os.Link(draft.Name(), file)
}
