package main

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/adrg/xdg"
	"github.com/rs/zerolog"

	"kaneo-mcp/kaneo"
	"kaneo-mcp/profile"
	"kaneo-mcp/server"
	"kaneo-mcp/tools"
)

// config is the settings, read.
type config struct {
	base               *url.URL // of the API
	key, keyFile       string
	keyFrom            string // the header that key came in; empty: it is configured
	keyOnly            bool
	clientID           string
	workspace, project string
	zone               *time.Location // nil: the machine's
	timeout            time.Duration
	signInWait         time.Duration // 0: what is usual
	logLevel           string        // empty: what is usual for the command
	logFile            string
	caFile             string
	stateFolder        string // of sign-ins, the journal and turns; empty: in memory only
	http               server.HTTPOptions
	tlsCert, tlsKey    string          // files
	shared             string          // a secret of all replicas; empty: there are none
	keyring            bool            // takes new sign-ins
	profileFile        string          // where profiles are; empty: nowhere
	profile            profile.Profile // the chosen one; without a name: none
	mayAdd             bool            // a profile that is not there is about to be added
	sources            []source        // of all that is set, in the order of the settings
	secretFile         string          // of HTTP; empty: it cannot be kept

	selection                          tools.Selection
	allowedWorkspaces, allowedProjects []string // names, keys or ids; none: all
	attachFrom                         []string // folders, absolute; none: no file of this machine
}

func (c *config) takeBase(value string) (err error) {
	c.base, err = kaneo.ParseBase(value)
	return err
}

func (c *config) takeKey(value string) error       { c.key = value; return nil }
func (c *config) takeKeyFile(value string) error   { c.keyFile = value; return nil }
func (c *config) takeClientID(value string) error  { c.clientID = value; return nil }
func (c *config) takeWorkspace(value string) error { c.workspace = value; return nil }
func (c *config) takeProject(value string) error   { c.project = value; return nil }
func (c *config) takeLogFile(value string) error   { c.logFile = value; return nil }
func (c *config) takeCAFile(value string) error    { c.caFile = value; return nil }

func (c *config) takeListen(value string) error     { c.http.Listen = value; return nil }
func (c *config) takeSecret(value string) error     { c.http.Secret = value; return nil }
func (c *config) takeTLSCert(value string) error    { c.tlsCert = value; return nil }
func (c *config) takeTLSKey(value string) error     { c.tlsKey = value; return nil }
func (c *config) takeHosts(values []string) error   { c.http.AllowHosts = values; return nil }
func (c *config) takeOrigins(values []string) error { c.http.AllowOrigins = values; return nil }

func (c *config) takeZone(value string) (err error) {
	if c.zone, err = time.LoadLocation(value); err != nil {
		return fmt.Errorf("there is no time zone %.40q; it takes a name such as Europe/Berlin, America/New_York or UTC", value)
	}
	return nil
}

func (c *config) takeAuth(value string) error {
	if err := oneOf(value, "auto", "key-only"); err != nil {
		return err
	}
	c.keyOnly = value == "key-only"
	return nil
}

func (c *config) takeToolsets(values []string) error {
	c.selection.Toolsets = values
	return c.selection.Check()
}

func (c *config) takeTools(values []string) error {
	c.selection.Only = values
	return c.selection.Check()
}

func (c *config) takeExcludedTools(values []string) error {
	c.selection.Without = values
	return c.selection.Check()
}

func (c *config) takeAllowedWorkspaces(values []string) error {
	c.allowedWorkspaces = values
	return nonEmpty(c.allowedWorkspaces)
}

func (c *config) takeAllowedProjects(values []string) error {
	c.allowedProjects = values
	return nonEmpty(c.allowedProjects)
}

// takeAttachFrom wants whole paths: what a relative one means depends on who starts the program.
func (c *config) takeAttachFrom(values []string) error {
	for _, folder := range values {
		if !filepath.IsAbs(folder) {
			return errors.New("it takes absolute paths of folders, with commas between")
		}
		c.attachFrom = append(c.attachFrom, filepath.Clean(folder))
	}
	return nil
}

func (c *config) takeProxies(values []string) error {
	for _, value := range values {
		proxies, err := netip.ParsePrefix(value)
		if address, alone := netip.ParseAddr(value); alone == nil {
			proxies, err = address.Prefix(address.BitLen())
		}
		if err != nil {
			return fmt.Errorf("%.60q is no address; it takes some such as 10.0.0.5 or 10.0.0.0/24", value)
		}
		c.http.Proxies = append(c.http.Proxies, proxies)
	}
	return nil
}

// nonEmpty refuses a list of commas only: who wrote it meant to allow little, not all.
func nonEmpty(names []string) error {
	if len(names) == 0 {
		return errors.New("it names nothing; it takes names with commas between")
	}
	return nil
}

func (c *config) takeTimeout(value string) (err error) {
	if c.timeout, err = time.ParseDuration(value); err != nil || c.timeout <= 0 {
		return fmt.Errorf("%.40q is no length of time; it takes one such as 15s or 1m30s", value)
	}
	return nil
}

// longestSignInWait is longer than any host lets a call take.
const longestSignInWait = 10 * time.Minute

func (c *config) takeSignInWait(value string) (err error) {
	if c.signInWait, err = time.ParseDuration(value); err != nil || c.signInWait <= 0 || c.signInWait > longestSignInWait {
		return fmt.Errorf("%.40q is no length of time up to %s; it takes one such as 45s", value, longestSignInWait)
	}
	return nil
}

func (c *config) takeLogLevel(value string) error {
	c.logLevel = value
	return oneOf(value, "debug", "info", "warn", "error")
}

// level is the configured log level, or what is usual.
func (c *config) level(usual zerolog.Level) zerolog.Level {
	if level, err := zerolog.ParseLevel(c.logLevel); err == nil && c.logLevel != "" {
		return level
	}
	return usual
}

func oneOf(value string, allowed ...string) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	return fmt.Errorf("%.40q is unknown; it takes %s", value, strings.Join(allowed, ", "))
}

// stateFolder is where sign-ins are kept.
func stateFolder(env func(string) (string, bool)) string {
	return ownFolder(env, "XDG_STATE_HOME", xdg.StateHome)
}

// profileFile is where a person names several Kaneos or accounts.
func profileFile(env func(string) (string, bool)) string {
	folder := ownFolder(env, "XDG_CONFIG_HOME", xdg.ConfigHome)
	if folder == "" {
		return ""
	}
	return filepath.Join(folder, "config.toml")
}

// ownFolder is ours in one of the XDG base directories, as their specification has it: a path that is not absolute does not
// count. Without a home there is none, where xdg would take the root of the file system for one.
func ownFolder(env func(string) (string, bool), variable, standard string) string {
	given, _ := env(variable)
	if filepath.IsAbs(given) {
		return filepath.Join(given, "kaneo-mcp")
	}
	if _, err := os.UserHomeDir(); err != nil {
		return ""
	}
	return filepath.Join(standard, "kaneo-mcp")
}

// misused words an error about a file that a setting names.
func misused(variable string, err error) error {
	return &misuse{fmt.Sprintf("%s: %v.", variable, err)}
}
