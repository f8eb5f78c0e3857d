// Package doctor finds out why something does not work: it looks at the settings, the machine, the way to Kaneo, Kaneo itself and
// the credential, and says of each whether it is well and what to do. It tells names of variables and never their values, and no
// credential.
package doctor

import (
	"context"
	"io/fs"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"kaneo-mcp/auth"
	"kaneo-mcp/kaneo"
)

// limit is for each check.
const limit = 5 * time.Second

// Level says how bad a finding is.
type Level string

// The levels. With an Error something does not work.
const (
	OK      Level = "ok"
	Warning Level = "warning"
	Error   Level = "error"
)

// Finding is what one check came to.
type Finding struct {
	Check  string `json:"check"`
	Level  Level  `json:"level"`
	Text   string `json:"text"`
	Remedy string `json:"remedy,omitempty"` // what to do
}

// Setting says where a setting has its value from, not the value.
type Setting struct {
	Variable   string
	From       string   // empty: the default
	PassedOver []string // what counted as not set, and why
}

// Patient is what is examined.
type Patient struct {
	Base      *url.URL // of the API
	HTTP      *http.Client
	Proxy     func(*http.Request) (*url.URL, error)
	Source    *auth.Source
	Client    *kaneo.Client               // with the credential of Source
	Keyring   func(context.Context) error // whether there is one; nil: it is not wanted
	Settings  []Setting
	Variables []string // the names in the environment
	Processes fs.FS    // as /proc; nil: not known
	Self      int      // the process's own id
}

// Examine makes all checks, in the order in which one would look. It takes some ten seconds at worst.
func Examine(ctx context.Context, p Patient) []Finding {
	here := []Finding{p.settings(), p.environment(), p.cache(), p.servers()} // first: whoever reads the cache tightens its mode
	if p.Keyring != nil {
		here = append(here, p.keyring(ctx))
	}
	visit := p.visit(ctx)
	there := visit.findings(time.Now())
	if !visit.kaneo {
		return slices.Concat(here, there, []Finding{p.unasked(ctx)})
	}
	var version Finding
	var caller []Finding
	var both sync.WaitGroup
	both.Go(func() { version = p.generation(ctx) })
	both.Go(func() { caller = p.caller(ctx) })
	both.Wait()
	return slices.Concat(here, there, []Finding{version}, caller)
}

// Well says that there is no error.
func Well(findings []Finding) bool {
	return !slices.ContainsFunc(findings, func(f Finding) bool { return f.Level == Error })
}
