//go:build unix

package main

import (
	"net"
	"net/http"
	"net/http/httptest"
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
			p.signal(sig)
			p.end().check(t, exitDone)
		})
	}
}

// TestSignalsWhileACallRuns over HTTP: the first lets the call end and nobody new in, a second one waits for nothing.
func TestSignalsWhileACallRuns(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		again bool
		code  int
	}{"one": {false, exitDone}, "two": {true, exitKilled}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			place, asked, release := newTown(t), make(chan struct{}, 100), make(chan struct{})
			slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked <- struct{}{}
				<-release
				place.ServeHTTP(w, r)
			}))
			defer slow.Close()
			s := newShell(t, slow.URL).with("KANEO_API_KEY", place.Who("owner").APIKey, "KANEO_MCP_HTTP_TOKEN", doorSecret)
			p := startProcess(t, s, "serve", "--listen", "127.0.0.1:0")
			at := p.err.await(t, `serving MCP at (http://127\.0\.0\.1:\d+)/mcp`)
			answered := make(chan int, 1)
			go func() {
				status, _, _ := (wayIn{&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}, at, nil}).whoami(t)
				answered <- status
			}()
			<-asked
			p.signal(syscall.SIGTERM)
			awaitSilence(t, strings.TrimPrefix(at, "http://"))
			if test.again {
				p.signal(syscall.SIGTERM)
				p.end().check(t, test.code)
			}
			close(release)
			if status := <-answered; (status == http.StatusOK) == test.again {
				t.Errorf("the call was answered with status %d", status)
			}
			if !test.again {
				p.end().check(t, test.code)
			}
		})
	}
}

func (p process) signal(sig syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(sig); err != nil {
		p.t.Fatal(err)
	}
}

// awaitSilence tries until nobody listens at an address: there is no event to wait for.
func awaitSilence(t *testing.T, address string) {
	t.Helper()
	for {
		c, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
		if err != nil {
			return
		}
		c.Close()
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
	p.signal(syscall.SIGTERM)
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
	p.signal(syscall.SIGINT)
	p.end().check(t, exitDone, "Stopped.")
}
