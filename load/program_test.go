package load

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"kaneo-mcp/sandbox"
)

// proxyFor tells the test binary to be a plain reverse proxy for an address instead of running tests.
const proxyFor = "KANEO_MCP_LOAD_PROXY"

func TestMain(m *testing.M) {
	if target := os.Getenv(proxyFor); target != "" {
		os.Exit(proxy(target))
	}
	goleak.VerifyTestMain(m)
}

// proxy serves, at an address that it writes, until its input ends.
func proxy(target string) int {
	to, err := url.Parse(target)
	if err != nil {
		return 1
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 1
	}
	fmt.Println("http://" + listener.Addr().String())
	go func() {
		_ = http.Serve(listener, &httputil.ReverseProxy{
			Transport: &http.Transport{MaxIdleConnsPerHost: 100},
			Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(to) },
		})
	}()
	_, _ = io.Copy(io.Discard, os.Stdin)
	return 0
}

// plainProxy is what is between a client and Kaneo at the least: in a process of its own, like the program.
func plainProxy(tb testing.TB, target string) string {
	tb.Helper()
	self, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	cmd := exec.CommandContext(context.WithoutCancel(tb.Context()), self)
	cmd.Env = append(os.Environ(), proxyFor+"="+target)
	in, err := cmd.StdinPipe()
	if err != nil {
		tb.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	return strings.TrimSpace(address)
}

const secret = "load-of-this-machine"

// stub is a Kaneo that answers at once: it remembers what a sandbox answered to the first who asked.
type stub struct {
	kaneo http.Handler
	key   string // a session, which works everywhere
	asked atomic.Int64

	mu      sync.RWMutex
	answers map[string][]byte
}

func newStub() *stub {
	k := sandbox.New(sandbox.Options{})
	return &stub{kaneo: k, key: k.Seed().Who("owner").Session, answers: make(map[string][]byte)}
}

func (s *stub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.asked.Add(1)
	s.mu.RLock()
	answer, ok := s.answers[r.URL.String()]
	s.mu.RUnlock()
	if !ok {
		answer = s.learn(r)
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(answer)
}

// learn asks the sandbox as its owner, whoever asks.
func (s *stub) learn(r *http.Request) []byte {
	r.Header = http.Header{"Authorization": {"Bearer " + s.key}}
	var answer recorded
	s.kaneo.ServeHTTP(&answer, r)
	if answer.status == 0 {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.answers[r.URL.String()] = answer.body
	}
	return answer.body
}

type recorded struct {
	header http.Header
	status int // 0: 200
	body   []byte
}

func (a *recorded) Header() http.Header {
	if a.header == nil {
		a.header = make(http.Header)
	}
	return a.header
}

func (a *recorded) WriteHeader(status int) {
	if status != http.StatusOK {
		a.status = status
	}
}

func (a *recorded) Write(p []byte) (int, error) {
	a.body = append(a.body, p...)
	return len(p), nil
}

// serve serves a handler on loopback until the test ends, and returns its address.
func serve(tb testing.TB, h http.Handler) string {
	tb.Helper()
	listener, err := new(net.ListenConfig).Listen(tb.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	s := &http.Server{Handler: h, ReadHeaderTimeout: time.Minute}
	var serving sync.WaitGroup
	serving.Go(func() { _ = s.Serve(listener) })
	tb.Cleanup(func() {
		_ = s.Close()
		serving.Wait()
	})
	return "http://" + listener.Addr().String()
}

// program builds the program, once for each test: Go keeps what it has built.
func program(tb testing.TB) string {
	tb.Helper()
	file := filepath.Join(tb.TempDir(), "kaneo-mcp")
	build := exec.CommandContext(tb.Context(), "go", "build", "-o", file, "kaneo-mcp/cmd/kaneo-mcp")
	if out, err := build.CombinedOutput(); err != nil {
		tb.Fatalf("build: %v\n%s", err, out)
	}
	return file
}

// process is the program, serving.
type process struct {
	tb   testing.TB
	cmd  *exec.Cmd
	url  string
	done chan error
}

// start starts the program and waits until it serves. It ends with the test, at the latest.
func start(tb testing.TB, file, kaneo string, words ...string) *process {
	tb.Helper()
	cmd := exec.CommandContext(context.WithoutCancel(tb.Context()), file, append([]string{"serve", "--listen", "127.0.0.1:0"}, words...)...)
	cmd.Env = append(os.Environ(), "KANEO_MCP_HTTP_TOKEN="+secret, "KANEO_API_URL="+kaneo, "KANEO_LOG_LEVEL=error", "XDG_STATE_HOME="+tb.TempDir())
	said, err := cmd.StderrPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	p := &process{tb: tb, cmd: cmd, done: make(chan error, 1)}
	lines := bufio.NewScanner(said)
	for p.url == "" && lines.Scan() {
		_, rest, _ := strings.Cut(lines.Text(), "serving MCP at ")
		p.url, _, _ = strings.Cut(rest, "/mcp")
	}
	go func() {
		_, _ = io.Copy(io.Discard, said)
		p.done <- cmd.Wait()
	}()
	tb.Cleanup(func() { _ = p.cmd.Process.Kill() })
	if p.url == "" {
		tb.Fatal("the program does not serve")
	}
	return p
}

// stop asks the program to end, and waits for it.
func (p *process) stop() {
	p.tb.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.tb.Error(err)
	}
	if err := <-p.done; err != nil {
		p.tb.Errorf("the program ended with %v", err)
	}
}

// memory is what the program has in memory, in MB; 0 where that cannot be told.
func (p *process) memory() int {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(text), "VmRSS:")
	kb, _ := strconv.Atoi(strings.Fields(after + " 0")[0])
	return kb / 1024
}

// gauge reads one of the program's metrics.
func (p *process) gauge(name string) int {
	p.tb.Helper()
	answer, err := post(p.tb.Context(), http.DefaultClient, http.MethodGet, p.url+"/metrics", "", nil)
	if err != nil {
		p.tb.Fatal(err)
	}
	_, after, _ := strings.Cut(answer, "\n"+name+" ")
	value, err := strconv.Atoi(strings.Fields(after + " -1")[0])
	if err != nil {
		p.tb.Fatalf("%s: %v", name, err)
	}
	return value
}

// post sends a request with the secret and returns the body of a 2xx.
func post(ctx context.Context, client *http.Client, method, address, body string, header http.Header) (string, error) {
	r, err := request(ctx, method, address, body, header)
	if err != nil {
		return "", err
	}
	answer, err := client.Do(r)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode/100 != 2 {
		err = fmt.Errorf("status %d: %.200s", answer.StatusCode, text)
	}
	return string(text), err
}

// request carries the secret, and what else clients always send.
func request(ctx context.Context, method, address, body string, header http.Header) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header = http.Header{"Authorization": {"Bearer " + secret}, "Content-Type": {"application/json"}, "Accept": {"application/json, text/event-stream"}}
	maps.Copy(r.Header, header)
	return r, nil
}
