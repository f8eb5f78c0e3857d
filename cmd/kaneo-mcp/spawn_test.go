package main

import (
	"bufio"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// listTools is what a host sends first, in one go.
const listTools = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}
{"jsonrpc":"2.0","method":"notifications/initialized"}
{"jsonrpc":"2.0","id":2,"method":"tools/list"}
`

// BenchmarkSpawnToList is the time until a host that starts the server has its list of tools, as a ratio of what an empty
// mcp-go server needs, in turn in one run. Both are built as they are released: stripped, without paths.
func BenchmarkSpawnToList(b *testing.B) {
	folder := b.TempDir()
	ours, empty := stripped(b, folder, "."), stripped(b, folder, "./testdata/empty")
	var sums [2]time.Duration
	for b.Loop() {
		sums[0] += spawn(b, exec.CommandContext(b.Context(), ours, "serve"))
		sums[1] += spawn(b, exec.CommandContext(b.Context(), empty))
	}
	n := float64(b.N)
	b.ReportMetric(sums[0].Seconds()*1e3/n, "ours-ms")
	b.ReportMetric(sums[1].Seconds()*1e3/n, "empty-ms")
	b.ReportMetric(sums[0].Seconds()/sums[1].Seconds(), "ratio")
}

func stripped(b *testing.B, folder, source string) string {
	b.Helper()
	program := filepath.Join(folder, "program-"+filepath.Base(source))
	build := exec.CommandContext(b.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, source)
	if said, err := build.CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, said)
	}
	return program
}

// spawn starts a server, asks it for its tools and returns how long that took.
func spawn(b *testing.B, server *exec.Cmd) time.Duration {
	b.Helper()
	server.Env = []string{"XDG_STATE_HOME=" + b.TempDir()}
	in, err := server.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := server.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	if err := server.Start(); err != nil {
		b.Fatal(err)
	}
	if _, err := io.WriteString(in, listTools); err != nil {
		b.Fatal(err)
	}
	answers := bufio.NewReader(out)
	var list string
	for range 2 {
		if list, err = answers.ReadString('\n'); err != nil {
			b.Fatal(err)
		}
	}
	took := time.Since(start)
	if !strings.Contains(list, `"tools"`) {
		b.Fatalf("not a list of tools: %s", list)
	}
	_ = in.Close()
	_ = server.Wait()
	return took
}
