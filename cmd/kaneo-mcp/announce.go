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
	if everywhere(address) && len(o.AllowHosts) == 0 {
		c.note("kaneo-mcp: others than this machine reach it by the names in --allow-host alone, and none is given.")
	}
	switch {
	case o.Secret == "":
		c.note("kaneo-mcp: everything on this machine can use it: no secret is asked for.")
	case c.watched:
		headers := map[string]string{"Authorization": "Bearer " + o.Secret}
		if o.PerCaller {
			headers[server.KeyHeader] = "<your own Kaneo API key>"
		}
		c.say("Put this into the configuration of your host:\n\n%s\n", hostConfig(entrance(o, address), headers))
	case set.http.Secret != "":
		c.note("kaneo-mcp: clients send the secret in KANEO_MCP_HTTP_TOKEN.")
	default:
		c.note("kaneo-mcp: clients send the secret in %s.", set.secretFile)
	}
}

// everywhere tells whether a server listens on all addresses of its machine.
func everywhere(own net.Addr) bool {
	at, ok := own.(*net.TCPAddr)
	return ok && at.IP.IsUnspecified()
}

func endpoint(o server.HTTPOptions, host string) string {
	return scheme(o.TLS != nil) + "://" + host + "/mcp"
}

func scheme(encrypted bool) string {
	if encrypted {
		return "https"
	}
	return "http"
}

// entrance is where clients reach the server: by the first name that it is given, and not by a port that only its proxy
// sees.
func entrance(o server.HTTPOptions, own net.Addr) string {
	host, port, err := net.SplitHostPort(own.String())
	switch {
	case err != nil:
		return endpoint(o, own.String())
	case len(o.AllowHosts) > 0 && len(o.Proxies) > 0:
		return "https://" + o.AllowHosts[0] + "/mcp"
	case len(o.AllowHosts) > 0:
		host = o.AllowHosts[0]
	case everywhere(own):
		host = "localhost"
	}
	return endpoint(o, net.JoinHostPort(host, port))
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
