package load

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kaneo-mcp/sandbox"
)

// tally is a Kaneo that counts how often each task was created.
type tally struct {
	kaneo http.Handler

	mu      sync.Mutex
	created map[string]int // by title
}

func (y *tally) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost && strings.HasPrefix(r.URL.Path, "/api/task/") {
		body, err := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		var task struct{ Title string }
		if err == nil && json.Unmarshal(body, &task) == nil {
			y.mu.Lock()
			y.created[task.Title]++
			y.mu.Unlock()
		}
	}
	y.kaneo.ServeHTTP(w, r)
}

// TestReplicas has callers work through nginx, without sticky sessions, at three replicas, of which one is killed. What may
// be repeated is, and nothing else: in the end each task was created, once.
func TestReplicas(t *testing.T) {
	t.Parallel()
	nginx, err := exec.LookPath("nginx")
	if err != nil {
		t.Skip("nginx is not installed")
	}
	const callers, tasks = 6, 25
	k := sandbox.New(sandbox.Options{})
	key := k.Seed().Who("owner").Session
	kaneo := &tally{kaneo: k, created: make(map[string]int)}
	address, file := serve(t, kaneo), program(t)
	replicas := make([]*process, 3)
	for i := range replicas {
		replicas[i] = start(t, file, address, "--per-caller", "--stateless", "--behind-proxy", "127.0.0.1", "--allow-host", "replicas.example")
	}
	front := startNginx(t, nginx, replicas)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: callers}, Timeout: time.Minute}
	defer client.CloseIdleConnections()

	halfway := make(chan struct{})
	var all sync.WaitGroup
	var once sync.Once
	for i := range callers {
		all.Go(func() {
			c := agent{client: client, address: front, key: key}
			for j := range tasks {
				if j == tasks/2 {
					once.Do(func() { close(halfway) })
				}
				if err := c.create(t.Context(), fmt.Sprintf("task %d of caller %d", j, i)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	<-halfway
	if err := replicas[1].cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	all.Wait()
	if len(kaneo.created) != callers*tasks {
		t.Errorf("%d tasks were created, want %d", len(kaneo.created), callers*tasks)
	}
	for title, times := range kaneo.created {
		if times != 1 {
			t.Errorf("%s was created %d times", title, times)
		}
	}
	<-replicas[1].done
	replicas[0].stop()
	replicas[2].stop()
}

// agent repeats what may be repeated, as clients do: reads at once, and what writes when it was found not to be done.
type agent struct {
	client       *http.Client
	address, key string
}

func (a agent) create(ctx context.Context, title string) error {
	for ctx.Err() == nil {
		answer, err := a.call(ctx, "create_tasks", map[string]any{"project": "WEB", "tasks": []any{map[string]string{"title": title}}})
		if err == nil && strings.Contains(answer, title) && !strings.Contains(answer, `"isError":true`) {
			return nil
		}
		for {
			answer, err = a.call(ctx, "search", map[string]any{"query": title})
			if err == nil && !strings.Contains(answer, `"isError":true`) {
				break
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
		}
		if strings.Contains(answer, title) {
			return nil
		}
	}
	return ctx.Err()
}

func (a agent) call(ctx context.Context, tool string, arguments map[string]any) (string, error) {
	body, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": map[string]any{
		"name": tool, "arguments": arguments, "_meta": map[string]any{
			"io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": map[string]any{},
			"io.modelcontextprotocol/clientInfo": map[string]any{"name": "load", "version": "1"},
		},
	}})
	if err != nil {
		return "", err
	}
	return post(ctx, a.client, http.MethodPost, a.address+"/mcp", string(body), http.Header{
		"Mcp-Protocol-Version": {"2026-07-28"}, "Mcp-Method": {"tools/call"}, "Mcp-Name": {tool}, "X-Kaneo-Api-Key": {a.key},
	})
}

// nginxConfig is what one would write: nothing in it knows of sessions, and nginx repeats no POST that it has sent.
const nginxConfig = `daemon off; master_process off; pid %[1]s/pid; error_log %[1]s/error.log;
events {}
http {
	access_log off;
	client_body_temp_path %[1]s/body; proxy_temp_path %[1]s/proxy;
	fastcgi_temp_path %[1]s/f; uwsgi_temp_path %[1]s/u; scgi_temp_path %[1]s/s;
	upstream replicas { %[2]s keepalive 16; }
	server {
		listen %[3]s;
		location / {
			proxy_pass http://replicas;
			proxy_http_version 1.1;
			proxy_set_header Connection "";
			proxy_set_header Host replicas.example;
			proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
			proxy_set_header X-Forwarded-Proto $scheme;
			proxy_buffering off;
		}
	}
}
`

func startNginx(t *testing.T, program string, replicas []*process) string {
	t.Helper()
	dir, at := t.TempDir(), freeAddress(t)
	var upstream strings.Builder
	for _, p := range replicas {
		u, err := url.Parse(p.url)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&upstream, "server %s;", u.Host)
	}
	file := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(file, fmt.Appendf(nil, nginxConfig, dir, upstream.String(), at), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), program, "-c", file, "-e", filepath.Join(dir, "error.log"))
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-ended
	})
	for {
		if _, err := post(t.Context(), http.DefaultClient, http.MethodGet, "http://"+at+"/readyz", "", nil); err == nil {
			http.DefaultClient.CloseIdleConnections()
			return "http://" + at
		}
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("nginx: %v\n%s", err, &said)
		default:
		}
	}
}

// freeAddress is one that nobody listened at a moment ago.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
