package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/netip"
	"runtime/debug"
	"strings"

	"github.com/rs/zerolog"

	"kaneo-mcp/kaneo"
	"kaneo-mcp/server"
)

// listenSettings are those of serving over HTTP.
func listenSettings() []setting {
	return []setting{
		{"KANEO_MCP_LISTEN", "listen", "",
			"serve over HTTP at this host:port, such as 127.0.0.1:8722, instead of on stdin and stdout", (*config).takeListen},
		{"KANEO_MCP_HTTP_TOKEN", "", "",
			"secret that HTTP clients send as a bearer; default: made at the first start, and kept", (*config).takeSecret},
		{"KANEO_MCP_NO_HTTP_AUTH", "no-http-auth", no,
			"ask HTTP clients for no secret; on loopback only", onOff(func(c *config) *bool { return &c.http.NoSecret })},
		{"KANEO_MCP_PER_CALLER", "per-caller", no,
			"for a team: every request brings its caller's Kaneo key, in X-Kaneo-Api-Key", onOff(func(c *config) *bool { return &c.http.PerCaller })},
		{"KANEO_MCP_STATELESS", "stateless", no,
			"remember nothing between HTTP requests, for several replicas", onOff(func(c *config) *bool { return &c.http.Stateless })},
		{"KANEO_MCP_ALLOW_HOST", "allow-host", "",
			"names by which HTTP clients reach the server, beside localhost", (*config).takeHosts},
		{"KANEO_MCP_ALLOW_ORIGIN", "allow-origin", "",
			"web origins whose pages may call, such as https://agent.example", (*config).takeOrigins},
		{"KANEO_MCP_TLS_CERT", "tls-cert", "",
			"PEM file of the certificate to serve HTTPS with", (*config).takeTLSCert},
		{"KANEO_MCP_TLS_KEY", "tls-key", "",
			"PEM file of its key", (*config).takeTLSKey},
		{"KANEO_MCP_BEHIND_PROXY", "behind-proxy", "",
			"addresses of the reverse proxy in front, such as 10.0.0.5 or 10.0.0.0/24: nobody else is served, and its X-Forwarded-* are believed", (*config).takeProxies},
	}
}

func (c *config) takeListen(value string) error  { c.http.Listen = value; return nil }
func (c *config) takeSecret(value string) error  { c.http.Secret = value; return nil }
func (c *config) takeTLSCert(value string) error { c.http.TLSCert = value; return nil }
func (c *config) takeTLSKey(value string) error  { c.http.TLSKey = value; return nil }
func (c *config) takeHosts(value string) error   { c.http.AllowHosts = list(value); return nil }
func (c *config) takeOrigins(value string) error { c.http.AllowOrigins = list(value); return nil }

func (c *config) takeProxies(value string) error {
	for _, word := range list(value) {
		proxies, err := netip.ParsePrefix(word)
		if address, alone := netip.ParseAddr(word); alone == nil {
			proxies, err = address.Prefix(address.BitLen())
		}
		if err != nil {
			return fmt.Errorf("%.60q is no address; it takes some such as 10.0.0.5 or 10.0.0.0/24", word)
		}
		c.http.Proxies = append(c.http.Proxies, proxies)
	}
	return nil
}

// listen serves MCP over HTTP until ctx ends.
func listen(ctx context.Context, c console, set config) error {
	o, err := set.door()
	if err != nil {
		return err
	}
	c.tendMemory()
	p, err := newPremises(set, c.err, zerolog.InfoLevel)
	if err != nil {
		return err
	}
	defer p.close()
	o.Metrics, o.Log = p.metrics, p.log
	o.Reach = func(ctx context.Context) error {
		_, err := kaneo.New(kaneo.Options{Base: set.base, HTTP: p.web, Timeout: set.timeout}).Config(ctx)
		return err
	}
	o.Serving = func(address net.Addr) { c.announce(set, o, address) }
	if o.PerCaller {
		o.Open = func(key string) (server.Tenant, error) { return p.tenant(set.of(key)) }
		return server.ListenAndServe(ctx, o)
	}
	own, err := p.office(set)
	if err != nil {
		return &misuse{err.Error() + "."}
	}
	o.SignIn = own.source.Status
	o.Open = func(string) (server.Tenant, error) { return own.tenant(), nil }
	return server.ListenAndServe(ctx, o)
}

// What the memory is tended by, unless the environment says otherwise: a small heap is seldom worth cleaning, which gives
// calls a sixth more time; the sessions that are allowed at a time fit below the softLimit.
const (
	gcPercent = 400
	softLimit = 320 << 20 // bytes
)

func (c console) tendMemory() {
	if _, set := c.env("GOGC"); !set {
		debug.SetGCPercent(gcPercent)
	}
	if _, set := c.env("GOMEMLIMIT"); !set {
		debug.SetMemoryLimit(softLimit)
	}
}

// door is how the settings want HTTP to be served. Its error is a *misuse.
func (c config) door() (server.HTTPOptions, error) {
	o := c.http
	var err error
	switch {
	case o.NoSecret:
		o.Secret = ""
	case o.Secret != "":
	case c.secretFile == "":
		return o, &misuse{"KANEO_MCP_HTTP_TOKEN: there is no home to keep a secret in, so it has to be set."}
	default:
		if o.Secret, err = server.KeptSecret(c.secretFile); err != nil {
			return o, &misuse{"KANEO_MCP_HTTP_TOKEN: " + err.Error() + "."}
		}
	}
	if err := o.Validate(); err != nil {
		return o, &misuse{"serve: " + err.Error() + "."}
	}
	return o, nil
}

// of is the settings for somebody who brings a key: nothing of the server's own credentials is in them.
func (c config) of(key string) config {
	c.key, c.keyFrom, c.keyFile, c.stateFolder = key, server.KeyHeader, "", ""
	c.attachFrom = nil // the operator's files are nobody else's
	return c
}

// tenant is an office for one caller.
func (p *premises) tenant(set config) (server.Tenant, error) {
	o, err := p.office(set)
	if err != nil {
		return server.Tenant{}, err
	}
	return o.tenant(), nil
}

func (o *office) tenant() server.Tenant { return server.Tenant{MCP: o.server(), Close: o.close} }

// announce says where the server is, and what a host needs to use it. The secret itself is shown to a person only.
func (c console) announce(set config, o server.HTTPOptions, address net.Addr) {
	c.note("kaneo-mcp: serving MCP at %s for Kaneo at %s.", endpoint(o, address.String()), set.base)
	if o.Secret == "" {
		c.note("kaneo-mcp: everything on this machine can use it: no secret is asked for.")
		return
	}
	if !c.watched {
		c.note("kaneo-mcp: clients send a secret, from KANEO_MCP_HTTP_TOKEN or %s.", set.secretFile)
		return
	}
	headers := map[string]string{"Authorization": "Bearer " + o.Secret}
	if o.PerCaller {
		headers[server.KeyHeader] = "<your own Kaneo API key>"
	}
	c.say("Put this into the configuration of your host:\n\n%s\n", hostConfig(entrance(o, address), headers))
}

func endpoint(o server.HTTPOptions, host string) string {
	scheme := "http"
	if o.TLSCert != "" {
		scheme = "https"
	}
	return scheme + "://" + host + "/mcp"
}

// entrance is where clients reach the server: by the first name that it is given, and not by a port that only its proxy
// sees.
func entrance(o server.HTTPOptions, own net.Addr) string {
	_, port, err := net.SplitHostPort(own.String())
	switch {
	case err != nil || len(o.AllowHosts) == 0:
		return endpoint(o, own.String())
	case len(o.Proxies) > 0:
		return "https://" + o.AllowHosts[0] + "/mcp"
	}
	return endpoint(o, net.JoinHostPort(o.AllowHosts[0], port))
}

// hostConfig is how most hosts want a server to be described.
func hostConfig(address string, headers map[string]string) string {
	type entry struct {
		Type    string            `json:"type"`
		URL     string            `json:"url"`
		Headers map[string]string `json:"headers"`
	}
	var text bytes.Buffer
	to := json.NewEncoder(&text)
	to.SetEscapeHTML(false)
	to.SetIndent("", "  ")
	_ = to.Encode(map[string]map[string]entry{"mcpServers": {"kaneo": {"http", address, headers}}}) // strings always encode
	return strings.TrimSpace(text.String())
}
