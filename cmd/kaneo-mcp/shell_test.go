package main

import (
	"context"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"kaneo-mcp/sandbox"
)

// town is a Kaneo that listens, and who lives there.
type town struct {
	*sandbox.Kaneo
	sandbox.Residents
	url string
}

func newTown(t *testing.T) town {
	t.Helper()
	kaneo := sandbox.New(sandbox.Options{})
	web := httptest.NewServer(kaneo)
	t.Cleanup(web.Close)
	return town{kaneo, kaneo.Seed(), web.URL}
}

// shell runs commands in this process.
type shell struct {
	t           *testing.T
	env         map[string]string
	interactive bool
	columns     int // of a terminal; 0: there is none
	open        func(ctx context.Context, page string) error
}

// newShell has a home of its own, and a Kaneo at the address.
func newShell(t *testing.T, kaneo string) shell {
	t.Helper()
	return shell{t: t, env: map[string]string{"KANEO_API_URL": kaneo, "XDG_STATE_HOME": t.TempDir(), "XDG_CONFIG_HOME": t.TempDir()}}
}

// with has further variables.
func (s shell) with(pairs ...string) shell {
	s.env = maps.Clone(s.env)
	for i := 0; i < len(pairs); i += 2 {
		s.env[pairs[i]] = pairs[i+1]
	}
	return s
}

// ended is what a command left behind.
type ended struct {
	code     int
	out, err string
}

func (s shell) run(words ...string) ended {
	s.t.Helper()
	return s.start(s.t.Context(), words...).wait()
}

// job is a command that runs.
type job struct {
	out, err *screen
	in       *io.PipeWriter
	code     <-chan int
}

func (s shell) start(ctx context.Context, words ...string) job {
	in, keyboard := io.Pipe()
	code := make(chan int, 1)
	j := job{newScreen(), newScreen(), keyboard, code}
	go func() {
		code <- Main(ctx, words, console{in: in, out: j.out, err: j.err, interactive: s.interactive, env: func(name string) (string, bool) {
			value, set := s.env[name]
			return value, set
		}, watched: s.columns > 0, columns: s.columns, open: s.open, variables: slices.Sorted(maps.Keys(s.env))})
	}()
	return j
}

func (j job) wait() ended {
	code := <-j.code
	return ended{code, j.out.String(), j.err.String()}
}

// screen is an output that can be watched.
type screen struct {
	mu   sync.Mutex
	text strings.Builder
	news chan struct{}
}

func newScreen() *screen { return &screen{news: make(chan struct{}, 1)} }

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.news <- struct{}{}:
	default:
	}
	return s.text.Write(p)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// await waits until the pattern shows, and returns its first group.
func (s *screen) await(t *testing.T, pattern string) string {
	t.Helper()
	sought := regexp.MustCompile(pattern)
	for {
		if found := sought.FindStringSubmatch(s.String()); found != nil {
			return found[len(found)-1]
		}
		select {
		case <-s.news:
		case <-t.Context().Done():
			t.Fatalf("%s never showed in:\n%s", pattern, s)
		}
	}
}

// check compares an end with an exit code and what must be in the output, stdout and stderr together.
func (e ended) check(t *testing.T, code int, wanted ...string) {
	t.Helper()
	if e.code != code {
		t.Errorf("exit code %d, want %d", e.code, code)
	}
	for _, want := range wanted {
		if !strings.Contains(e.out+e.err, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if t.Failed() {
		t.Logf("stdout:\n%s\nstderr:\n%s", e.out, e.err)
	}
}

// pageServer answers everything with a web page, as a wrong address does.
func pageServer(t *testing.T) string {
	t.Helper()
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<!doctype html><title>Welcome</title>")
	}))
	t.Cleanup(web.Close)
	return web.URL
}

// nowhere is an address where nobody listens.
func nowhere(t *testing.T) string {
	t.Helper()
	web := httptest.NewServer(http.NotFoundHandler())
	web.Close()
	return web.URL
}
