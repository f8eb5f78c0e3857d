package server

import (
	"bufio"
	"context"
	"io"
	"log"
	"os"
	"testing"

	mcpserver "github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"
)

// BenchmarkToolsCall measures one tools/call round trip over pipes of the operating system, through ServeStdio and
// through mcp-go's own stdio server.
func BenchmarkToolsCall(b *testing.B) {
	for name, serve := range map[string]func(*mcpserver.MCPServer, io.Reader, io.Writer) error{
		"ours": func(s *mcpserver.MCPServer, in io.Reader, out io.Writer) error {
			return ServeStdio(context.Background(), s, in, out, zerolog.Nop())
		},
		"mcp-go": func(s *mcpserver.MCPServer, in io.Reader, out io.Writer) error {
			plain := mcpserver.NewStdioServer(s)
			plain.SetErrorLogger(log.New(io.Discard, "", 0))
			return plain.Listen(context.Background(), in, out)
		},
	} {
		b.Run(name, func(b *testing.B) { benchmarkToolsCall(b, serve) })
	}
}

func benchmarkToolsCall(b *testing.B, serve func(*mcpserver.MCPServer, io.Reader, io.Writer) error) {
	serverIn, in := pipe(b)
	out, serverOut := pipe(b)
	served := make(chan error, 1)
	go func() { served <- serve(newTestServer(newBench()), serverIn, serverOut) }()

	lines := bufio.NewReader(out)
	request := []byte(call(1, "echo", "text") + "\n")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := in.Write(request); err != nil {
			b.Fatal(err)
		}
		if _, err := lines.ReadSlice('\n'); err != nil {
			b.Fatal(err)
		}
	}
	_ = in.Close()
	if err := <-served; err != nil {
		b.Fatal(err)
	}
}

func pipe(b *testing.B) (r, w *os.File) {
	b.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _, _ = r.Close(), w.Close() })
	return r, w
}
