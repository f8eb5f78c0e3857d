package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// setting is one thing that can be configured.
type setting struct {
	variable string // in the environment
	flag     string // beats the variable; empty: there is none
	standard string // the value when neither is set
	help     string
	value    kind
}

// settings lists all there are: flags, help and the README's table follow from it.
func settings() []setting { return slices.Concat(commonSettings(), listenSettings()) }

// commonSettings are those of every command. The profile comes first: it has values for the others.
func commonSettings() []setting {
	return []setting{
		{"KANEO_PROFILE", "profile", "",
			"name of a profile in $XDG_CONFIG_HOME/kaneo-mcp/config.toml, for several Kaneos or accounts", word((*config).takeProfile)},
		{"KANEO_API_URL", "api-url", "http://localhost:1337",
			"address of Kaneo or of its API, with or without /api", word((*config).takeBase)},
		{"KANEO_API_KEY", "", "",
			"API key instead of a sign-in; there is no flag, because everybody on a machine sees the words of a command", word((*config).takeKey)},
		{"KANEO_API_KEY_FILE", "api-key-file", "",
			"file that holds the API key", word((*config).takeKeyFile)},
		{"KANEO_MCP_CLIENT_ID", "client-id", "kaneo-mcp",
			"client id of the sign-in, which Kaneo must allow", word((*config).takeClientID)},
		{"KANEO_WORKSPACE", "workspace", "",
			"workspace where a call names none: name, slug or id", word((*config).takeWorkspace)},
		{"KANEO_PROJECT", "project", "",
			"project where a call names none: key, name or id", word((*config).takeProject)},
		{"KANEO_READ_ONLY", "read-only", no,
			"only tools that change nothing", onOff(func(c *config) *bool { return &c.selection.ReadOnly })},
		{"KANEO_NO_DELETE", "no-delete", no,
			"no tools that take something away for good", onOff(func(c *config) *bool { return &c.selection.NoDelete })},
		{"KANEO_TOOLSETS", "toolsets", "",
			"toolsets, with commas between: names, default or all; default: default, or none beside KANEO_TOOLS", words((*config).takeToolsets)},
		{"KANEO_TOOLS", "tools", "",
			"single tools beside the toolsets", words((*config).takeTools)},
		{"KANEO_EXCLUDE_TOOLS", "exclude-tools", "",
			"single tools to leave out", words((*config).takeExcludedTools)},
		{"KANEO_ALLOW_WORKSPACES", "allow-workspaces", "",
			"the only workspaces to work in: names, slugs or ids, with commas between", words((*config).takeAllowedWorkspaces)},
		{"KANEO_ALLOW_PROJECTS", "allow-projects", "",
			"the only projects to work in: keys, names or ids, with commas between", words((*config).takeAllowedProjects)},
		{"KANEO_ATTACH_DIRS", "attach-dirs", "",
			"folders of which files may be attached: absolute paths, with commas between", words((*config).takeAttachFrom)},
		{"KANEO_TZ", "tz", "",
			"time zone in which days begin, such as Europe/Berlin; default: the machine's", word((*config).takeZone)},
		{"KANEO_AUTH", "auth", "auto",
			"auto, or key-only: without a key an error instead of a sign-in", word((*config).takeAuth)},
		{"KANEO_KEYRING", "keyring", no,
			"keep new sign-ins in the system's keyring, where there is one", onOff(func(c *config) *bool { return &c.keyring })},
		{"KANEO_TIMEOUT", "timeout", "15s",
			"time for one request to Kaneo", word((*config).takeTimeout)},
		{"KANEO_SIGN_IN_WAIT", "sign-in-wait", "",
			"how long a call waits for somebody to approve, at most 10m; default: 20s when repeated, 40s after a dialog", word((*config).takeSignInWait)},
		{"KANEO_LOG_LEVEL", "log-level", "",
			"debug, info, warn or error; default: info when serving, else warn", word((*config).takeLogLevel)},
		{"KANEO_LOG_FILE", "log-file", "",
			"file that log lines are appended to as JSON, instead of stderr", word((*config).takeLogFile)},
		{"KANEO_CA_FILE", "ca-file", "",
			"PEM file of certificate authorities to trust beside the system's", word((*config).takeCAFile)},
	}
}

// listenSettings are those of serving over HTTP.
func listenSettings() []setting {
	return []setting{
		{"KANEO_MCP_LISTEN", "listen", "",
			"serve over HTTP at this host:port, such as 127.0.0.1:8722, instead of on stdin and stdout", word((*config).takeListen)},
		{"KANEO_MCP_HTTP_TOKEN", "", "",
			"secret that HTTP clients send as a bearer; default: made at the first start, and kept", word((*config).takeSecret)},
		{"KANEO_MCP_NO_HTTP_AUTH", "no-http-auth", no,
			"ask HTTP clients for no secret; on loopback only", onOff(func(c *config) *bool { return &c.http.NoSecret })},
		{"KANEO_MCP_PER_CALLER", "per-caller", no,
			"for a team: every request brings its caller's Kaneo key, in X-Kaneo-Api-Key", onOff(func(c *config) *bool { return &c.http.PerCaller })},
		{"KANEO_MCP_STATELESS", "stateless", no,
			"remember nothing between HTTP requests, for several replicas", onOff(func(c *config) *bool { return &c.http.Stateless })},
		{"KANEO_MCP_ALLOW_HOST", "allow-host", "",
			"names by which HTTP clients reach the server, beside localhost", words((*config).takeHosts)},
		{"KANEO_MCP_ALLOW_ORIGIN", "allow-origin", "",
			"web origins whose pages may call, such as https://agent.example", words((*config).takeOrigins)},
		{"KANEO_MCP_TLS_CERT", "tls-cert", "",
			"PEM file of the certificate to serve HTTPS with", word((*config).takeTLSCert)},
		{"KANEO_MCP_TLS_KEY", "tls-key", "",
			"PEM file of its key", word((*config).takeTLSKey)},
		{"KANEO_MCP_BEHIND_PROXY", "behind-proxy", "",
			"addresses of the reverse proxy in front, such as 10.0.0.5 or 10.0.0.0/24: nobody else is served, and its X-Forwarded-* are believed", words((*config).takeProxies)},
	}
}

// flags are those of the settings: of every command, and of serve alone.
type flags struct{ common, listen *pflag.FlagSet }

func newFlags() flags { return flags{flagSet(commonSettings()), flagSet(listenSettings())} }

func flagSet(settings []setting) *pflag.FlagSet {
	set := pflag.NewFlagSet("settings", pflag.ContinueOnError)
	for _, s := range settings {
		help := fmt.Sprintf("%s (%s)", s.help, s.variable)
		if s.flag == "" {
			continue
		}
		switch s.value.(type) {
		case onOff:
			set.Bool(s.flag, false, help)
		case words:
			set.Var(new(wordList), s.flag, help)
		default:
			set.String(s.flag, s.standard, help)
		}
	}
	return set
}

// given is the value of a flag that was used.
func (f flags) given(name string) (string, bool) {
	for _, set := range []*pflag.FlagSet{f.common, f.listen} {
		if found := set.Lookup(name); found != nil && found.Changed {
			return found.Value.String(), true
		}
	}
	return "", false
}

// no is the standard of the settings that are on or off.
const no = "false"

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
