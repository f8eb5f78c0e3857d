package sandbox

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestGzipWhenAsked(t *testing.T) {
	t.Parallel()
	h := newHousehold(t, Options{})
	path := "/api/task/tasks/" + h.Project("WEB").ID
	plain := h.must(h.get(path, h.Who("owner").Session)).body

	r := httptest.NewRequest(http.MethodGet, "https://kaneo.example"+path, nil)
	r.Header.Set("Authorization", "Bearer "+h.Who("owner").Session)
	r.Header.Set("Accept-Encoding", "gzip")
	w := httptest.NewRecorder()
	h.k.ServeHTTP(w, r)
	if w.Header().Get("Content-Encoding") != "gzip" || w.Body.Len() > len(plain)/4 {
		t.Fatalf("%q, %d of %d bytes", w.Header().Get("Content-Encoding"), w.Body.Len(), len(plain))
	}
	unpacked, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(unpacked); err != nil || string(got) != plain {
		t.Errorf("unpacked it is another answer (%v)", err)
	}
}

func TestContentTypes(t *testing.T) {
	t.Parallel()
	h := newHousehold(t, Options{})
	for contentType, status := range map[string]int{
		"application/json":                  200,
		"application/json; charset=utf-8":   200,
		"application/vnd.api+json":          200,
		"text/plain":                        400, // reads as {}
		"application/x-www-form-urlencoded": 400,
		"":                                  400,
	} {
		got := h.send("POST", "/api/label", `{"name":"n","color":"#000","workspaceId":"`+h.Workspace.ID+`"}`,
			"Authorization", "Bearer "+h.Who("member").Session, "Content-Type", contentType)
		if got.status != status {
			t.Errorf("%q: %d %s, want %d", contentType, got.status, got.body, status)
		}
	}
}

// An outsider with an invalid body is told about the body, with a valid one about
// the door (kaneo-api.md §2, order of checks).
func TestOrderOfChecks(t *testing.T) {
	t.Parallel()
	h := newHousehold(t, Options{})
	outsider := h.signUp("outsider")
	path, whole := "/api/task/"+h.Project("WEB").ID, `{"title":"t","description":"","priority":"low","status":"nope"}`
	for _, c := range []struct {
		name, token, path, body string
		status                  int
		says                    string
	}{
		{"nobody", "", path, `{}`, 401, "Unauthorized"},
		{"outsider, bad body", outsider, path, `{}`, 400, `Expected \"title\"`},
		{"outsider, unknown project", outsider, "/api/task/nope", whole, 400, "Workspace ID could not be determined"},
		{"outsider", outsider, path, whole, 403, "You don't have access to this workspace"},
		{"viewer", h.Who("viewer").Session, path, whole, 403, "Insufficient permissions"},
		{"member", h.Who("member").Session, path, whole, 400, `Invalid status "nope"`},
	} {
		if got := h.post(c.path, c.token, c.body); got.status != c.status || !strings.Contains(got.body, c.says) {
			t.Errorf("%s: %d %s, want %d with %s", c.name, got.status, got.body, c.status, c.says)
		}
	}
}
