package auth

import (
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"time"
)

// Kept is a session that the store has a file of. It never holds the token.
type Kept struct {
	Base      *url.URL // of the API
	Instance  string   // which Kaneo, as in [Prompt]
	ClientID  string
	Account   string
	File      string
	InVault   bool
	Obtained  time.Time
	ExpiresAt time.Time // as in [Status]
}

// Kept lists the sessions of all instances, clients and accounts. A file that cannot be read is left out, and its path
// returned beside. A store without a folder keeps nothing.
func (st *Store) Kept() (all []Kept, damaged []string, err error) {
	if st == nil || st.dir == "" {
		return nil, nil, nil
	}
	entries, err := os.ReadDir(st.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, err
	}
	for _, entry := range entries {
		if !tokenFileName.MatchString(entry.Name()) {
			continue
		}
		path := filepath.Join(st.dir, entry.Name())
		if kept, ok := readKept(path); ok {
			all = append(all, kept)
		} else {
			damaged = append(damaged, path)
		}
	}
	return all, damaged, nil
}

// tokenFileName is "host-digest.json"; "host-digest.flow.json" is a record.
var tokenFileName = regexp.MustCompile(`-[0-9a-f]{12}\.json$`)

func readKept(path string) (Kept, bool) {
	var file tokenFile
	if readJSON(path, &file) != nil {
		return Kept{}, false
	}
	base, err := url.Parse(file.Base)
	if err != nil || base.Host == "" || filepath.Base(path) != fileName(base.Host)+"-"+file.digest()+".json" {
		return Kept{}, false
	}
	return Kept{
		Base: base, Instance: instanceName(base), ClientID: file.ClientID, Account: file.Account, File: path, InVault: file.InVault,
		Obtained: file.Obtained, ExpiresAt: file.Expires,
	}, true
}
