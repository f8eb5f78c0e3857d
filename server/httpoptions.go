package server

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"time"

	mcpserver "github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"

	"kaneo-mcp/auth"
)

// HTTPOptions says what is served over HTTP, and to whom.
type HTTPOptions struct {
	Listen       string         // host:port; port 0 is any free one
	Secret       string         // the bearer that every client sends
	NoSecret     bool           // no bearer is asked for: only on loopback
	PerCaller    bool           // every request brings its caller's own Kaneo key, in X-Kaneo-Api-Key
	Stateless    bool           // nothing is remembered between requests, so that any replica can serve each of them
	AllowHosts   []string       // names by which clients reach the server, beside those of loopback and Listen's own
	AllowOrigins []string       // web origins, such as https://agent.example, whose pages may call
	Proxies      []netip.Prefix // reverse proxies: nobody else is served, and their X-Forwarded-* are believed
	TLS          *tls.Config    // nil: in the clear

	// Open makes what serves one caller. Key is that caller's; empty unless PerCaller. An error is the caller's fault, in
	// one sentence.
	Open func(key string) (Tenant, error)
	// Reach asks whether Kaneo can be reached.
	Reach func(ctx context.Context) error
	// SignIn tells where the sign-in stands; nil when callers bring keys.
	SignIn func(ctx context.Context) auth.Status
	// Serving is called, once, when connections are taken at address.
	Serving func(address net.Addr)

	Metrics *Metrics
	Limits  Limits
	Log     zerolog.Logger

	pace pace // zero: as long as is reasonable
}

// pace is how long parts of a request may take to arrive.
type pace struct{ header, body time.Duration }

// Tenant is what serves one caller.
type Tenant struct {
	MCP   *mcpserver.MCPServer
	Close func()
}

// Limits bound what callers can take up. Zero fields are the standard's.
type Limits struct {
	CallsEach    int           // in flight at a time, of one caller
	CallsAll     int           // of all callers together
	SessionsEach int           // open at a time, of one caller
	SessionsAll  int           // of all callers together
	Callers      int           // who are remembered at a time, when they bring keys
	Idle         time.Duration // after which an unused session, and then its caller, is forgotten
	Drain        time.Duration // for which running calls may go on once the server is to stop
}

// standard fills in what is not set. A single caller may take all there is.
func (l Limits) standard(perCaller bool) Limits {
	fill(&l.CallsAll, 512)
	fill(&l.SessionsAll, 4096)
	fill(&l.Callers, 256)
	fill(&l.Idle, 30*time.Minute)
	fill(&l.Drain, 20*time.Second)
	if !perCaller {
		l.CallsEach, l.SessionsEach = l.CallsAll, l.SessionsAll
	}
	fill(&l.CallsEach, 32)
	fill(&l.SessionsEach, 64)
	return l
}

func fill[T int | time.Duration](value *T, standard T) {
	if *value == 0 {
		*value = standard
	}
}

// shortest is how long, in bytes, a secret is at least that strangers can try to guess.
const shortest = 16

// Validate tells, in one sentence, why o would let somebody in who does not belong, or makes no sense.
func (o HTTPOptions) Validate() error {
	host, port, err := net.SplitHostPort(o.Listen)
	if _, unknown := new(net.Resolver).LookupPort(context.Background(), "tcp", port); err != nil || unknown != nil {
		return errors.New("the address to listen at must be host:port, such as 127.0.0.1:8722")
	}
	for _, check := range []func(loopback bool) error{o.validSecret, o.validWay, o.validProxies, o.validNames} {
		if err := check(isLoopback(host)); err != nil {
			return err
		}
	}
	return nil
}

// isLoopback tells an address that only this machine can reach. No host is all of them.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback()
}

func (o HTTPOptions) validSecret(loopback bool) error {
	switch {
	case o.NoSecret && !loopback:
		return errors.New("without a secret the server may only listen on a loopback address: whoever reaches it would work the board")
	case o.NoSecret && len(o.Proxies) > 0:
		return errors.New("without a secret the server can not stand behind a proxy: whoever reaches that would work the board")
	case o.NoSecret && o.PerCaller:
		return errors.New("callers with keys of their own need the server's secret too: without it anybody could try keys")
	case o.NoSecret:
		return nil
	case o.Secret == "":
		return errors.New("a secret is needed that every client has to send")
	case !visibleASCII(o.Secret):
		return errors.New("the secret holds spaces, line breaks or other characters that do not fit into a header")
	case (!loopback || len(o.Proxies) > 0) && len(o.Secret) < shortest:
		return fmt.Errorf("the secret needs at least %d characters where others than this machine can reach the server", shortest)
	}
	return nil
}

func visibleASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r > '~' }) < 0
}

// validWay wants the secret, and what is on the boards, not to travel in the clear.
func (o HTTPOptions) validWay(loopback bool) error {
	if !loopback && o.TLS == nil && len(o.Proxies) == 0 {
		return errors.New("an address that others than this machine can reach needs TLS (a certificate and its key), " +
			"or a reverse proxy in front that has it, given by its addresses")
	}
	return nil
}

func (o HTTPOptions) validProxies(bool) error {
	for _, proxies := range o.Proxies {
		if !proxies.IsValid() || proxies.Bits() == 0 {
			return errors.New("the addresses of the reverse proxy must name it: all addresses at once would believe everybody")
		}
	}
	return nil
}

func (o HTTPOptions) validNames(bool) error {
	for _, host := range o.AllowHosts {
		if host == "" || strings.ContainsAny(host, "*/@ ,") || hostname(host) != strings.ToLower(host) {
			return fmt.Errorf("%.80q is no name of a host: it takes one such as mcp.example.com, without port or asterisk", host)
		}
	}
	for _, origin := range o.AllowOrigins {
		if !isOrigin(origin) {
			return fmt.Errorf("%.80q is no web origin: it takes one such as https://agent.example, without path or asterisk", origin)
		}
	}
	return nil
}

// isOrigin tells a web origin as browsers write it (RFC 6454 §6.2).
func isOrigin(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && !strings.Contains(u.Host, "*") &&
		u.Host != "" && strings.EqualFold(text, u.Scheme+"://"+u.Host)
}
