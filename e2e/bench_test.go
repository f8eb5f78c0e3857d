package e2e

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"kaneo-mcp/auth"
	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
	"kaneo-mcp/server"
	"kaneo-mcp/tools"
)

// BenchmarkSmallCall compares a call that costs one request to Kaneo, made over stdio as a host makes it, with the bare
// request, both to a stub that answers at once. over-raw-ms is the difference, measured in turn in one run.
func BenchmarkSmallCall(b *testing.B) {
	stub := httptest.NewServer(http.HandlerFunc(instant))
	b.Cleanup(stub.Close)
	call := stdioHost(b, stub.URL)
	raw := func() {
		response, err := http.Get(stub.URL + "/api/task/tasks/project00000000000000001")
		if err != nil {
			b.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, response.Body)
		_ = response.Body.Close()
	}
	call() // looks projects, columns and people up, which is kept
	var calls, raws time.Duration
	for b.Loop() {
		start := time.Now()
		raw()
		middle := time.Now()
		call()
		raws += middle.Sub(start)
		calls += time.Since(middle)
	}
	n := float64(b.N)
	b.ReportMetric(calls.Seconds()*1e3/n, "call-ms")
	b.ReportMetric(raws.Seconds()*1e3/n, "raw-ms")
	b.ReportMetric((calls-raws).Seconds()*1e3/n, "over-raw-ms")
}

// instant answers what a small board needs, without thinking.
func instant(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	answers := map[string]string{
		"/api/auth/organization/list": `[{"id":"w","name":"Acme","slug":"acme"}]`,
		"/api/project":                `[{"id":"project00000000000000001","workspaceId":"w","slug":"WEB","name":"Website"}]`,
		"/api/workspace/w/members":    `[]`,
	}
	answer, known := answers[r.URL.Path]
	if !known {
		answer = `{"data":{"id":"p","name":"Website","slug":"WEB","workspaceId":"w","columns":[{"id":"to-do","slug":"to-do","name":"To Do",
			"isFinal":false,"tasks":[{"id":"task00000000000000000001","title":"One","number":1,"status":"to-do","priority":"low"}]}],
			"archivedTasks":[],"plannedTasks":[]},"pagination":{"total":1,"page":1,"pageSize":1,"totalPages":1}}`
	}
	_, _ = io.WriteString(w, answer)
}

// stdioHost starts a server on pipes and returns a function that makes one call.
func stdioHost(b *testing.B, address string) (call func()) {
	base, err := kaneo.ParseBase(address)
	if err != nil {
		b.Fatal(err)
	}
	requests, err := kaneo.NewHTTPClient("")
	if err != nil {
		b.Fatal(err)
	}
	source, err := auth.New(auth.Settings{Base: base, Key: strings.Repeat("k", 64), HTTP: requests, Log: zerolog.Nop()})
	if err != nil {
		b.Fatal(err)
	}
	desk := board.New(board.Options{Client: kaneo.New(kaneo.Options{Base: base, Tokens: source, HTTP: requests})})
	s := server.New(server.Options{Catalogue: tools.New(desk, tools.Selection{}), Auth: source, Log: zerolog.Nop()})

	toServer, hostOut := io.Pipe()
	hostIn, fromServer := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- server.ServeStdio(b.Context(), s, toServer, fromServer, zerolog.Nop()) }()
	b.Cleanup(func() {
		_ = hostOut.Close()
		if err := <-done; err != nil {
			b.Error(err)
		}
		source.Close()
		requests.CloseIdleConnections()
	})
	answers := bufio.NewReader(hostIn)
	n := 0
	ask := func(message string) {
		n++
		if _, err := fmt.Fprintf(hostOut, message+"\n", n); err != nil {
			b.Fatal(err)
		}
		line, err := answers.ReadBytes('\n')
		var answer struct{ Result struct{ IsError bool } }
		if err != nil || json.Unmarshal(line, &answer) != nil || answer.Result.IsError {
			b.Fatalf("bad answer: %s %v", line, err)
		}
	}
	ask(`{"jsonrpc":"2.0","id":%d,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"b","version":"1"}}}`)
	return func() {
		ask(`{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"get_board","arguments":{"project":"WEB"}}}`)
	}
}
