package server

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log" //nolint:depguard // net/http takes no other logger
	"net"
	"net/http"
	"sync"
	"time"
)

const (
	headerLimit = 10 * time.Second // for the header of a request to arrive
	idleLimit   = 2 * time.Minute  // between two requests on a connection
	maxHeader   = 32 << 10         // bytes
	closeLimit  = 3 * time.Second  // for streams to be closed, once no call runs
)

// ListenAndServe serves MCP over HTTP until ctx ends: Streamable HTTP in both eras on /mcp, the older transport on /sse and
// /message, and /healthz, /readyz and /metrics. Then no new calls are taken, those that run have o.Limits.Drain to end, and
// the streams are closed; all of that is an ordinary end and gives nil. An error of [HTTPOptions.Validate] comes before
// anything else.
func ListenAndServe(ctx context.Context, o HTTPOptions) error {
	if err := o.Validate(); err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", o.Listen)
	if err != nil {
		if at, ok := errors.AsType[*net.OpError](err); ok {
			err = at.Err
		}
		return fmt.Errorf("can not listen at %s: %w: free it, or choose another address or port", o.Listen, err)
	}
	if o.TLS != nil {
		listener = tls.NewListener(listener, o.TLS)
	}
	return serveOn(ctx, listener, o)
}

// Encryption reads a certificate and its key from PEM files: nil where neither is named. Its error is one sentence.
func Encryption(cert, key string) (*tls.Config, error) {
	switch {
	case cert == "" && key == "":
		return nil, nil
	case cert == "" || key == "":
		return nil, errors.New("TLS needs both a certificate and its key")
	}
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		return nil, fmt.Errorf("the certificate or its key can not be used: %w", err)
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}}, nil
}

// serveOn serves on a listener, which it closes.
func serveOn(ctx context.Context, listener net.Listener, o HTTPOptions) error {
	o.Limits = o.Limits.standard(o.PerCaller)
	fill(&o.pace.header, headerLimit)
	fill(&o.pace.body, bodyLimit)
	d := &door{options: o, callers: newCallers(o), lobby: newLobby(lobbySeats), kaneo: &reach{ask: o.Reach}}
	if err := d.expect(); err != nil {
		_ = listener.Close()
		return err
	}
	// Requests outlive ctx: they end when streams are closed, and calls have been given time.
	serving, closeAll := context.WithCancel(context.WithoutCancel(ctx))
	defer closeAll()
	web := &http.Server{
		Handler:           d.handler(ctx.Done(), listener.Addr()),
		ReadHeaderTimeout: o.pace.header, IdleTimeout: idleLimit, MaxHeaderBytes: maxHeader,
		ConnState: d.lobby.observe, ConnContext: tellApart, DisableGeneralOptionsHandler: true, // it would come before all guards
		BaseContext: func(net.Listener) context.Context { return serving },
		ErrorLog:    log.New(io.Discard, "", 0), // single connections, which strangers could fill a log with
	}
	var both sync.WaitGroup
	both.Go(func() { d.callers.dropIdle(serving) })
	failed := make(chan error, 1)
	both.Go(func() { failed <- web.Serve(listener) })
	if o.Serving != nil {
		o.Serving(listener.Addr())
	}
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		err = d.windUp(serving, web, closeAll)
	}
	closeAll()
	both.Wait()
	d.callers.drop(anybody)
	if err != nil && !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// expect makes the one caller of a server for one person at once, so that what is wrong with it shows at the start. It never
// departs: a sign-in is not forgotten because nobody has called for a while.
func (d *door) expect() error {
	if d.options.PerCaller {
		return nil
	}
	_, err := d.callers.enter("")
	return err
}

// windUp takes no new connections, lets running calls end, and then closes the streams, on which some of their answers go.
func (d *door) windUp(serving context.Context, web *http.Server, closeStreams func()) error {
	patience, giveUp := context.WithTimeout(serving, d.options.Limits.Drain)
	defer giveUp()
	last, end := context.WithCancel(context.WithoutCancel(serving))
	defer end()
	closed := make(chan error, 1)
	go func() { closed <- web.Shutdown(last) }()
	d.callers.all.calls.drained(patience)
	closeStreams()
	d.lobby.clear()
	select {
	case err := <-closed:
		return err
	case <-time.After(closeLimit):
	}
	d.options.Log.Warn().Msg("a request ignores its end; leaving without it")
	end()
	<-closed //nolint:errcheck // it says no more than that it was told to end
	return web.Close()
}
