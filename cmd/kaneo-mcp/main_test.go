package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/zalando/go-keyring"
	"go.uber.org/goleak"
)

// binary is the program, built once, for the tests that need a process of its own. TestMain sets it.
var binary string

// atOnce is how many tests run at a time: most wait for the five seconds between two looks at a sign-in.
const atOnce = "16"

func TestMain(m *testing.M) {
	flag.Parse()
	keyring.MockInit() // never that of the machine
	if err := flag.Set("test.parallel", atOnce); err != nil {
		fail(err)
	}
	dir, err := os.MkdirTemp("", "kaneo-mcp-test-")
	if err != nil {
		fail(err)
	}
	binary = filepath.Join(dir, "kaneo-mcp.exe") // the ending matters on Windows only
	build := exec.Command("go", "build", "-ldflags", "-X main.version=1.2.3-test", "-o", binary, ".")
	if out, err := build.CombinedOutput(); err != nil {
		fail(fmt.Errorf("%w: %s", err, out))
	}
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		os.RemoveAll(dir)
		os.Exit(code)
	}))
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
