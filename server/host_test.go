package server

import (
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"testing/synctest"
	"time"
)

// manner is what a kind of host says of itself, and what it does with a dialog.
type manner struct {
	modern   bool   // 2026-07-28: questions are results
	declares string // its capability of elicitation, as JSON; "" none
	habit    habit
}

// habit is what becomes of a question: the answer, after so long.
type habit struct {
	after  time.Duration
	answer string // accept, decline or cancel; ticks: accept, with the box ticked; throws: an error; "": none ever
}

// ticks is a person who ticks the box of a form and accepts it.
const ticks = "tick"

// inJSON is an answer as it crosses the pipe.
func inJSON(answer string) string {
	if answer == ticks {
		return `{"action":"accept","content":{"sure":true}}`
	}
	return fmt.Sprintf(`{"action":%q}`, answer)
}

// throws is a host that fails at dialogs.
const throws = "throws"

// The capabilities of hosts.
const (
	pages = `{"form":{},"url":{}}`
	forms = `{}`
)

// host is a client of one manner at the pipes of a house. It speaks JSON-RPC by itself, so that nothing stands between what
// the server says and what a test sees.
type host struct {
	manner
	house  *house
	wire   *wire
	listen sync.WaitGroup

	mu        sync.Mutex
	last      int
	waiting   map[string]chan received
	questions []question
	states    []string // the requestStates that it was given
	notices   []string // the server's notifications, with whom they are about
	code      chan string
	seen      time.Time // when the first code came out
}

// question is a dialog as the server asks for it.
type question struct {
	Mode, Message, URL, ElicitationID string
}

func (h *house) host(m manner) *host {
	h.t.Helper()
	g := &host{manner: m, house: h, waiting: make(map[string]chan received), code: make(chan string, 1)}
	g.wire = dial(h.t.Context(), h.t, h.server)
	g.wire.lines = json.NewDecoder(io.TeeReader(g.wire.out, h))
	g.listen.Go(g.hear)
	if m.modern {
		return g
	}
	g.request("initialize", fmt.Sprintf(`"protocolVersion":"2025-11-25","capabilities":%s,"clientInfo":{"name":"test","version":"1"}`, g.capabilities()))
	g.wire.send(initialized)
	return g
}

func (g *host) capabilities() string {
	if g.declares == "" {
		return `{}`
	}
	return `{"elicitation":` + g.declares + `}`
}

// leave hangs up and waits until all is said.
func (g *host) leave() {
	_ = g.wire.in.Close()
	g.listen.Wait()
	if err := <-g.wire.served; err != nil {
		g.house.t.Errorf("ServeStdio: %v", err)
	}
}

func (g *host) hear() {
	for {
		var r received
		if g.wire.lines.Decode(&r) != nil {
			return
		}
		switch r.Method {
		case "":
			g.answerTo(string(r.ID)) <- r
		case "elicitation/create":
			g.listen.Go(func() { g.reply(r) })
		default:
			g.notice(r)
		}
	}
}

// answerTo is where the answer to a request is waited for.
func (g *host) answerTo(id string) chan received {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.waiting[id] == nil {
		g.waiting[id] = make(chan received, 1)
	}
	return g.waiting[id]
}

func (g *host) notice(r received) {
	var about struct{ ElicitationID string }
	_ = json.Unmarshal(r.Params, &about)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.notices = append(g.notices, r.Method+" "+about.ElicitationID)
}

// noticed is the server's notifications so far.
func (g *host) noticed() []string {
	synctest.Wait()
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.notices
}

// request sends a request and waits for its answer.
func (g *host) request(method, params string) received {
	g.mu.Lock()
	g.last++
	id := fmt.Sprint(g.last)
	g.mu.Unlock()
	if g.modern {
		params = fmt.Sprintf(`"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":%s,`+
			`"io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"}},%s`, g.capabilities(), params)
	}
	answer := g.answerTo(id)
	g.wire.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"method":%q,"params":{%s}}`, id, method, params))
	return <-answer
}

// reply answers a question of 2025-11-25.
func (g *host) reply(r received) {
	var q question
	if err := json.Unmarshal(r.Params, &q); err != nil {
		g.house.t.Errorf("a dialog of unknown shape: %s", r.Params)
	}
	var says string
	switch answer := g.consider(q); answer {
	case "":
		return
	case throws:
		says = `"error":{"code":-32603,"message":"no dialogs here"}`
	default:
		says = `"result":` + inJSON(answer)
	}
	_, _ = fmt.Fprintf(g.wire.in, `{"jsonrpc":"2.0","id":%s,%s}`+"\n", r.ID, says) // nobody may be listening any more
}

// consider takes its time over a question.
func (g *host) consider(q question) string {
	g.mu.Lock()
	g.questions = append(g.questions, q)
	g.mu.Unlock()
	g.see(q.Message)
	time.Sleep(g.habit.after)
	return g.habit.answer
}

// see takes note of the first code that comes out.
func (g *host) see(text string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.seen.IsZero() && anyUserCode.MatchString(text) {
		g.seen = time.Now()
		g.code <- g.house.code(told{text: text})
	}
}

// call calls a tool, as often as the server asks in between, and returns what a model reads.
func (g *host) call(tool, args string) told {
	g.house.t.Helper()
	return g.resume(tool, args, "")
}

// resume is a call that carries more than its arguments.
func (g *host) resume(tool, args, more string) told {
	g.house.t.Helper()
	r := g.request("tools/call", fmt.Sprintf(`"name":%q,"arguments":%s%s`, tool, args, more))
	if r.Result == nil {
		g.house.t.Fatalf("%s: %s", tool, r.brief())
	}
	if r.Result.ResultType == "input_required" {
		return g.resume(tool, args, g.retry(r))
	}
	text := r.Result.Content[0].Text
	g.see(text)
	return told{text, r.Result.IsError}
}

// retry is what a client of 2026-07-28 sends along once its question has been answered.
func (g *host) retry(r received) string {
	g.mu.Lock()
	g.states = append(g.states, r.Result.RequestState)
	g.mu.Unlock()
	for name, asked := range r.Result.InputRequests {
		return answering(name, r.Result.RequestState, g.consider(asked.Params))
	}
	g.house.t.Errorf("input is required, but nothing asked")
	return ""
}

// carrying answers how to sign in.
func carrying(state, answer string) string { return answering(signInQuestion, state, answer) }

func answering(question, state, answer string) string {
	return fmt.Sprintf(`,"requestState":%q,"inputResponses":{%q:%s}`, state, question, inJSON(answer))
}

// tools is the list as it crosses the pipe.
func (g *host) tools() string {
	return string(must(json.Marshal(g.request("tools/list", `"cursor":null`).Result.Tools)))
}
