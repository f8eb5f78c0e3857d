package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"maps"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// identity is a certificate that vouches for itself, and where it and its key are kept.
type identity struct {
	cert, key string
	trusted   *x509.CertPool
}

func newIdentity(t *testing.T) identity {
	t.Helper()
	pair, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	cert, certErr := x509.CreateCertificate(rand.Reader, about, about, pair.Public(), pair)
	key, keyErr := x509.MarshalPKCS8PrivateKey(pair)
	parsed, parseErr := x509.ParseCertificate(cert)
	folder := t.TempDir()
	own := identity{filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem"), x509.NewCertPool()}
	for _, err := range []error{
		certErr, keyErr, parseErr,
		os.WriteFile(own.cert, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert}), 0o600),
		os.WriteFile(own.key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key}), 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	own.trusted.AddCert(parsed)
	return own
}

// wayIn is how a client gets to a server.
type wayIn struct {
	client  *http.Client
	address string
	header  http.Header
}

const doorSecret = "a-secret-for-the-front-door"

const modernCall = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":%q,"arguments":%s,"_meta":{` +
	`"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"},` +
	`"io.modelcontextprotocol/clientCapabilities":{}}}}`

func (in wayIn) whoami(t *testing.T) (int, string, error) {
	t.Helper()
	return in.call(t, "whoami", "{}")
}

// call calls a tool, and returns the status and the body of the answer.
func (in wayIn) call(t *testing.T, tool, arguments string) (int, string, error) {
	t.Helper()
	return in.post(t, tool, fmt.Sprintf(modernCall, tool, arguments))
}

// post posts the call of a tool.
func (in wayIn) post(t *testing.T, tool, body string) (int, string, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, in.address+"/mcp", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = http.Header{
		"Authorization": {"Bearer " + doorSecret}, "Content-Type": {"application/json"}, "Accept": {"application/json, text/event-stream"},
		"Mcp-Protocol-Version": {"2026-07-28"}, "Mcp-Method": {"tools/call"}, "Mcp-Name": {tool},
	}
	maps.Copy(r.Header, in.header)
	answer, err := in.client.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	text, _ := io.ReadAll(answer.Body) // who is shown out may find the line reset
	return answer.StatusCode, string(text), nil
}

// listening starts a server that uses the owner's key, and returns its address. It ends with the test.
func listening(t *testing.T, words ...string) string {
	t.Helper()
	return newTown(t).listening(t, words...)
}

func (place town) listening(t *testing.T, words ...string) string {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	running := newShell(t, place.url).with("KANEO_API_KEY", place.Who("owner").APIKey, "KANEO_MCP_HTTP_TOKEN", doorSecret).
		start(ctx, append([]string{"serve", "--listen", "127.0.0.1:0"}, words...)...)
	t.Cleanup(func() {
		cancel()
		running.wait().check(t, exitDone)
	})
	return running.err.await(t, `serving MCP at (https?://127\.0\.0\.1:\d+)/mcp`)
}

// plainClient is one without TLS that keeps no connection.
func plainClient() *http.Client {
	return &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
}

// trusting is a client that knows one certificate, and keeps no connection.
func trusting(own identity, newest uint16) *http.Client {
	return &http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{
		RootCAs: own.trusted, MinVersion: tls.VersionTLS10, MaxVersion: newest,
	}}}
}

func TestTLS(t *testing.T) {
	t.Parallel()
	own := newIdentity(t)
	at := listening(t, "--tls-cert", own.cert, "--tls-key", own.key)
	plainly := strings.Replace(at, "https:", "http:", 1)
	for name, test := range map[string]struct {
		way       wayIn
		status    int // 0: no answer
		said, err string
	}{
		"TLS 1.3":          {wayIn{trusting(own, tls.VersionTLS13), at, nil}, http.StatusOK, "Ada", ""},
		"TLS 1.2":          {wayIn{trusting(own, tls.VersionTLS12), at, nil}, http.StatusOK, "Ada", ""},
		"TLS 1.1":          {wayIn{trusting(own, tls.VersionTLS11), at, nil}, 0, "", "protocol version"},
		"no TLS":           {wayIn{trusting(own, 0), plainly, nil}, http.StatusBadRequest, "HTTP request to an HTTPS server", ""},
		"somebody else's":  {wayIn{trusting(newIdentity(t), 0), at, nil}, 0, "", "certificate"},
		"its own web page": {wayIn{trusting(own, 0), at, http.Header{"Origin": {at}}}, http.StatusOK, "Ada", ""},
		"the plain page":   {wayIn{trusting(own, 0), at, http.Header{"Origin": {plainly}}}, http.StatusForbidden, "origin", ""},
	} {
		status, text, err := test.way.whoami(t)
		if status != test.status || !strings.Contains(text, test.said) || (err == nil) != (test.err == "") ||
			err != nil && !strings.Contains(err.Error(), test.err) {
			t.Errorf("%s: status %d, %q, %v", name, status, text, err)
		}
	}
}

// TestBadCertificates end the program at its start, with one sentence that says what is wrong with them.
func TestBadCertificates(t *testing.T) {
	t.Parallel()
	own, other := newIdentity(t), newIdentity(t)
	missing, noPEM := filepath.Join(t.TempDir(), "none.pem"), filepath.Join(t.TempDir(), "no.pem")
	if err := os.WriteFile(noPEM, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ cert, key, want string }{
		"no certificate":      {missing, own.key, missing},
		"no key":              {own.cert, missing, missing},
		"a folder":            {t.TempDir(), own.key, "is a directory"},
		"not PEM":             {noPEM, own.key, "certificate"},
		"key not PEM":         {own.cert, noPEM, "key"},
		"of another":          {own.cert, other.key, "does not match"},
		"the wrong way round": {own.key, own.cert, "certificate"},
	} {
		end := newShell(t, nowhere(t)).with("KANEO_MCP_HTTP_TOKEN", doorSecret).
			run("serve", "--listen", "127.0.0.1:0", "--tls-cert", test.cert, "--tls-key", test.key)
		if end.code != exitMisuse || strings.Count(end.err, "\n") != 1 || !strings.Contains(end.err, test.want) {
			t.Errorf("%s: code %d, %s", name, end.code, end.err)
		}
	}
}

func TestBehindAProxy(t *testing.T) {
	t.Parallel()
	forwarded := http.Header{"X-Forwarded-Host": {"mcp.example"}, "X-Forwarded-For": {"203.0.113.9"}, "X-Forwarded-Proto": {"https"}}
	for name, test := range map[string]struct {
		words  string
		header http.Header
		status int
	}{
		"the proxy":                {"--behind-proxy 127.0.0.1 --allow-host mcp.example", forwarded, http.StatusOK},
		"for a name nobody allows": {"--behind-proxy 127.0.0.0/8", forwarded, http.StatusForbidden},
		"not through the proxy":    {"--behind-proxy 10.0.0.5 --allow-host mcp.example", forwarded, http.StatusForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := listening(t, strings.Fields(test.words)...)
			if status, text, err := (wayIn{plainClient(), at, test.header}).whoami(t); status != test.status || err != nil {
				t.Errorf("status %d, %q, %v", status, text, err)
			}
		})
	}
}
