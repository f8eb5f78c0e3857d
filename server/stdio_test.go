package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"
)

// serve runs a whole input through a server and returns the sorted gist of the answers.
func serve(t *testing.T, in io.Reader) []string {
	t.Helper()
	var out bytes.Buffer
	if err := ServeStdio(t.Context(), newTestServer(newBench()), in, &out, zerolog.Nop()); err != nil {
		t.Fatalf("ServeStdio: %v", err)
	}
	got := readAll(t, json.NewDecoder(&out))
	slices.Sort(got)
	return got
}

func TestServeStdioInput(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", maxLine)
	for name, test := range map[string]struct {
		in   string
		want []string
	}{
		"nothing":                {"", nil},
		"only white space":       {"\n \r\n\t\n", nil},
		"what was read is done":  {call(1, "echo", "a") + "\n" + call(2, "echo", "b") + "\n", []string{"1: a", "2: b"}},
		"last line, no newline":  {call(1, "echo", "a") + "\n" + call(2, "echo", "b"), []string{"1: a", "2: b"}},
		"carriage returns":       {call(1, "echo", "a") + "\r\n", []string{"1: a"}},
		"garbage":                {"hello\n" + call(1, "echo", "a") + "\n", []string{"1: a", "null error -32700"}},
		"cut JSON":               {`{"jsonrpc":"2.0","id":1` + "\n" + call(2, "echo", "a"), []string{"2: a", "null error -32700"}},
		"a batch":                {"[" + call(1, "echo", "a") + "]\n", []string{"null error -32600"}},
		"not a message":          {`{"jsonrpc":"2.0","id":7}` + "\n", []string{"7 error -32600"}},
		"an id of another type":  {`{"jsonrpc":"2.0","id":{},"method":"ping"}` + "\n", []string{"null error -32600"}},
		"no version":             {`{"id":7,"method":"ping"}` + "\n", []string{"7 error -32600"}},
		"invalid UTF-8":          {"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\xff\"}\n" + call(2, "echo", "ü"), []string{"1 error -32700", "2: ü"}},
		"bytes that are no text": {"\xff\xfe\x00\x01\n" + call(1, "echo", "a"), []string{"1: a", "null error -32700"}},
		"too long":               {long + "\n" + call(1, "echo", "a"), []string{"1: a", "null error -32600"}},
		"too long, no newline":   {call(1, "echo", "a") + "\n" + long + "x", []string{"1: a", "null error -32600"}},
		"an answer to nothing":   {`{"jsonrpc":"2.0","id":9,"result":{}}` + "\n" + call(1, "echo", "a"), []string{"1: a"}},
		"cancel of nothing":      {cancelled(9) + "\n" + `{"jsonrpc":"2.0","method":"notifications/cancelled"}` + "\n" + call(1, "echo", "a"), []string{"1: a"}},
		"unknown notification":   {`{"jsonrpc":"2.0","method":"notifications/none"}` + "\n" + call(1, "echo", "a"), []string{"1: a"}},
		"unknown method":         {`{"jsonrpc":"2.0","id":1,"method":"none"}` + "\n", []string{"1 error -32601"}},
		"a client of 2025": {
			strings.Join([]string{initialize, initialized, call(1, "echo", "a")}, "\n"),
			[]string{`"init": 2025-11-25`, "1: a"},
		},
		"a client of 2026": {
			discover + "\n" + modernCall(1, "echo", "a"),
			[]string{"0: 2026-07-28 2025-11-25 2025-06-18 2025-03-26 2024-11-05", "1: a"},
		},
		"a stream ends with the input": {
			`{"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{` + modernMeta + `,"notifications":{"toolsListChanged":true}}}`,
			[]string{"1: ", "notifications/subscriptions/acknowledged"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			slices.Sort(test.want)
			if diff := cmp.Diff(test.want, serve(t, strings.NewReader(test.in))); diff != "" {
				t.Errorf("answers (-want +got):\n%s", diff)
			}
		})
	}
}

// repeated reads as n times the same byte.
type repeated struct{ n int }

func (r *repeated) Read(p []byte) (int, error) {
	if r.n == 0 {
		return 0, io.EOF
	}
	n := min(r.n, len(p))
	for i := range p[:n] {
		p[i] = 'x'
	}
	r.n -= n
	return n, nil
}

// Not parallel: it looks at the allocations of the whole process.
func TestServeStdioSkipsLongLineInBoundedMemory(t *testing.T) { //nolint:paralleltest // it looks at the whole process
	const length = 256 << 20
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got := serve(t, io.MultiReader(&repeated{n: length}, strings.NewReader("\n"+call(1, "echo", "a"))))
	runtime.ReadMemStats(&after)

	if diff := cmp.Diff([]string{"1: a", "null error -32600"}, got); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
	if allocated := after.TotalAlloc - before.TotalAlloc; allocated > length/4 {
		t.Errorf("allocated %d MiB in all for a line of %d MiB", allocated>>20, length>>20)
	}
}

func TestServeStdioDrain(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		tool string
		busy time.Duration // until the tool ends by itself
		want []string
		took time.Duration
	}{
		"a call in time":         {"stuck", drainLimit - time.Millisecond, []string{"1: a"}, drainLimit - time.Millisecond},
		"a call that goes on":    {"wait", time.Hour, []string{"1 error -32603"}, drainLimit},
		"a call that is stuck":   {"stuck", time.Hour, nil, drainLimit + stopLimit},
		"a call that comes late": {"stuck", drainLimit + stopLimit/2, []string{"1: a"}, drainLimit + stopLimit/2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				time.AfterFunc(test.busy, func() { close(b.release) })
				w := dial(t.Context(), t, newTestServer(b))
				w.send(call(1, test.tool, "a"))
				start := time.Now()
				got, err := w.hangUp()
				if err != nil {
					t.Errorf("ServeStdio: %v", err)
				}
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("answers (-want +got):\n%s", diff)
				}
				if took := time.Since(start); took != test.took {
					t.Errorf("took %v, want %v", took, test.took)
				}
				<-b.release // the tool left behind ends
			})
		})
	}
}

func TestServeStdioCancel(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		w := dial(t.Context(), t, newTestServer(b, inTurn(newQueue(1))))
		w.send(call(1, "wait", "running"))
		if got := <-b.started; got != "running" {
			t.Fatalf("started %q", got)
		}
		w.send(call(2, "wait", "queued"), cancelled(2)) // no time in between: the queue must not lose it
		synctest.Wait()
		w.send(cancelled(1))
		w.send(call(3, "echo", "after"))
		if got := w.receive().brief(); got != "3: after" {
			t.Errorf("got %q: a cancelled call is not answered", got)
		}
		rest, err := w.hangUp()
		if len(rest) > 0 || err != nil {
			t.Errorf("rest %q, error %v", rest, err)
		}
		if len(b.started) > 0 {
			t.Errorf("%q ran after it was cancelled", <-b.started)
		}
	})
}

func TestServeStdioEndOfContext(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		tool    string
		atMost  time.Duration
		answers []string
	}{
		"a call that heeds it":   {"wait", 0, []string{"1 error -32603"}},
		"a call that ignores it": {"stuck", stopLimit, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, stop := context.WithCancel(t.Context())
				b := newBench()
				w := dial(ctx, t, newTestServer(b))
				w.send(call(1, test.tool, "a"))
				<-b.started
				start := time.Now()
				stop()
				got := readAll(t, w.lines) // its input stays open
				if err := <-w.served; err != nil {
					t.Errorf("ServeStdio: %v", err)
				}
				if took := time.Since(start); took > test.atMost {
					t.Errorf("took %v, want at most %v", took, test.atMost)
				}
				if diff := cmp.Diff(test.answers, got); diff != "" {
					t.Errorf("answers (-want +got):\n%s", diff)
				}
				close(b.release)
			})
		})
	}
}

func TestServeStdioEndsWithAClientThatDoesNotRead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		w := dial(ctx, t, newTestServer(newBench()))
		w.send(call(1, "echo", "a"), "garbage")
		synctest.Wait()
		start := time.Now()
		stop()
		if err := <-w.served; err != nil {
			t.Errorf("ServeStdio: %v", err)
		}
		if took := time.Since(start); took > stopLimit+flushLimit {
			t.Errorf("took %v", took)
		}
		_ = w.out.Close()
	})
}

func TestServeStdioBrokenOutput(t *testing.T) {
	t.Parallel()
	failed := errors.New("disk full")
	for name, test := range map[string]struct{ cause, want error }{
		"the client has gone": {io.ErrClosedPipe, nil},
		"it fails":            {failed, failed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				w := dial(t.Context(), t, newTestServer(b))
				w.send(call(1, "wait", "a"))
				<-b.started
				_ = w.out.CloseWithError(test.cause)
				w.send(call(2, "echo", "b"))
				if err := <-w.served; !errors.Is(err, test.want) {
					t.Errorf("ServeStdio: %v, want %v", err, test.want)
				}
			})
		})
	}
}

func TestServeStdioBrokenInput(t *testing.T) {
	t.Parallel()
	failed := errors.New("input/output error")
	in := io.MultiReader(strings.NewReader(call(1, "echo", "a")+"\n"), &failing{failed})
	if err := ServeStdio(t.Context(), newTestServer(newBench()), in, io.Discard, zerolog.Nop()); !errors.Is(err, failed) {
		t.Errorf("ServeStdio: %v, want %v", err, failed)
	}
}

type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }

func TestServeStdioParallelCalls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const calls = 100
		b := newBench()
		w := dial(t.Context(), t, newTestServer(b))
		var want []string
		for i := range calls {
			text := fmt.Sprint("text ", i)
			w.send(call(i, "stuck", text))
			want = append(want, fmt.Sprintf("%d: %s", i, text))
		}
		for range calls { // all of them run at the same time
			<-b.started
		}
		close(b.release)
		got, err := w.hangUp()
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("error %v, answers (-want +got):\n%s", err, diff)
		}
	})
}

func TestServeStdioNotificationComesBeforeTheAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := dial(t.Context(), t, newTestServer(newBench()))
		w.send(initialize, initialized)
		w.receive()
		for i := range 100 {
			w.send(call(i, "tell", "x"))
			got := []string{w.receive().brief(), w.receive().brief()}
			if diff := cmp.Diff([]string{"notifications/progress", fmt.Sprintf("%d: x", i)}, got); diff != "" {
				t.Fatalf("lines (-want +got):\n%s", diff)
			}
		}
		if rest, err := w.hangUp(); len(rest) > 0 || err != nil {
			t.Errorf("rest %q, error %v", rest, err)
		}
	})
}

func TestServeStdioPanicOutsideOfTools(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := dial(t.Context(), t, newTestServer(newBench())) // no recoverPanics: the transport is the last resort
		w.send(call(1, "panic", "a secret"), call(2, "echo", "a"))
		for range 2 {
			got := w.receive()
			if got.Error != nil && strings.Contains(got.Error.Message, "secret") {
				t.Errorf("the client reads %q", got.Error.Message)
			}
			if brief := got.brief(); brief != "2: a" && brief != "1 error -32603" {
				t.Errorf("got %q", brief)
			}
		}
		if rest, err := w.hangUp(); len(rest) > 0 || err != nil {
			t.Errorf("rest %q, error %v", rest, err)
		}
	})
}
