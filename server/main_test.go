package server

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/rs/zerolog"
	"go.uber.org/goleak"
)

// childMode tells the test binary to be a server on its own stdin and stdout instead of running tests.
const childMode = "KANEO_MCP_TEST_CHILD"

func TestMain(m *testing.M) {
	if mode := os.Getenv(childMode); mode != "" {
		os.Exit(child(mode))
	}
	goleak.VerifyTestMain(m)
}

// killed is what a child exits with at the second signal.
const killed = 3

// child serves stdio until its end. In the mode "deaf" it never exits on its own after that.
func child(mode string) int {
	ctx, release := WithSignals(context.Background(), func() { os.Exit(killed) })
	defer release()
	err := ServeStdio(ctx, newTestServer(newBench()), os.Stdin, os.Stdout, zerolog.Nop())
	fmt.Fprintln(os.Stderr, "served")
	if mode == "deaf" {
		select {}
	}
	if err != nil {
		return 1
	}
	return 0
}
