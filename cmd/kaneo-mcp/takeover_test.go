//go:build unix

package main

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"kaneo-mcp/sandbox"
)

// watchedTown is a town that tells what it is asked, and knows the secrets that it gave.
type watchedTown struct {
	town
	mu      sync.Mutex
	secrets []string
	stalled chan struct{} // closed: requests go through; nil: they always do
	asked   chan string   // the paths of sign-in requests
}

var anySecret = regexp.MustCompile(`"(?:device_code|access_token)":"([^"]+)"`)

func newWatchedTown(t *testing.T) *watchedTown {
	t.Helper()
	kaneo := sandbox.New(sandbox.Options{})
	w := &watchedTown{asked: make(chan string, 1000)}
	web := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) { w.serve(kaneo, out, r) }))
	t.Cleanup(web.Close)
	w.town = town{Kaneo: kaneo, Residents: kaneo.Seed(), url: web.URL}
	return w
}

func (w *watchedTown) serve(kaneo http.Handler, out http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	stalled := w.stalled
	w.mu.Unlock()
	if signsIn := strings.Contains(r.URL.Path, "/auth/device/"); signsIn {
		w.asked <- r.URL.Path
		if stalled != nil {
			select {
			case <-stalled:
			case <-r.Context().Done():
				return
			}
		}
	}
	rec := httptest.NewRecorder()
	kaneo.ServeHTTP(rec, r)
	w.mu.Lock()
	for _, found := range anySecret.FindAllStringSubmatch(rec.Body.String(), -1) {
		w.secrets = append(w.secrets, found[1])
	}
	w.mu.Unlock()
	maps.Copy(out.Header(), rec.Header())
	out.WriteHeader(rec.Code)
	_, _ = out.Write(rec.Body.Bytes())
}

// stall holds up what is asked about a sign-in, until the returned function is called.
func (w *watchedTown) stall() (release func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	gate := make(chan struct{})
	w.stalled = gate
	return func() { close(gate) }
}

// await waits until a sign-in request with that path arrives.
func (w *watchedTown) await(t *testing.T, end string) {
	t.Helper()
	for {
		select {
		case path := <-w.asked:
			if strings.HasSuffix(path, end) {
				return
			}
		case <-t.Context().Done():
			t.Fatalf("%s was never asked", end)
		}
	}
}

// scan searches what processes wrote for the secrets that were given out: only the token's file may hold a token, and
// nothing a device code.
func (w *watchedTown) scan(t *testing.T, folder string, written ...string) {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, secret := range w.secrets {
		for _, text := range written {
			if strings.Contains(text, secret) {
				t.Errorf("a secret got out:\n%s", strings.ReplaceAll(text, secret, "<SECRET>"))
			}
		}
		err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			isTokenFile := strings.HasSuffix(path, ".json") && !strings.HasSuffix(path, ".flow.json")
			if bytes.Contains(text, []byte(secret)) && (!isTokenFile || !bytes.Contains(text, []byte(`"accessToken":"`+secret))) {
				t.Errorf("%s holds a secret", path)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// awaitBoard makes a call until somebody is signed in; each waits a while by itself.
func (p process) awaitBoard() {
	p.t.Helper()
	for range 20 {
		text := p.call("get_board", `{"project":"WEB"}`)
		if strings.Contains(text, "WEB Website: 22 tasks") {
			return
		}
		aMoment(p.t)
	}
	p.t.Fatal("nobody was ever signed in")
}

// aMoment goes by between two calls: these processes keep real time.
func aMoment(t *testing.T) {
	t.Helper()
	select {
	case <-time.After(300 * time.Millisecond):
	case <-t.Context().Done():
	}
}

// newCode makes a call until it shows another code than the one that died with its process.
func (p process) newCode(old string) string {
	p.t.Helper()
	for range 60 {
		if code := userCode(p.t, p.call("get_board", `{"project":"WEB"}`)); code != old {
			return code
		}
		aMoment(p.t)
	}
	p.t.Fatal("nobody took over")
	return ""
}

// TestTheOneWithTheCodeIsKilled: whenever that happens, another process takes over, and the person can finish there.
func TestTheOneWithTheCodeIsKilled(t *testing.T) {
	t.Parallel()
	call := `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_board","arguments":{"project":"WEB"}}}`
	for name, until := range map[string]func(w *watchedTown, first process) (code string){
		"before there is a code": func(w *watchedTown, first process) string {
			release := w.stall()
			fmt.Fprintln(first.in, call)
			w.await(first.t, "/device/code")
			first.kill()
			release()
			return ""
		},
		"when the code is shown": func(_ *watchedTown, first process) string {
			return userCode(first.t, first.call("get_board", `{"project":"WEB"}`))
		},
		"while it asks": func(w *watchedTown, first process) string {
			code := userCode(first.t, first.call("get_board", `{"project":"WEB"}`))
			defer w.stall()()
			w.await(first.t, "/device/token")
			first.kill()
			return code
		},
		"between the approval and its question": func(w *watchedTown, first process) string {
			code := userCode(first.t, first.call("get_board", `{"project":"WEB"}`))
			if err := w.Approve(code, w.Who("owner").Email); err != nil {
				first.t.Error(err)
			}
			return code
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWatchedTown(t)
			s := newShell(t, w.url).with("KANEO_LOG_LEVEL", "debug")
			s = s.with("KANEO_LOG_FILE", filepath.Join(s.env["XDG_STATE_HOME"], "log"))
			first, second := startProcess(t, s, "serve").greet(), startProcess(t, s, "serve").greet()
			old := until(w, first)
			if first.cmd.ProcessState == nil {
				if code := userCode(t, second.call("get_board", `{"project":"WEB"}`)); code != old {
					t.Errorf("two codes: %s and %s", old, code)
				}
				first.kill()
			}
			if err := w.Approve(second.newCode(old), w.Who("owner").Email); err != nil {
				t.Fatal(err)
			}
			second.awaitBoard()
			second.hangUp().check(t, exitDone)
			w.scan(t, s.env["XDG_STATE_HOME"], first.said.String(), second.said.String(), first.err.String(), second.err.String())
		})
	}
}

// kill ends a process as it stands, and waits for that.
func (p process) kill() {
	p.t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		p.t.Fatal(err)
	}
	_ = p.cmd.Wait()
}

// TestTwoHostsAtOnce: both start a server and call at the same time; one code, and one approval for both.
func TestTwoHostsAtOnce(t *testing.T) {
	t.Parallel()
	w := newWatchedTown(t)
	s := newShell(t, w.url)
	both := [2]process{startProcess(t, s, "serve").greet(), startProcess(t, s, "serve").greet()}
	var codes [2]string
	var hosts sync.WaitGroup
	for i, p := range both {
		hosts.Go(func() { codes[i] = userCode(t, p.call("get_board", `{"project":"WEB"}`)) })
	}
	hosts.Wait()
	if codes[0] != codes[1] || w.DeviceCodes() != 1 {
		t.Errorf("codes %v, of %d", codes, w.DeviceCodes())
	}
	if err := w.Approve(codes[0], w.Who("owner").Email); err != nil {
		t.Fatal(err)
	}
	for _, p := range both {
		p.awaitBoard()
		p.hangUp().check(t, exitDone)
		w.scan(t, s.env["XDG_STATE_HOME"], p.said.String(), p.err.String())
	}
	if n := w.DeviceCodes(); n != 1 {
		t.Errorf("%d codes", n)
	}
}
