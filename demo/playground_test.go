package demo

import (
	"context"
	"errors"
	"net/http"
	"testing"
)

func TestOnlyThisMachine(t *testing.T) {
	t.Parallel()
	for address, allowed := range map[string]bool{
		"127.0.0.1:0": true, "localhost:0": true, "127.0.0.2:80": true, "[::1]:1337": true,
		"0.0.0.0:0": false, ":0": false, "[::]:0": false, "192.168.0.1:80": false, "kaneo.example:80": false,
		"127.0.0.1": false, "": false, "127.0.0.1.example:80": false,
	} {
		if got := onLoopback(address); got != allowed {
			t.Errorf("%q: %t", address, got)
		}
	}
	if _, err := Open(t.Context(), "0.0.0.0:0"); !errors.Is(err, ErrNotLoopback) {
		t.Errorf("open to all: %v", err)
	}
}

func TestPlayground(t *testing.T) {
	t.Parallel()
	p, err := Open(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.URL+"/api/project?workspaceId="+p.Residents.Workspace.ID, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+p.Residents.Who("owner").APIKey)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	http.DefaultClient.CloseIdleConnections()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("status %d", answer.StatusCode)
	}
	if err := p.Approve("NOTTHERE"); err == nil {
		t.Error("a code that nobody asked for was approved")
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if err := p.Wait(ended); err != nil {
		t.Errorf("after the end of the context: %v", err)
	}
	p.Close()
	if err := p.Wait(t.Context()); !errors.Is(err, http.ErrServerClosed) {
		t.Errorf("after the end of the playground: %v", err)
	}
}
