package main

import (
	"context"
	"net"
	"runtime/debug"
	"slices"

	"github.com/rs/zerolog"

	"kaneo-mcp/kaneo"
	"kaneo-mcp/server"
)

// listen serves MCP over HTTP until ctx ends.
func listen(ctx context.Context, c console, set config) error {
	o, err := set.door()
	if err != nil {
		return err
	}
	if o.Stateless {
		set = set.replicated(o.Secret)
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
	if o.TLS, err = server.Encryption(c.tlsCert, c.tlsKey); err != nil {
		return o, &misuse{"serve: " + err.Error() + "."}
	}
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
	if c.shared != "" {
		c.shared += "\x00" + key // what is sealed for one caller opens for no other
	}
	return c
}

// replicated is the settings for a server that is one of several with the same secret. What was changed would be on record with
// one of them, and an undo that reached another would take back something older.
func (c config) replicated(secret string) config {
	c.shared = secret
	c.selection.Without = slices.Concat(c.selection.Without, []string{"undo_last"})
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
