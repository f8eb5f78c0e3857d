package main

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"
)

// setting is one thing that can be configured.
type setting struct {
	variable string // in the environment
	flag     string // beats the variable; empty: there is none
	standard string // the value when neither is set
	help     string

	// take reads a value. Its error says what is wrong with it and what is allowed.
	take func(c *config, value string) error
}

// off is the standard value of a switch: its flag needs no value.
const off = "false"

// settings lists all there are: flags, help and the README's table follow from it.
func settings() []setting {
	return []setting{
		{"KANEO_API_URL", "api-url", "http://localhost:1337",
			"address of Kaneo or of its API, with or without /api", (*config).takeBase},
		{"KANEO_API_KEY", "", "",
			"API key instead of a sign-in; there is no flag, because everybody on a machine sees the words of a command", (*config).takeKey},
		{"KANEO_API_KEY_FILE", "api-key-file", "",
			"file that holds the API key", (*config).takeKeyFile},
		{"KANEO_MCP_CLIENT_ID", "client-id", "kaneo-mcp",
			"client id of the sign-in, which Kaneo must allow", (*config).takeClientID},
		{"KANEO_WORKSPACE", "workspace", "",
			"workspace where a call names none: name, slug or id", (*config).takeWorkspace},
		{"KANEO_PROJECT", "project", "",
			"project where a call names none: key, name or id", (*config).takeProject},
		{"KANEO_READ_ONLY", "read-only", off,
			"only tools that change nothing", (*config).takeReadOnly},
		{"KANEO_NO_DELETE", "no-delete", off,
			"no tools that take something away for good", (*config).takeNoDelete},
		{"KANEO_TOOLSETS", "toolsets", "",
			"toolsets, with commas between: names, default or all; default: default, or none beside KANEO_TOOLS", (*config).takeToolsets},
		{"KANEO_TOOLS", "tools", "",
			"single tools beside the toolsets", (*config).takeTools},
		{"KANEO_EXCLUDE_TOOLS", "exclude-tools", "",
			"single tools to leave out", (*config).takeExcludedTools},
		{"KANEO_ALLOW_WORKSPACES", "allow-workspaces", "",
			"the only workspaces to work in: names, slugs or ids, with commas between", (*config).takeAllowedWorkspaces},
		{"KANEO_ALLOW_PROJECTS", "allow-projects", "",
			"the only projects to work in: keys, names or ids, with commas between", (*config).takeAllowedProjects},
		{"KANEO_ATTACH_DIRS", "attach-dirs", "",
			"folders of which files may be attached: absolute paths, with commas between", (*config).takeAttachFrom},
		{"KANEO_TZ", "tz", "",
			"time zone in which days begin, such as Europe/Berlin; default: the machine's", (*config).takeZone},
		{"KANEO_AUTH", "auth", "auto",
			"auto, or key-only: without a key an error instead of a sign-in", (*config).takeAuth},
		{"KANEO_TIMEOUT", "timeout", "15s",
			"time for one request to Kaneo", (*config).takeTimeout},
		{"KANEO_LOG_LEVEL", "log-level", "",
			"debug, info, warn or error; default: info when serving, else warn", (*config).takeLogLevel},
		{"KANEO_LOG_FILE", "log-file", "",
			"file that log lines are appended to as JSON, instead of stderr", (*config).takeLogFile},
		{"KANEO_CA_FILE", "ca-file", "",
			"PEM file of certificate authorities to trust beside the system's", (*config).takeCAFile},
	}
}

// flags are those of the settings.
type flags struct{ set *pflag.FlagSet }

func newFlags() flags {
	set := pflag.NewFlagSet("settings", pflag.ContinueOnError)
	for _, s := range settings() {
		if s.flag != "" {
			set.String(s.flag, s.standard, fmt.Sprintf("%s (%s)", s.help, s.variable))
			if s.standard == off {
				set.Lookup(s.flag).NoOptDefVal = "true"
			}
		}
	}
	return flags{set}
}

// given is the value of a flag that was used.
func (f flags) given(name string) (string, bool) {
	if found := f.set.Lookup(name); found != nil && found.Changed {
		return found.Value.String(), true
	}
	return "", false
}

// configure reads all settings. Its error is a *misuse about the first that makes no sense.
func configure(c console, f flags) (config, error) {
	var set config
	for _, s := range settings() {
		name, value := s.find(c, f)
		if value == "" {
			continue
		}
		if err := s.take(&set, value); err != nil {
			return config{}, &misuse{fmt.Sprintf("%s: %v.", name, err)}
		}
	}
	set.stateFolder = stateFolder(c.env)
	return set, nil
}

// origin is a place where a value may come from.
type origin struct {
	name, raw string
	set       bool
}

// origins are the places to look at, the first that has a value counting.
func (s setting) origins(c console, f flags) []origin {
	flag, used := f.given(s.flag)
	variable, set := c.env(s.variable)
	return []origin{{"--" + s.flag, flag, used}, {s.variable, variable, set}}
}

// find returns the value of a setting, and what it is called where it comes from.
func (s setting) find(c console, f flags) (name, value string) {
	for _, o := range s.origins(c, f) {
		value, why := meant(o.raw)
		if s.guards() {
			value = strings.TrimSpace(o.raw)
		}
		if value != "" {
			return o.name, value
		}
		if o.set {
			c.note("kaneo-mcp: %s %s and counts as not set.", o.name, why)
		}
	}
	return s.variable, s.standard
}

// guards tells the settings that only forbid. A placeholder in one of them must not count as not set, for then everything
// would be allowed: it is refused like any other value that makes no sense.
func (s setting) guards() bool {
	switch s.variable {
	case "KANEO_READ_ONLY", "KANEO_NO_DELETE", "KANEO_TOOLSETS", "KANEO_TOOLS", "KANEO_EXCLUDE_TOOLS",
		"KANEO_ALLOW_WORKSPACES", "KANEO_ALLOW_PROJECTS":
		return true
	}
	return false
}

// environmentHelp says where settings come from, and which have no flag.
func environmentHelp() string {
	var alone []string
	for _, s := range settings() {
		if s.flag == "" {
			alone = append(alone, fmt.Sprintf("  %s  %s", s.variable, s.help))
		}
	}
	return "Each setting has a variable in the environment, named beside its flag; the flag beats it. Without a flag:\n" +
		strings.Join(alone, "\n")
}
