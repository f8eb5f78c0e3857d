//go:build unix

package server

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// watchdog ends a child that does not end.
const watchdog = time.Minute

// process is this test binary as a server in a process of its own.
type process struct {
	*exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
	err *bufio.Scanner
	end func() // closes this side of its stdout
}

func startChild(t *testing.T, mode string) process {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), watchdog)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), childMode+"="+mode)
	in, inErr := cmd.StdinPipe()
	out, outErr := cmd.StdoutPipe()
	stderr, stderrErr := cmd.StderrPipe()
	for _, err := range []error{inErr, outErr, stderrErr, cmd.Start()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return process{Cmd: cmd, in: in, out: bufio.NewScanner(out), err: bufio.NewScanner(stderr), end: func() { _ = out.Close() }}
}

func (p process) send(t *testing.T, line string) {
	t.Helper()
	if _, err := io.WriteString(p.in, line+"\n"); err != nil {
		t.Fatal(err)
	}
}

func (p process) exitCode() int {
	_ = p.Wait()
	return p.ProcessState.ExitCode() // -1 after a signal
}

func TestFirstSignalEndsInOrder(t *testing.T) {
	t.Parallel()
	for name, sig := range map[string]syscall.Signal{"SIGTERM": syscall.SIGTERM, "SIGINT": syscall.SIGINT} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := startChild(t, "serve")
			p.send(t, call(1, "stuck", "a"))
			p.send(t, call(2, "echo", "b"))
			if !p.out.Scan() { // it serves
				t.Fatal("no answer")
			}
			if err := p.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			if code := p.exitCode(); code != 0 { // its stdin is open, and a call is stuck
				t.Errorf("exit code %d", code)
			}
		})
	}
}

func TestSecondSignalKills(t *testing.T) {
	t.Parallel()
	p := startChild(t, "deaf")
	p.send(t, call(1, "echo", "a"))
	if !p.out.Scan() {
		t.Fatal("no answer")
	}
	_ = p.Process.Signal(syscall.SIGTERM)
	if !p.err.Scan() || p.err.Text() != "served" {
		t.Fatalf("after the first signal: %q", p.err.Text())
	}
	_ = p.Process.Signal(syscall.SIGTERM)
	if code := p.exitCode(); code != killed {
		t.Errorf("exit code %d, want %d", code, killed)
	}
}

func TestClosedStdoutIsAnOrdinaryEnd(t *testing.T) {
	t.Parallel()
	p := startChild(t, "serve")
	p.end()
	p.send(t, call(1, "echo", "a"))
	if code := p.exitCode(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}
