package server

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/mcp"
	mcpserver "github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"

	"kaneo-mcp/auth"
	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
	"kaneo-mcp/sandbox"
	"kaneo-mcp/tools"
)

// eras are the protocol versions that clients speak.
func eras() []string {
	return []string{mcp.LATEST_LEGACY_PROTOCOL_VERSION, mcp.ProtocolVersion20260728}
}

// town is a seeded Kaneo, and what must never be read in the houses there.
type town struct {
	sandbox.Residents
	kaneo *sandbox.Kaneo

	mu      sync.Mutex
	secrets []string
	down    error
	silent  func(*http.Request) bool           // requests that are never answered
	written int                                // requests that changed something
	instead func(*http.Request) *http.Response // answers of another Kaneo; nil: this one's

	selection tools.Selection // of the houses
}

func newTown() *town {
	k := sandbox.New(sandbox.Options{Storage: "https://storage.example"})
	to := &town{Residents: k.Seed(), kaneo: k}
	for _, p := range to.People {
		to.secrets = append(to.secrets, p.APIKey, p.Session)
	}
	return to
}

// RoundTrip passes requests on and takes note of the secrets in the answers.
func (to *town) RoundTrip(r *http.Request) (*http.Response, error) {
	to.mu.Lock()
	down, silent, instead := to.down, to.silent, to.instead
	to.mu.Unlock()
	if instead != nil {
		if answer := instead(r); answer != nil {
			return answer, nil
		}
	}
	if down != nil {
		return nil, down
	}
	if silent != nil && silent(r) {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	answer, err := to.kaneo.Transport().RoundTrip(r)
	to.count(r, answer)
	if err != nil || !strings.Contains(r.URL.Path, "/auth/device/") {
		return answer, err
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	answer.Body = io.NopCloser(bytes.NewReader(body))
	to.note(body)
	return answer, nil
}

// count counts what changed something on a board.
func (to *town) count(r *http.Request, answer *http.Response) {
	if r.Method == http.MethodGet || strings.Contains(r.URL.Path, "/auth/") || answer == nil || answer.StatusCode >= 300 {
		return
	}
	to.mu.Lock()
	defer to.mu.Unlock()
	to.written++
}

func (to *town) writes() int {
	to.mu.Lock()
	defer to.mu.Unlock()
	return to.written
}

func (to *town) note(body []byte) {
	var secret struct {
		DeviceCode  string `json:"device_code"`
		AccessToken string `json:"access_token"`
	}
	_ = json.Unmarshal(body, &secret) // refusals hold none
	to.mu.Lock()
	defer to.mu.Unlock()
	for _, s := range []string{secret.DeviceCode, secret.AccessToken} {
		if s != "" {
			to.secrets = append(to.secrets, s)
		}
	}
}

// session is the token that was handed out last.
func (to *town) session() string {
	to.mu.Lock()
	defer to.mu.Unlock()
	return to.secrets[len(to.secrets)-1]
}

// cutOff makes Kaneo unreachable; nil brings it back.
func (to *town) cutOff(err error) {
	to.mu.Lock()
	defer to.mu.Unlock()
	to.down = err
}

// hush has some requests never answered.
func (to *town) hush(silent func(*http.Request) bool) {
	to.mu.Lock()
	defer to.mu.Unlock()
	to.silent = silent
}

// house is a server of the town with one client, and every byte that came out of it.
type house struct {
	*town
	t      *testing.T
	era    string
	source *auth.Source
	server *mcpserver.MCPServer
	client *client.Client

	heard sync.Mutex
	said  bytes.Buffer
}

// Write makes the house its own log.
func (h *house) Write(p []byte) (int, error) {
	h.heard.Lock()
	defer h.heard.Unlock()
	return h.said.Write(p)
}

// lease says how a house is set up.
type lease struct {
	era   string
	store string // a folder; "" keeps nothing
	key   string
	wait  time.Duration // for a person; 0: the default
}

func (to *town) house(t *testing.T, l lease) *house {
	t.Helper()
	h := &house{town: to, t: t, era: l.era}
	base := &url.URL{Scheme: "https", Host: "kaneo.example", Path: "/api"}
	web := &http.Client{Transport: to}
	var store *auth.Store
	if l.store != "" {
		store = auth.NewStore(l.store)
	}
	var err error
	h.source, err = auth.New(auth.Settings{Base: base, Key: l.key, Store: store, HTTP: web, Log: zerolog.New(h)})
	if err != nil {
		t.Fatal(err)
	}
	desk := board.New(board.Options{Client: kaneo.New(kaneo.Options{Base: base, Tokens: h.source, HTTP: web})})
	h.server = New(Options{Catalogue: tools.New(desk, to.selection), Auth: h.source, Version: "1", Log: zerolog.New(h), SignInWait: l.wait})
	h.connect()
	return h
}

// connect brings the client to the house's server, from wherever it was.
func (h *house) connect() {
	h.t.Helper()
	h.disconnect()
	c, err := client.NewInProcessClientWithOptions(h.server, client.WithProtocolVersion(h.era))
	if err != nil {
		h.t.Fatal(err)
	}
	if err := c.Start(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	var hello mcp.InitializeRequest
	hello.Params.ProtocolVersion = h.era
	hello.Params.ClientInfo = mcp.Implementation{Name: "test", Version: "1"}
	got, err := c.Initialize(h.t.Context(), hello)
	if err != nil || got.ProtocolVersion != h.era {
		h.t.Fatalf("initialize: %+v, %v", got, err)
	}
	h.client = c
}

func (h *house) disconnect() {
	h.t.Helper()
	if h.client == nil {
		return
	}
	if err := h.client.Close(); err != nil {
		h.t.Errorf("close: %v", err)
	}
}

// leave ends the house, and searches everything that came out of it for secrets.
func (h *house) leave() {
	h.t.Helper()
	h.disconnect()
	h.source.Close()
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, secret := range h.secrets {
		if strings.Contains(h.said.String(), secret) {
			h.t.Errorf("a secret got out:\n%s", strings.ReplaceAll(h.said.String(), secret, "<SECRET>"))
		}
	}
}

// told is what a model reads as the result of a call.
type told struct {
	text    string
	isError bool
}

// call calls a tool and expects a result.
func (h *house) call(tool, args string) told {
	h.t.Helper()
	result, err := h.try(h.t.Context(), tool, args)
	if err != nil {
		h.t.Errorf("%s: %v", tool, err)
	}
	return result
}

func (h *house) try(ctx context.Context, tool, args string) (told, error) {
	var request mcp.CallToolRequest
	request.Params.Name, request.Params.Arguments = tool, json.RawMessage(args)
	result, err := h.client.CallTool(ctx, request)
	if err != nil {
		_, _ = io.WriteString(h, err.Error())
		return told{}, err
	}
	whole, err := json.Marshal(result)
	if err != nil {
		return told{}, err
	}
	_, _ = h.Write(whole)
	return told{textOf(result), result.IsError}, nil
}

// code reads the user code out of an answer.
func (h *house) code(answer told) string {
	h.t.Helper()
	for _, word := range anyUserCode.FindAllString(answer.text, -1) {
		if word != "REQUIRED" {
			return word
		}
	}
	h.t.Fatalf("no code in %q", answer.text)
	return ""
}

func (h *house) approve(code string) {
	h.t.Helper()
	if err := h.kaneo.Approve(code, h.Who("owner").Email); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) wantCodes(n int) {
	h.t.Helper()
	if got := h.kaneo.DeviceCodes(); got != n {
		h.t.Errorf("%d codes were minted, want %d", got, n)
	}
}

// wantAuth checks that an answer asks for a sign-in, and returns its code.
func (h *house) wantAuth(answer told) string {
	h.t.Helper()
	if !answer.isError || !strings.HasPrefix(answer.text, "AUTH REQUIRED") {
		h.t.Fatalf("no call to sign in: %+v", answer)
	}
	return h.code(answer)
}
