package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// readyLimit is longer than a server waits for Kaneo.
const readyLimit = 10 * time.Second

// readyCommand is for containers that have no other program to ask with.
func (p program) readyCommand() *cobra.Command {
	const about = "Asks the server that listens at KANEO_MCP_LISTEN here whether it is ready; ends with 1 when it is not"
	return p.plain("ready", about, p.configured(ready))
}

func ready(ctx context.Context, c console, set config) error {
	at, err := set.readiness()
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return &misuse{err.Error() + "."}
	}
	client := http.Client{Timeout: readyLimit, Transport: &http.Transport{
		DisableKeepAlives: true,
		TLSClientConfig:   &tls.Config{InsecureSkipVerify: true}, //nolint:gosec // it is this machine, and gets no secret
	}}
	answer, err := client.Do(r)
	if err != nil {
		return fmt.Errorf("no server answers: %w", err)
	}
	defer answer.Body.Close()
	text, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<10)) // the status says it all
	if answer.StatusCode != http.StatusOK {
		return errors.New(strings.TrimSpace(string(text)))
	}
	c.say("ready")
	return nil
}

// readiness is where a server with these settings tells whether it is ready.
func (c config) readiness() (string, error) {
	host, port, err := net.SplitHostPort(c.http.Listen)
	if err != nil {
		return "", &misuse{"KANEO_MCP_LISTEN must say where the server listens, as host:port."}
	}
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return scheme(c.tlsCert != "") + "://" + net.JoinHostPort(host, port) + "/readyz", nil
}
