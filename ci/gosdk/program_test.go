package gosdk_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"kaneo-mcp/sandbox"
)

const secret = "a-secret-for-tests-only"

// kaneo is a sandbox that answers nothing while it is busy. It tells of each request that came then, and that was dropped.
type kaneo struct {
	address, key   string
	busy           atomic.Bool
	asked, dropped chan struct{}
}

func newKaneo(t *testing.T) *kaneo {
	t.Helper()
	inner := sandbox.New(sandbox.Options{})
	owner := inner.Seed().Who("owner")
	k := &kaneo{key: owner.APIKey, asked: make(chan struct{}, 10), dropped: make(chan struct{}, 10)}
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !k.busy.Load() {
			inner.ServeHTTP(w, r)
			return
		}
		k.asked <- struct{}{}
		<-r.Context().Done()
		k.dropped <- struct{}{}
	}))
	t.Cleanup(web.Close)
	k.address = web.URL
	return k
}

// program is how the program is started: its file, and the Kaneo that it works.
type program struct {
	file  string
	kaneo *kaneo
}

func build(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "kaneo-mcp")
	command := exec.CommandContext(t.Context(), "go", "build", "-o", file, "./cmd/kaneo-mcp")
	command.Dir = filepath.Join("..", "..")
	if said, err := command.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, said)
	}
	return file
}

// command outlives the test's context: a session ends after it, in a cleanup.
func (p program) command(t *testing.T, words ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), p.file, append([]string{"serve"}, words...)...)
	cmd.Env = append(os.Environ(), "KANEO_API_URL="+p.kaneo.address, "KANEO_API_KEY="+p.kaneo.key,
		"KANEO_MCP_HTTP_TOKEN="+secret, "XDG_STATE_HOME="+t.TempDir())
	return cmd
}

func overStdio(t *testing.T, p program) mcp.Transport {
	t.Helper()
	return &mcp.CommandTransport{Command: p.command(t)}
}

func overHTTP(t *testing.T, p program) mcp.Transport {
	t.Helper()
	wire := http.DefaultTransport.(*http.Transport).Clone()
	t.Cleanup(wire.CloseIdleConnections)
	return &mcp.StreamableClientTransport{Endpoint: serve(t, p), HTTPClient: &http.Client{Transport: bearer{wire}}}
}

// serve is the address of MCP where the program listens until the test ends.
func serve(t *testing.T, p program) string {
	t.Helper()
	cmd := p.command(t, "--listen", "127.0.0.1:0")
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(said)
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_, _ = io.Copy(io.Discard, lines)
		if err := cmd.Wait(); err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			t.Fatalf("serve ended without an address: %v", err)
		}
		if _, after, found := strings.Cut(line, "serving MCP at "); found {
			address, _, _ := strings.Cut(after, " ")
			return address
		}
	}
}

// bearer sends the secret along.
type bearer struct{ next http.RoundTripper }

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+secret)
	return b.next.RoundTrip(r)
}
