package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// watchdog ends a process that does not end.
const watchdog = time.Minute

// process is the program in a process of its own, with a client of 2025-11-25 at its pipes.
type process struct {
	t   *testing.T
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
	err *screen

	said *screen // all of stdout that was read
}

func startProcess(t *testing.T, s shell, words ...string) process {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), watchdog)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, binary, words...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH")}
	for name, value := range s.env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	complaints := newScreen()
	cmd.Stderr = complaints
	in, inErr := cmd.StdinPipe()
	out, outErr := cmd.StdoutPipe()
	for _, err := range []error{inErr, outErr, cmd.Start()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	said := newScreen()
	return process{t, cmd, in, bufio.NewReader(io.TeeReader(out, said)), complaints, said}
}

// ask sends a request and returns the text of the answer.
func (p process) ask(method, params string) string {
	p.t.Helper()
	fmt.Fprintf(p.in, `{"jsonrpc":"2.0","id":1,"method":%q,"params":%s}`+"\n", method, params)
	line, err := p.out.ReadString('\n')
	if err != nil {
		p.t.Fatalf("%s: %v; stderr: %s", method, err, p.err)
	}
	var answer struct {
		Result struct {
			Content []struct{ Text string }
		}
	}
	if err := json.Unmarshal([]byte(line), &answer); err != nil {
		p.t.Fatalf("%s: not JSON: %s", method, line)
	}
	if len(answer.Result.Content) > 0 {
		return answer.Result.Content[0].Text
	}
	return line
}

func (p process) greet() process {
	p.t.Helper()
	p.ask("initialize", `{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}`)
	fmt.Fprintln(p.in, `{"jsonrpc":"2.0","method":"notifications/initialized"}`)
	return p
}

func (p process) call(tool, arguments string) string {
	p.t.Helper()
	return p.ask("tools/call", fmt.Sprintf(`{"name":%q,"arguments":%s}`, tool, arguments))
}

// hangUp ends the input and waits for the end.
func (p process) hangUp() ended {
	p.t.Helper()
	p.in.Close()
	return p.end()
}

func (p process) end() ended {
	p.t.Helper()
	rest, _ := io.ReadAll(p.out)
	_ = p.cmd.Wait()
	return ended{p.cmd.ProcessState.ExitCode(), string(rest), p.err.String()}
}

func TestBareServes(t *testing.T) {
	t.Parallel()
	p := startProcess(t, newShell(t, nowhere(t))).greet()
	if list := p.ask("tools/list", "{}"); !strings.Contains(list, `"get_board"`) {
		t.Errorf("tools/list: %s", list)
	}
	end := p.hangUp()
	end.check(t, exitDone)
	if end.err != "" {
		t.Errorf("a start without a call is not silent: %s", end.err)
	}
}

func TestServeWithoutHome(t *testing.T) {
	t.Parallel()
	place := newTown(t)
	p := startProcess(t, shell{t: t, env: map[string]string{"KANEO_API_URL": place.url}}, "serve").greet()
	if err := place.Approve(userCode(t, p.call("get_board", "{}")), place.Who("owner").Email); err != nil {
		t.Fatal(err)
	}
	p.err.await(t, "sign-in ended")
	if text := p.call("kaneo_auth", `{"action":"status"}`); !strings.Contains(text, "this process") {
		t.Errorf("status: %s", text)
	}
	p.hangUp().check(t, exitDone)
}

func TestServeASandbox(t *testing.T) {
	t.Parallel()
	s := newShell(t, nowhere(t)).with("KANEO_API_KEY", "the-key-of-a-real-kaneo", "KANEO_PROJECT", "none of it")
	p := startProcess(t, s, "serve", "--sandbox").greet()
	if text := p.call("get_board", "{}"); !strings.Contains(text, "AUTH REQUIRED") || !strings.Contains(text, "/device?user_code=") {
		t.Errorf("get_board: %s", text)
	}
	p.hangUp().check(t, exitDone, "a Kaneo in memory at http://127.0.0.1:")
	if files, _ := os.ReadDir(s.env["XDG_STATE_HOME"]); len(files) > 0 {
		t.Errorf("the sandbox left something at home: %v", files)
	}
}

func TestASandboxKeepsToTheSelection(t *testing.T) {
	t.Parallel()
	p := startProcess(t, newShell(t, nowhere(t)), "serve", "--sandbox", "--toolsets", "time", "--read-only").greet()
	list := p.ask("tools/list", "{}")
	if !strings.Contains(list, `"time_report"`) || strings.Contains(list, `"log_time"`) || strings.Contains(list, `"get_board"`) {
		t.Errorf("tools/list: %s", list)
	}
	p.hangUp().check(t, exitDone, "a Kaneo in memory at http://127.0.0.1:")
}

// TestOneSignInForAll goes on with a sign-in in a second process, and in one that starts later.
func TestOneSignInForAll(t *testing.T) {
	t.Parallel()
	place := newTown(t)
	s := newShell(t, place.url)
	first, second := startProcess(t, s, "serve").greet(), startProcess(t, s, "serve").greet()
	code := userCode(t, first.call("get_board", `{"project":"WEB"}`))
	if err := place.Approve(code, place.Who("member").Email); err != nil {
		t.Fatal(err)
	}
	first.err.await(t, "sign-in ended")
	for name, p := range map[string]process{"first": first, "second": second, "restarted": startProcess(t, s, "serve").greet()} {
		if text := p.call("get_board", `{"project":"WEB"}`); !strings.Contains(text, "WEB Website: 22 tasks") {
			t.Errorf("%s: %s", name, text)
		}
		p.hangUp().check(t, exitDone)
	}
	if n := place.DeviceCodes(); n != 1 {
		t.Errorf("%d codes", n)
	}
}

func TestLogFile(t *testing.T) {
	t.Parallel()
	s := newShell(t, nowhere(t)).with("KANEO_LOG_LEVEL", "debug", "KANEO_API_KEY", "some-key")
	file := s.env["XDG_STATE_HOME"] + "/log"
	for range 2 {
		p := startProcess(t, s, "serve", "--log-file", file).greet()
		p.call("get_board", `{"project":"never in a log"}`)
		if end := p.hangUp(); end.err != "" {
			t.Errorf("stderr: %s", end.err)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	for _, line := range lines {
		if !json.Valid([]byte(line)) || strings.Contains(line, "never in a log") || strings.Contains(line, "some-key") {
			t.Errorf("line: %s", line)
		}
	}
	if info, err := os.Stat(file); err != nil || len(lines) < 2 || info.Mode().Perm() != 0o600 {
		t.Errorf("%d lines, %v, %v", len(lines), info.Mode(), err)
	}
}
