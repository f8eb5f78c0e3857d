package auth

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/rs/zerolog"
)

// Store is the folder in which the sessions of all instances are kept, one file each.
type Store struct {
	dir   string
	vault Vault // nil: tokens are in the files
	fills bool  // the vault takes new tokens
}

// NewStore names the folder; it is created, for its owner only, when there is something to write.
func NewStore(dir string) *Store { return &Store{dir: dir} }

var (
	errNoFolder = errors.New("there is no folder to keep it in")
	errNotAFile = errors.New("something that is not a regular file, such as a link or a folder, is in its place: remove it")
	errNotOurs  = errors.New("it belongs to another user")
	errTooLarge = errors.New("it is too large")
	errDamaged  = errors.New("it is damaged")
	errForeign  = errors.New("it belongs to another instance or client id")
)

// identity tells the state machines apart: one per instance, client id and account.
type identity struct {
	Base     string `json:"base"` // without a slash at the end
	ClientID string `json:"clientId"`
	Account  string `json:"account,omitempty"`
}

// digest names the files of an identity. Without an account it is that of earlier releases, which knew none.
func (id identity) digest() string {
	text := id.Base + "\n" + id.ClientID
	if id.Account != "" {
		text += "\n" + id.Account
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}

// slot is the part of a store that belongs to one identity. Without a folder it keeps nothing.
type slot struct {
	identity
	dir, name string
	vault     Vault
	fills     bool
	log       zerolog.Logger

	mu        sync.Mutex
	complaint string // the last one logged
}

func (st *Store) slot(id identity, host string, log zerolog.Logger) *slot {
	sl := &slot{identity: id, name: fileName(host) + "-" + id.digest(), log: log}
	if st != nil {
		sl.dir, sl.vault, sl.fills = st.dir, st.vault, st.fills
	}
	return sl
}

// fileName keeps of a host what every file system takes.
func fileName(host string) string {
	safe := strings.Map(func(r rune) rune {
		if r == '.' || r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return r
		}
		return '_'
	}, strings.ToLower(host))
	return safe[:min(len(safe), 64)]
}

func (sl *slot) tokenPath() string    { return sl.path(".json") }
func (sl *slot) tokenLock() string    { return sl.path(".lock") }
func (sl *slot) recordPath() string   { return sl.path(".flow.json") }
func (sl *slot) recordLock() string   { return sl.path(".flow.lock") }
func (sl *slot) path(s string) string { return filepath.Join(sl.dir, sl.name+s) }

// file is where the session is kept; empty without a folder.
func (sl *slot) file() string {
	if sl.dir == "" {
		return ""
	}
	return sl.tokenPath()
}

// complain logs what is wrong with the token's file, once until it changes.
func (sl *slot) complain(err error) {
	text := ""
	if err != nil {
		text = bareCause(err)
	}
	sl.mu.Lock()
	fresh := text != sl.complaint
	sl.complaint = text
	sl.mu.Unlock()
	if fresh && text != "" {
		sl.log.Warn().Str("file", sl.tokenPath()).Msg("the sign-in file is ignored: " + text)
	}
}

// problem is the last complaint.
func (sl *slot) problem() string {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	return sl.complaint
}

// makeFolder creates the folder for its owner only, and tightens one that is too open.
func (sl *slot) makeFolder() error {
	if sl.dir == "" {
		return errNoFolder
	}
	if err := os.MkdirAll(sl.dir, 0o700); err != nil {
		return err
	}
	info, err := os.Stat(sl.dir)
	if err != nil || !tooOpen(info) {
		return err
	}
	return os.Chmod(sl.dir, 0o700)
}

// regular says that path is a regular file of this user, or free. A link could lead a write to a file that is not ours.
func regular(path string) (fs.FileInfo, error) {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && !info.Mode().IsRegular() {
		return nil, errNotAFile
	}
	if err == nil && !ours(info) {
		return nil, errNotOurs
	}
	return info, err
}

// tooOpen says that others than the owner may use it. Windows has no such bits.
func tooOpen(info fs.FileInfo) bool {
	return runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0
}
