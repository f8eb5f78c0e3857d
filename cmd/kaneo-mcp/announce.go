package main

import (
	"bytes"
	"encoding/json"
	"net"
	"strings"

	"kaneo-mcp/server"
)

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
