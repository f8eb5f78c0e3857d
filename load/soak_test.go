package load

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// each is how many clients of each kind there are, and pace how often one of them does something: a soak is long, not hard.
const (
	each = 8
	pace = 50 * time.Millisecond
)

// TestSoak has clients call, take calls back, come and go, and leave in the middle, while Kaneo restarts twice. Nothing but
// its absence may go wrong, that has to be said plainly, and in the end nothing may be left.
func TestSoak(t *testing.T) {
	lasts, full := earnest(t)
	stub := newStub()
	t.Setenv("KANEO_API_KEY", stub.key)
	at := freeAddress(t)
	s := &soak{
		t: t, kaneo: restarting{at: at, serves: stub}, program: start(t, program(t), "http://"+at),
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 4 * each}},
	}
	s.kaneo.up(t)
	unused := s.files()
	ctx, end := context.WithTimeout(t.Context(), lasts)
	defer end()
	var all sync.WaitGroup
	for _, act := range []func(context.Context) error{s.call, s.takeBack, s.visit, s.leave} {
		for range each {
			all.Go(func() { s.repeat(ctx, act) })
		}
	}
	all.Go(func() { s.kaneo.restart(ctx, t, lasts) })
	peaks := s.watch(ctx, lasts/10)
	all.Wait()
	s.kaneo.down()
	s.client.CloseIdleConnections()
	if full && (s.told.Load() == 0 || peaks[len(peaks)-1] > peaks[1]+16) {
		t.Error("Kaneo was never away, or memory is not flat")
	}
	s.nothingLeft(unused)
	t.Logf("%d answered, %d told that Kaneo is away, %d taken back or left; MB at most in each tenth of the time: %v; files %d before, %d after",
		s.answered.Load(), s.told.Load(), s.left.Load(), peaks, unused, s.files())
	s.program.stop()
}

// soak is the clients of one server, and what became of their calls.
type soak struct {
	t       *testing.T
	kaneo   restarting
	program *process
	client  *http.Client

	answered, told, left atomic.Int64
}

// repeat has one client act over and over until ctx ends.
func (s *soak) repeat(ctx context.Context, act func(context.Context) error) {
	ticks := time.NewTicker(pace)
	defer ticks.Stop()
	for {
		select {
		case <-ticks.C:
		case <-ctx.Done():
			return
		}
		if err := act(ctx); err != nil && ctx.Err() == nil {
			s.t.Error(err)
			return
		}
	}
}

func (s *soak) call(ctx context.Context) error {
	return s.ask(ctx, modernWhoami, modernHeader())
}

// ask makes a call, and judges the answer: an error has to say that Kaneo is away, and may only come when it is.
func (s *soak) ask(ctx context.Context, line string, header http.Header) error {
	before := s.kaneo.turns.Load()
	answer, err := post(ctx, s.client, http.MethodPost, s.program.url+"/mcp", line, header)
	switch {
	case err != nil:
		return err
	case !strings.Contains(answer, `"isError":true`):
		s.answered.Add(1)
	case before%2 == 0 && before == s.kaneo.turns.Load(), !strings.Contains(answer, "cannot be reached"):
		return fmt.Errorf("answered %.600s", answer)
	default:
		s.told.Add(1)
	}
	return nil
}

// takeBack makes a call that may be over before it is taken back.
func (s *soak) takeBack(ctx context.Context) error {
	brief, cancel := context.WithTimeout(ctx, rand.N(4*time.Millisecond))
	defer cancel()
	err := s.call(brief)
	if brief.Err() != nil {
		s.left.Add(1)
		return nil
	}
	return err
}

// visit opens a session, calls in it, and ends it: one that is given up lasts until it has been idle for long.
func (s *soak) visit(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	id, err := begin(ctx, s.client, s.program.url, nil)
	if err != nil {
		return err
	}
	header := http.Header{"Mcp-Session-Id": {id}}
	called := s.ask(ctx, whoami, header)
	_, err = post(ctx, s.client, http.MethodDelete, s.program.url+"/mcp", "", header)
	return errors.Join(called, err)
}

// leave opens a stream, calls, and goes away without the answer.
func (s *soak) leave(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.program.url+"/sse", nil)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+secret)
	stream, err := s.client.Do(r)
	if err != nil {
		return err
	}
	defer stream.Body.Close()
	lines := bufio.NewScanner(stream.Body)
	for lines.Scan() && !strings.HasPrefix(lines.Text(), "data: ") {
	}
	_, err = post(ctx, s.client, http.MethodPost, s.program.url+strings.TrimPrefix(lines.Text(), "data: "), whoami, nil)
	s.left.Add(1)
	return err
}

// watch returns the most memory, in MB, that the program had in each span until ctx ends.
func (s *soak) watch(ctx context.Context, span time.Duration) []int {
	looks := time.NewTicker(span / 10)
	defer looks.Stop()
	begun, peaks := time.Now(), make([]int, 10)
	for {
		select {
		case <-looks.C:
			now := min(int(time.Since(begun)/span), len(peaks)-1)
			peaks[now] = max(peaks[now], s.program.memory())
		case <-ctx.Done():
			return peaks
		}
	}
}

// files counts what the program has open; 0 where that cannot be told.
func (s *soak) files() int {
	open, _ := os.ReadDir(fmt.Sprintf("/proc/%d/fd", s.program.cmd.Process.Pid))
	return len(open)
}

// nothingLeft waits until the program has noticed that everybody has gone. Asking it takes up a connection.
func (s *soak) nothingLeft(files int) {
	s.t.Helper()
	patience := time.Now().Add(time.Minute)
	for _, name := range []string{"kaneo_mcp_calls_in_flight", "kaneo_mcp_sessions"} {
		for s.program.gauge(name) > 0 {
			if time.Now().After(patience) {
				s.t.Fatalf("%s %d", name, s.program.gauge(name))
			}
		}
	}
	if got := s.files(); got > files+1 {
		s.t.Errorf("%d files are open, %d were before anybody came", got, files)
	}
}

// restarting is a Kaneo that comes and goes, at one address.
type restarting struct {
	at     string
	serves http.Handler
	web    *http.Server
	done   chan struct{}
	turns  atomic.Int64 // odd: it is away, or about to be
}

func (k *restarting) up(t *testing.T) {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", k.at)
	if err != nil {
		t.Error(err)
		return
	}
	web, done := &http.Server{Handler: k.serves, ReadHeaderTimeout: time.Minute}, make(chan struct{})
	k.web, k.done = web, done
	go func() {
		defer close(done)
		_ = web.Serve(listener)
	}()
}

func (k *restarting) down() {
	_ = k.web.Close()
	<-k.done
}

// restart is away twice in the time, for a twentieth of it each.
func (k *restarting) restart(ctx context.Context, t *testing.T, lasts time.Duration) {
	t.Helper()
	for _, wait := range []time.Duration{lasts * 6 / 20, lasts / 20, lasts * 6 / 20, lasts / 20} {
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return
		}
		if k.turns.Load()%2 == 0 {
			k.turns.Add(1)
			k.down()
		} else {
			k.up(t)
			k.turns.Add(1)
		}
	}
}
