package server

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestElicitation(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer string // with the question's id for %s
		want   string
	}{
		"accepted":      {`{"jsonrpc":"2.0","id":%s,"result":{"action":"accept","content":{}}}`, "1: accept"},
		"declined":      {`{"jsonrpc":"2.0","id":%s,"result":{"action":"decline"}}`, "1: decline"},
		"refused":       {`{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"what?"}}`, "1 error -32603"},
		"unknown shape": {`{"jsonrpc":"2.0","id":%s,"result":[]}`, "1 error -32603"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := dial(t.Context(), t, newTestServer(newBench()))
				w.send(initialize, initialized)
				w.receive()
				w.send(call(1, "ask", ""))
				question := w.receive()
				if got := question.brief(); got != "elicitation/create" {
					t.Fatalf("got %q", got)
				}
				answer := fmt.Sprintf(test.answer, question.ID)
				w.send(strings.Replace(answer, string(question.ID), "999", 1), answer, answer) // a stranger's, and one twice
				if got := w.receive().brief(); got != test.want {
					t.Errorf("got %q, want %q", got, test.want)
				}
				if rest, err := w.hangUp(); len(rest) > 0 || err != nil {
					t.Errorf("rest %q, error %v", rest, err)
				}
			})
		})
	}
}

func TestElicitationWithoutAnswer(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		end  func(*wire)
		want []string
		took time.Duration
	}{
		"the input ends":         {func(*wire) {}, []string{"1 error -32603"}, 0},
		"the call is taken back": {func(w *wire) { w.send(cancelled(1)) }, []string{"notifications/cancelled"}, 0},
		"nobody answers":         {func(*wire) { time.Sleep(questionLimit + 1) }, []string{"notifications/cancelled", "1 error -32603"}, questionLimit + 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := dial(t.Context(), t, newTestServer(newBench()))
				w.send(initialize, initialized)
				w.receive()
				w.send(call(1, "ask", ""))
				w.receive()
				start := time.Now()
				test.end(w)
				synctest.Wait()
				got, err := w.hangUp()
				if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
					t.Errorf("error %v, lines (-want +got):\n%s", err, diff)
				}
				if took := time.Since(start); took != test.took {
					t.Errorf("took %v, want %v", took, test.took)
				}
			})
		})
	}
}

func TestElicitationIsRefusedIn2026(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := dial(t.Context(), t, newTestServer(newBench()))
		w.send(modernCall(1, "ask", ""))
		got, err := w.hangUp()
		if diff := cmp.Diff([]string{"1 error -32603"}, got); diff != "" || err != nil {
			t.Errorf("error %v, lines (-want +got):\n%s", err, diff)
		}
	})
}
