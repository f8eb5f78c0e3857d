//go:build unix

package main

import (
	"strings"
	"syscall"
	"testing"
)

func TestSignalsEndIt(t *testing.T) {
	t.Parallel()
	for name, sig := range map[string]syscall.Signal{"SIGTERM": syscall.SIGTERM, "SIGINT": syscall.SIGINT} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			place := newTown(t)
			p := startProcess(t, newShell(t, place.url), "serve").greet()
			userCode(t, p.call("get_board", "{}")) // a sign-in is under way
			if err := p.cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			p.end().check(t, exitDone)
		})
	}
}

func TestSandboxUntilASignal(t *testing.T) {
	t.Parallel()
	p := startProcess(t, newShell(t, ""), "sandbox")
	for line := ""; !strings.HasPrefix(line, "Ctrl-C"); {
		var err error
		if line, err = p.out.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	p.end().check(t, exitDone)
}

func TestDemoIsStopped(t *testing.T) {
	t.Parallel()
	p := startProcess(t, newShell(t, ""), "demo")
	for line := ""; !strings.HasPrefix(line, "then the agent repeats"); {
		var err error
		if line, err = p.out.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	p.end().check(t, exitDone, "Stopped.")
}
