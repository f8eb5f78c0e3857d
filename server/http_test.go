package server

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/rs/zerolog"
)

const testSecret = "what-only-the-tests-know"

// hall is a server on a loopback socket, with the tools of a bench.
type hall struct {
	t     *testing.T
	url   string
	bench *bench
	log   *ledger
	stop  func() error // as SIGTERM does; waits for the end

	mu     sync.Mutex
	opened []string // keys that a tenant was made for
	closed int
}

// ledger is a log that can be read while it is written.
type ledger struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *ledger) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *ledger) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// openHall starts a server whose options set has had its way with.
func openHall(t *testing.T, set func(*HTTPOptions)) *hall {
	t.Helper()
	h := &hall{t: t, bench: newBench(), log: new(ledger)}
	o := HTTPOptions{
		Listen: "127.0.0.1:0", Secret: testSecret, Metrics: NewMetrics(), Log: zerolog.New(h.log),
		Open: h.tenant, Reach: func(context.Context) error { return nil },
	}
	set(&o)
	if err := o.Validate(); err != nil {
		t.Fatal(err)
	}
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", o.Listen)
	if err != nil {
		t.Fatal(err)
	}
	h.url = "http://" + listener.Addr().String()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	served := make(chan error, 1)
	go func() { served <- serveOn(ctx, listener, o) }()
	h.stop = sync.OnceValue(func() error {
		cancel()
		return <-served
	})
	t.Cleanup(func() {
		if err := h.stop(); err != nil {
			t.Errorf("serve: %v", err)
		}
		if strings.Contains(h.log.String(), testSecret) {
			t.Error("the secret is in the log")
		}
	})
	return h
}

func (h *hall) tenant(key string) (Tenant, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if key == "no key" {
		return Tenant{}, fmt.Errorf("%s holds spaces", KeyHeader)
	}
	h.opened = append(h.opened, key)
	return Tenant{newTestServer(h.bench), func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.closed++
	}}, nil
}

// reply is what came back for a request.
type httpReply struct {
	status int
	header http.Header
	body   string
}

// send sends a request as a well-behaved client would, save for what change does to it.
func (h *hall) send(method, path, body string, change func(*http.Request)) httpReply {
	h.t.Helper()
	answer := h.open(h.t.Context(), method, path, body, change)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		h.t.Errorf("%s %s: %v", method, path, err)
	}
	return httpReply{answer.StatusCode, answer.Header, string(text)}
}

func (h *hall) open(ctx context.Context, method, path, body string, change func(*http.Request)) *http.Response {
	h.t.Helper()
	r, err := http.NewRequestWithContext(ctx, method, h.url+path, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+testSecret)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json, text/event-stream")
	if change != nil {
		change(r)
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(r)
	if err != nil {
		h.t.Fatalf("%s %s: %v", method, path, err)
	}
	return answer
}

// nothingRan checks that no tool was called.
func (h *hall) nothingRan() {
	h.t.Helper()
	select {
	case text := <-h.bench.started:
		h.t.Errorf("a tool ran: %q", text)
	default:
	}
}

// begin opens a session over Streamable HTTP, and returns its id.
func (h *hall) begin(change func(*http.Request)) string {
	h.t.Helper()
	answer := h.send(http.MethodPost, "/mcp", initialize, change)
	id := answer.header.Get("Mcp-Session-Id")
	if answer.status != http.StatusOK || id == "" {
		h.t.Fatalf("initialize: %+v", answer)
	}
	return id
}

func inSession(id string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Mcp-Session-Id", id) }
}

func withKey(key string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(KeyHeader, key) }
}

func asModern(method string) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Set(mcp.HeaderProtocolVersion, mcp.ProtocolVersion20260728)
		r.Header.Set(mcp.HeaderMethod, method)
		r.Header.Set(mcp.HeaderName, "echo")
	}
}

// eventStream reads the events of a stream.
type eventStream struct {
	t     *testing.T
	lines *bufio.Scanner
	close func()
}

func (h *hall) listen(path string, change func(*http.Request)) *eventStream {
	h.t.Helper()
	ctx, cancel := context.WithCancel(h.t.Context())
	answer := h.open(ctx, http.MethodGet, path, "", change)
	if answer.StatusCode != http.StatusOK {
		h.t.Fatalf("%s: status %d", path, answer.StatusCode)
	}
	return &eventStream{h.t, bufio.NewScanner(answer.Body), func() {
		cancel()
		answer.Body.Close()
	}}
}

// next returns the data of the next event; "" at the end.
func (e *eventStream) next() string {
	for e.lines.Scan() {
		if data, ok := strings.CutPrefix(e.lines.Text(), "data: "); ok {
			return data
		}
	}
	return ""
}

func TestBothTransportsServeCalls(t *testing.T) {
	t.Parallel()
	h := openHall(t, func(*HTTPOptions) {})
	id := h.begin(nil)
	if got := h.send(http.MethodPost, "/mcp", call(7, "echo", "hello"), inSession(id)); !strings.Contains(got.body, `"hello"`) {
		t.Errorf("Streamable HTTP: %+v", got)
	}
	if got := h.send(http.MethodPost, "/mcp", modernCall(8, "echo", "hello"), asModern("tools/call")); !strings.Contains(got.body, `"hello"`) {
		t.Errorf("2026-07-28: %+v", got)
	}
	stream := h.listen("/sse", nil)
	defer stream.close()
	messages := stream.next()
	for _, line := range []string{initialize, initialized, call(9, "echo", "hello")} {
		if got := h.send(http.MethodPost, messages, line, nil); got.status != http.StatusAccepted {
			t.Errorf("%s: %+v", line, got)
		}
	}
	stream.next()
	if got := stream.next(); !strings.Contains(got, `"hello"`) {
		t.Errorf("SSE: %s", got)
	}
}

// TestSSEOffersOlderVersionsOnly keeps clients from a version that this transport does not have, however they ask.
func TestSSEOffersOlderVersionsOnly(t *testing.T) {
	t.Parallel()
	h := openHall(t, func(*HTTPOptions) {})
	stream := h.listen("/sse", nil)
	defer stream.close()
	messages := stream.next()
	for line, want := range map[string]string{
		strings.Replace(initialize, mcp.LATEST_LEGACY_PROTOCOL_VERSION, mcp.ProtocolVersion20260728, 1): `"init": 2025-11-25`,
		discover: "0: 2025-11-25 2025-06-18 2025-03-26 2024-11-05",
	} {
		h.send(http.MethodPost, messages, line, nil)
		var answer received
		if err := json.Unmarshal([]byte(stream.next()), &answer); err != nil || answer.brief() != want {
			t.Errorf("%s: got %s, %v; want %s", line, answer.brief(), err, want)
		}
	}
}

// TestAClientThatGoesAwayTakesItsCallsBack in each transport.
func TestAClientThatGoesAwayTakesItsCallsBack(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(h *hall){
		"Streamable HTTP": func(h *hall) {
			id := h.begin(nil)
			ctx, cancel := context.WithCancel(t.Context())
			var both sync.WaitGroup
			both.Go(func() {
				r, _ := http.NewRequestWithContext(ctx, http.MethodPost, h.url+"/mcp", strings.NewReader(call(1, "wait", "x")))
				r.Header = http.Header{"Authorization": {"Bearer " + testSecret}, "Content-Type": {"application/json"}, "Mcp-Session-Id": {id}}
				if answer, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(r); err == nil {
					answer.Body.Close()
				}
			})
			<-h.bench.started
			cancel()
			both.Wait()
		},
		"SSE": func(h *hall) {
			stream := h.listen("/sse", nil)
			h.send(http.MethodPost, stream.next(), call(1, "wait", "x"), nil)
			<-h.bench.started
			stream.close()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := openHall(t, func(o *HTTPOptions) { o.Limits.CallsAll = 1 })
			leave(h)
			h.eventually("the call ends", func() bool {
				return strings.Contains(h.metrics(), "\nkaneo_mcp_calls_in_flight 0\n")
			})
		})
	}
}

// eventually asks again until something is so: the other side of a socket has no event to wait for.
func (h *hall) eventually(what string, is func() bool) {
	h.t.Helper()
	for !is() {
		if h.t.Context().Err() != nil {
			h.t.Fatalf("never: %s", what)
		}
	}
}

func (h *hall) metrics() string { return h.send(http.MethodGet, "/metrics", "", nil).body }

func TestStopping(t *testing.T) {
	t.Parallel()
	h := openHall(t, func(*HTTPOptions) {})
	idle := h.listen("/sse", nil)
	defer idle.close()
	idle.next()
	busy := h.listen("/sse", nil)
	defer busy.close()
	messages := busy.next()
	h.send(http.MethodPost, messages, call(1, "stuck", "mine"), nil)
	<-h.bench.started

	var end sync.WaitGroup
	end.Go(func() {
		if err := h.stop(); err != nil {
			t.Errorf("stop: %v", err)
		}
	})
	h.eventually("nobody new gets in", func() bool {
		c, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(h.url, "http://"))
		if err == nil {
			c.Close()
		}
		return err != nil
	})
	close(h.bench.release)
	if got := busy.next(); !strings.Contains(got, `"mine"`) {
		t.Errorf("the running call was not answered: %q", got)
	}
	if got := busy.next() + idle.next(); got != "" {
		t.Errorf("after the end: %q", got)
	}
	end.Wait()
	if h.closed != 1 {
		t.Errorf("%d tenants were closed", h.closed)
	}
}
