package load

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"sync"
	"testing"
	"time"
)

// earnest is how long to put load on the server: KANEO_MCP_LOAD=30s. Without it the tests are small, and judge no numbers:
// a machine that does other things has bad ones.
func earnest(tb testing.TB) (time.Duration, bool) {
	tb.Helper()
	given := os.Getenv("KANEO_MCP_LOAD")
	if given == "" {
		return 200 * time.Millisecond, false
	}
	d, err := time.ParseDuration(given)
	if err != nil {
		tb.Fatalf("KANEO_MCP_LOAD: %v", err)
	}
	return d, true
}

// TestSessions opens 1,000 SSE and 2,000 Streamable HTTP sessions, each with its stream open.
func TestSessions(t *testing.T) {
	_, full := earnest(t)
	sse, streamable := 20, 40
	if full {
		sse, streamable = 1000, 2000
	}
	kaneo := newStub()
	t.Setenv("KANEO_API_KEY", kaneo.key)
	p := start(t, program(t), serve(t, kaneo))
	empty := p.memory()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	defer client.CloseIdleConnections()
	ctx, leave := context.WithCancel(t.Context())
	var streams sync.WaitGroup
	opened := make(chan error, sse+streamable)
	for range sse {
		streams.Go(func() { opened <- hold(ctx, client, p.url+"/sse", "") })
	}
	for range streamable {
		id, err := begin(ctx, client, p.url, nil)
		if err != nil {
			t.Fatal(err)
		}
		streams.Go(func() { opened <- hold(ctx, client, p.url+"/mcp", id) })
	}
	for p.gauge("kaneo_mcp_sessions") < sse+streamable {
		if len(opened) > 0 {
			t.Fatal(<-opened)
		}
	}
	used := p.memory()
	t.Logf("%d SSE and %d Streamable HTTP sessions: %d MB, %d MB without any", sse, streamable, used, empty)
	if full && used > 300 {
		t.Errorf("%d MB are in use", used)
	}
	leave()
	streams.Wait()
	for p.gauge("kaneo_mcp_sessions") > streamable { // those end by DELETE, or after a while
	}
	p.stop()
}

// begin opens a session and returns its id.
func begin(ctx context.Context, client *http.Client, address string, header http.Header) (string, error) {
	r, err := request(ctx, http.MethodPost, address+"/mcp", hello, header)
	if err != nil {
		return "", err
	}
	answer, err := client.Do(r)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	if id := answer.Header.Get("Mcp-Session-Id"); id != "" {
		return id, nil
	}
	return "", fmt.Errorf("no session: status %d", answer.StatusCode)
}

// hold keeps a stream open until ctx ends, which is no error.
func hold(ctx context.Context, client *http.Client, address, session string) error {
	_, err := post(ctx, client, http.MethodGet, address, "", http.Header{"Mcp-Session-Id": {session}})
	if ctx.Err() != nil {
		return nil
	}
	return fmt.Errorf("a stream ended: %w", err)
}
