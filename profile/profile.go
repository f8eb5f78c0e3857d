// Package profile reads and extends the file in which a person names several Kaneos or accounts:
//
//	[profiles.work]
//	api_url   = "https://kaneo.example"
//	workspace = "Acme"
//
// It knows names and lines, not what the values mean. No credential is ever in the file.
package profile

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Value is a value as it is written in the file.
type Value struct {
	Text string
	Line int
}

// Profile is one section of the file.
type Profile struct {
	Name   string
	Line   int
	Values map[string]Value // by key
}

// File is the profiles in the order in which they are written.
type File struct {
	Path     string
	Profiles []Profile
}

// Mistake is what is wrong with the file, in a sentence with the line and what is allowed.
type Mistake struct {
	Path string
	Line int // 0: no line in particular
	Text string
}

func (m *Mistake) Error() string {
	if m.Line == 0 {
		return m.Path + ": " + m.Text
	}
	return fmt.Sprintf("%s, line %d: %s", m.Path, m.Line, m.Text)
}

// Find returns the profile with a name. The error is a *Mistake that lists the names there are.
func (f File) Find(name string) (Profile, error) {
	at := slices.IndexFunc(f.Profiles, func(p Profile) bool { return p.Name == name })
	if at < 0 {
		return Profile{}, &Mistake{Path: f.Path, Text: fmt.Sprintf("there is no profile %.40q; there are: %s", name,
			cmp.Or(strings.Join(f.Names(), ", "), "none"))}
	}
	return f.Profiles[at], nil
}

// Names lists the profiles.
func (f File) Names() []string {
	names := make([]string, len(f.Profiles))
	for i, p := range f.Profiles {
		names[i] = p.Name
	}
	return names
}

var nameForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9_-]{1,40}$`) })

// CheckName says what is wrong with a name.
func CheckName(name string) error {
	if nameForm().MatchString(name) {
		return nil
	}
	return fmt.Errorf("%.40q is no name for a profile; it takes letters, digits, - and _, 40 at most", name)
}

// secretKeys are what people would call a credential. Where one stands, a person has to be told, not only that the key is unknown.
var secretKey = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(^|[_-])(key|token|password|passwd|secret|credential)s?$|^apikey$`)
})

// checkKey says what is wrong with a key. The value is never quoted.
func checkKey(key string, allowed []string) string {
	switch {
	case slices.Contains(allowed, key):
		return ""
	case secretKey().MatchString(key):
		return fmt.Sprintf("%.40s looks like a credential, which must not be in this file: put the key into a file of its own and name that "+
			"with api_key_file, or set KANEO_API_KEY", key)
	}
	return fmt.Sprintf("%.40q is unknown; a profile takes %s", key, strings.Join(allowed, ", "))
}
