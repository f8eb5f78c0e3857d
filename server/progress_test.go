package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mark3labs/mcp-go/mcp"
)

// batch makes three tasks, and wants to know how far it is.
func batch(token string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%[1]q,"method":"tools/call","params":{"_meta":{"progressToken":%[1]q},"name":"create_tasks",`+
		`"arguments":{"project":"WEB","tasks":[{"title":"One"},{"title":"Two"},{"title":"Three"}]}}}`, token)
}

// gist is what a client hears of a call, from start to answer: each line is a message.
func gist(t *testing.T, lines ...string) (heard []string) {
	t.Helper()
	for _, line := range lines {
		var m struct {
			ID     any
			Params struct {
				Token           any `json:"progressToken"`
				Progress, Total int
			}
			Result struct{ IsError bool }
		}
		if err := json.Unmarshal([]byte(line), &m); err != nil || m.Result.IsError {
			t.Fatalf("%v: %s", err, line)
		}
		if m.ID != nil {
			heard = append(heard, fmt.Sprintf("%v is answered", m.ID))
		} else {
			heard = append(heard, fmt.Sprintf("%v: %d/%d", m.Params.Token, m.Params.Progress, m.Params.Total))
		}
	}
	return heard
}

// whole is all that a client may hear of a call.
func whole(token string) []string {
	return []string{token + ": 1/3", token + ": 2/3", token + ": 3/3", token + " is answered"}
}

// eventsOf are the messages in the body of an answer, which is a stream or just one of them.
func eventsOf(body string) (messages []string) {
	if strings.HasPrefix(body, "{") {
		return []string{body}
	}
	for line := range strings.Lines(body) {
		if data, ok := strings.CutPrefix(line, "data: "); ok {
			messages = append(messages, data)
		}
	}
	return messages
}

// worksite is a server with a board, where somebody is signed in.
func worksite(t *testing.T) (*house, *hall) {
	t.Helper()
	to := newTown()
	h := to.house(t, lease{era: eras()[0], key: to.Who("owner").APIKey})
	t.Cleanup(h.leave)
	return h, openHall(t, func(o *HTTPOptions) {
		o.Open = func(string) (Tenant, error) { return Tenant{h.server, func() {}}, nil }
	})
}

// TestProgressReachesItsOwnCall over all transports, with two calls at a time.
func TestProgressReachesItsOwnCall(t *testing.T) {
	t.Parallel()
	asBatch := func(r *http.Request) {
		asModern("tools/call")(r)
		r.Header.Set(mcp.HeaderName, "create_tasks")
	}
	inMeta := func(line string) string {
		return strings.Replace(line, `"_meta":{`, modernMeta[:len(modernMeta)-1]+",", 1)
	}
	for name, hear := range map[string]func(t *testing.T, h *hall, token string) []string{
		"Streamable HTTP of 2026-07-28": func(_ *testing.T, h *hall, token string) []string {
			return eventsOf(h.send(http.MethodPost, "/mcp", inMeta(batch(token)), asBatch).body)
		},
		"SSE": func(_ *testing.T, h *hall, token string) (heard []string) {
			stream := h.listen("/sse", nil)
			defer stream.close()
			messages := stream.next()
			h.send(http.MethodPost, messages, initialize, nil)
			stream.next()
			h.send(http.MethodPost, messages, initialized, nil)
			h.send(http.MethodPost, messages, batch(token), nil)
			for range whole(token) {
				heard = append(heard, stream.next())
			}
			return heard
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, h := worksite(t)
			var both sync.WaitGroup
			for _, token := range []string{"a", "b"} {
				both.Go(func() {
					heard := gist(t, hear(t, h, token)...)
					// mcp-go may lose the one report that it has in hand when the answer comes.
					want := slices.DeleteFunc(whole(token), func(m string) bool {
						return len(heard) == 3 && strings.HasSuffix(m, "/3") && !slices.Contains(heard, m)
					})
					if diff := cmp.Diff(want, heard); diff != "" {
						t.Errorf("call %s heard (-want +got):\n%s", token, diff)
					}
				})
			}
			both.Wait()
		})
	}
}

// TestNoProgressInASharedChannel: mcp-go might put it on the stream of another call of the session.
func TestNoProgressInASharedChannel(t *testing.T) {
	t.Parallel()
	_, h := worksite(t)
	heard := gist(t, eventsOf(h.send(http.MethodPost, "/mcp", batch("a"), inSession(h.begin(nil))).body)...)
	if diff := cmp.Diff([]string{"a is answered"}, heard); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestProgressOverStdio(t *testing.T) {
	t.Parallel()
	h, _ := worksite(t)
	w := dial(t.Context(), t, h.server)
	w.send(initialize, initialized)
	w.receive()
	w.send(batch("a"), batch("b"), strings.Replace(batch("c"), `"_meta":{"progressToken":"c"},`, "", 1))
	heard := make(map[string][]string)
	for range 2*len(whole("")) + 1 {
		var line json.RawMessage
		if err := w.lines.Decode(&line); err != nil {
			t.Fatal(err)
		}
		told := gist(t, string(line))[0]
		heard[told[:1]] = append(heard[told[:1]], told)
	}
	if diff := cmp.Diff(map[string][]string{"a": whole("a"), "b": whole("b"), "c": {"c is answered"}}, heard); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if rest, err := w.hangUp(); len(rest) > 0 || err != nil {
		t.Errorf("rest %q, error %v", rest, err)
	}
}
