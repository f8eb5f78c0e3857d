package main

import (
	"context"
	"testing"
)

// TestReady asks servers that were started with the same settings.
func TestReady(t *testing.T) {
	t.Parallel()
	own := newIdentity(t)
	tls := []string{"KANEO_MCP_TLS_CERT", own.cert, "KANEO_MCP_TLS_KEY", own.key}
	for name, test := range map[string]struct {
		kaneo  string
		listen string
		with   []string
		code   int
		want   string
	}{
		"plain":              {newTown(t).url, "127.0.0.1:", nil, exitDone, "ready"},
		"TLS, everywhere":    {newTown(t).url, "0.0.0.0:", tls, exitDone, "ready"},
		"past the proxy":     {newTown(t).url, ":", []string{"KANEO_MCP_BEHIND_PROXY", "10.0.0.5"}, exitDone, "ready"},
		"for a team":         {newTown(t).url, "127.0.0.1:", []string{"KANEO_MCP_PER_CALLER", "true"}, exitDone, "ready"},
		"Kaneo is not there": {nowhere(t), "127.0.0.1:", nil, exitFailed, "Kaneo cannot be reached"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShell(t, test.kaneo).with(append(test.with, "KANEO_MCP_HTTP_TOKEN", doorSecret)...)
			ctx, cancel := context.WithCancel(t.Context())
			running := s.start(ctx, "serve", "--listen", test.listen+"0")
			s = s.with("KANEO_MCP_LISTEN", test.listen+running.err.await(t, `serving MCP at https?://\S+:(\d+)/mcp`))
			s.run("ready").check(t, test.code, test.want)
			cancel()
			running.wait().check(t, exitDone)
			s.run("ready").check(t, exitFailed, "no server answers")
		})
	}
}

func TestReadyWhere(t *testing.T) {
	t.Parallel()
	newShell(t, nowhere(t)).run("ready").check(t, exitMisuse, "KANEO_MCP_LISTEN")
}
