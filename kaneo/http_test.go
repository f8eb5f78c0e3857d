package kaneo_test

import (
	"encoding/json"
	"encoding/pem"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kaneo-mcp/kaneo"
)

// over makes a client of a server on a socket.
func over(t testing.TB, server *httptest.Server, h *http.Client) *kaneo.Client {
	t.Helper()
	base, err := kaneo.ParseBase(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.CloseIdleConnections)
	return kaneo.New(kaneo.Options{Base: base, Tokens: &tokens{first: "first-secret"}, HTTP: h})
}

func serveTask(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(`{"id":"task1","title":"Fix login redirect","number":1,"status":"to-do","priority":"low","startDate":null}`))
}

func TestOwnAuthority(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(http.HandlerFunc(serveTask))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	caFile := filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(caFile, block, 0o600); err != nil {
		t.Fatal(err)
	}

	trusting, err := kaneo.NewHTTPClient(caFile)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := over(t, server, trusting).Task(t.Context(), "task1"); err != nil {
		t.Errorf("with the authority: %v", err)
	}
	wary, err := kaneo.NewHTTPClient("")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := over(t, server, wary).Task(t.Context(), "task1"); kaneo.KindOf(err) != kaneo.Unavailable || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("without: %v", err)
	}
}

func TestBadAuthority(t *testing.T) {
	t.Parallel()
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{empty, empty + ".none"} {
		if _, err := kaneo.NewHTTPClient(file); err == nil || !strings.Contains(err.Error(), "CA file") {
			t.Errorf("%s: %v", filepath.Base(file), err)
		}
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("followed") }))
	defer elsewhere.Close()
	server := httptest.NewServer(http.RedirectHandler(elsewhere.URL, http.StatusMovedPermanently))
	defer server.Close()
	for _, h := range []*http.Client{{Transport: &http.Transport{}}, pooled(t)} {
		_, err := over(t, server, h).Task(t.Context(), "task1")
		if kaneo.KindOf(err) != kaneo.NotKaneo || !strings.HasSuffix(err.Error(), "redirects to "+elsewhere.URL) {
			t.Errorf("got %v", err)
		}
	}
}

func pooled(t testing.TB) *http.Client {
	t.Helper()
	h, err := kaneo.NewHTTPClient("")
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestDeadHost(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(nil)
	server.Close()
	_, err := over(t, server, pooled(t)).SetTitle(t.Context(), "task1", "x")
	if kaneo.KindOf(err) != kaneo.Unavailable || !strings.Contains(err.Error(), "refused") || strings.Contains(err.Error(), "task1") {
		t.Errorf("got %v", err)
	}
}

func BenchmarkSmallCall(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(serveTask))
	defer server.Close()
	c := over(b, server, pooled(b))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Task(b.Context(), "task1"); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRawHTTP is what SmallCall is to be compared with: the same exchange without the client.
func BenchmarkRawHTTP(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(serveTask))
	defer server.Close()
	h := pooled(b)
	defer h.CloseIdleConnections()
	b.ReportAllocs()
	for b.Loop() {
		if err := raw(b, h, server.URL+"/api/task/task1"); err != nil {
			b.Fatal(err)
		}
	}
}

func raw(b *testing.B, h *http.Client, url string) error {
	req, err := http.NewRequestWithContext(b.Context(), http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer first-secret")
	resp, err := h.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var task kaneo.Task
	return json.NewDecoder(resp.Body).Decode(&task)
}
