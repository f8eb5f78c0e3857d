package demo

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"kaneo-mcp/sandbox"
)

// ErrNotLoopback refuses an address that others could reach: whoever reaches a sandbox may do everything in it.
var ErrNotLoopback = errors.New("a sandbox listens on this machine only; it takes an address such as 127.0.0.1:1337, [::1]:1337 or localhost:0")

// Playground is a seeded Kaneo in memory that listens on this machine. Close it.
type Playground struct {
	URL       string
	Residents sandbox.Residents

	kaneo *sandbox.Kaneo
	web   *http.Server
	ended chan struct{}
	err   error // of the listener; read after ended
}

// Open starts a playground at an address of this machine, "127.0.0.1:0" for any free port. Errors: [ErrNotLoopback], or
// that of listening.
func Open(ctx context.Context, address string) (*Playground, error) {
	if !onLoopback(address) {
		return nil, ErrNotLoopback
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("the sandbox cannot listen: %w", err)
	}
	kaneo := sandbox.New(sandbox.Options{})
	p := &Playground{
		URL:       "http://" + listener.Addr().String(),
		Residents: kaneo.Seed(),
		kaneo:     kaneo,
		web:       &http.Server{Handler: kaneo, ReadHeaderTimeout: 10 * time.Second},
		ended:     make(chan struct{}),
	}
	go func() {
		defer close(p.ended)
		p.err = p.web.Serve(listener)
	}()
	return p, nil
}

func onLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Approve approves a sign-in as the owner of the workspace would on the page.
func (p *Playground) Approve(userCode string) error {
	return p.kaneo.Approve(userCode, p.Residents.Who("owner").Email)
}

// Wait returns nil when ctx ends, or the error that ended the playground before.
func (p *Playground) Wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case <-p.ended:
		return fmt.Errorf("the sandbox has ended: %w", p.err)
	}
}

// Close cuts all connections and waits for the end.
func (p *Playground) Close() {
	_ = p.web.Close()
	<-p.ended
}
