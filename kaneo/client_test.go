package kaneo_test

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"kaneo-mcp/kaneo"
)

func TestParseBase(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"https://kaneo.example", "https://kaneo.example/api"},
		{"https://kaneo.example/", "https://kaneo.example/api"},
		{" https://kaneo.example/api\n", "https://kaneo.example/api"},
		{"https://kaneo.example/api/", "https://kaneo.example/api"},
		{"https://kaneo.example//", "https://kaneo.example/api"},
		{"HTTP://localhost:5173", "http://localhost:5173/api"},
		{"https://x.example/kaneo", "https://x.example/kaneo/api"},
		{"https://x.example/kaneo/api/", "https://x.example/kaneo/api"},
		{"https://x.example/a%2Fb", "https://x.example/a%2Fb/api"},
		{"https://[::1]:1337", "https://[::1]:1337/api"},
		{"https://x.example/rapi", "https://x.example/rapi/api"},
		{"", ""}, {"kaneo.example", ""}, {"ftp://kaneo.example", ""}, {"https://", ""}, {"https:///api", ""}, {"https://:1337", ""},
		{"https://ada:hunter2@kaneo.example", ""}, {"https://kaneo.example?token=hunter2", ""}, {"https://kaneo.example?", ""},
		{"https://kaneo.example/#hunter2", ""}, {"https://kaneo.example/#", ""}, {"https://hunter2%zz", ""}, {"/api", ""},
	}
	for _, tt := range tests {
		got, err := kaneo.ParseBase(tt.in)
		switch {
		case tt.want == "" && err == nil:
			t.Errorf("%q passes as %v", tt.in, got)
		case tt.want == "" && strings.Contains(err.Error(), "hunter2"):
			t.Errorf("%q: the error gives the secret away", tt.in)
		case tt.want != "" && (err != nil || got.String() != tt.want):
			t.Errorf("%q: got %v, %v, want %s", tt.in, got, err, tt.want)
		}
	}
}

// only lets the bearer in, and keeps what else was tried.
func only(token string, seen *[]string) wire {
	return func(r *http.Request) (*http.Response, error) {
		*seen = append(*seen, r.Header.Get("Authorization"))
		if r.Header.Get("Authorization") != "Bearer "+token {
			return plain(401, "Unauthorized"), nil
		}
		return jsonReply(200, `{"id":"task1"}`), nil
	}
}

func TestCredentials(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		tokens *tokens
		seen   []string
		kind   kaneo.Kind
		err    error
	}{
		{"good", &tokens{first: "good"}, []string{"Bearer good"}, 0, nil},
		{"replaced", &tokens{first: "old", next: "good"}, []string{"Bearer old", "Bearer good"}, 0, nil},
		{"replaced in vain", &tokens{first: "old", next: "older"}, []string{"Bearer old", "Bearer older"}, kaneo.NotSignedIn, nil},
		{"no other", &tokens{first: "old"}, []string{"Bearer old"}, 0, errSignedOut},
		{"none", &tokens{}, nil, 0, errSignedOut},
	}
	for _, tt := range tests {
		for _, write := range []bool{false, true} {
			var seen []string
			c := client(t, only("good", &seen), func(o *kaneo.Options) { o.Tokens = tt.tokens })
			err := call(t.Context(), c, write)
			if diff := cmp.Diff(tt.seen, seen); diff != "" {
				t.Errorf("%s: %s", tt.name, diff)
			}
			if kaneo.KindOf(err) != tt.kind || tt.kind == 0 && !errors.Is(err, tt.err) {
				t.Errorf("%s: got %v", tt.name, err)
			}
			if err != nil && (strings.Contains(err.Error(), "old") || strings.Contains(err.Error(), "good")) {
				t.Errorf("%s: %v gives the token away", tt.name, err)
			}
		}
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		write bool
		want  http.Header
	}{
		{"read", false, http.Header{"Accept": {"application/json"}, "Authorization": {"Bearer first-secret"}, "User-Agent": {"kaneo-mcp/1.2"}}},
		{"write", true, http.Header{"Accept": {"application/json"}, "Authorization": {"Bearer first-secret"}, "User-Agent": {"kaneo-mcp/1.2"}, "Content-Type": {"application/json"}}},
	}
	for _, tt := range tests {
		var got http.Header
		c := client(t, wire(func(r *http.Request) (*http.Response, error) {
			got = r.Header
			return jsonReply(200, `{"id":"task1"}`), nil
		}), func(o *kaneo.Options) { o.UserAgent = "kaneo-mcp/1.2" })
		if err := call(t.Context(), c, tt.write); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func TestIDs(t *testing.T) {
	t.Parallel()
	tests := []struct{ id, path string }{
		{"abc123", "/api/task/abc123"},
		{"a/b", "/api/task/a%2Fb"},
		{"a?b", "/api/task/a%3Fb"},
		{"a#b", "/api/task/a%23b"},
		{"a b", "/api/task/a%20b"},
		{"%2e%2e", "/api/task/%252e%252e"},
		{"WEB-12", "/api/task/WEB-12"},
		{"", ""}, {".", ""}, {"..", ""}, {"../x", ""}, {"a/../../b", ""}, {"a\nb", ""}, {"a\x00", ""}, {"\xff", ""},
	}
	for _, tt := range tests {
		var path string
		c := client(t, wire(func(r *http.Request) (*http.Response, error) {
			path = r.URL.EscapedPath()
			return jsonReply(200, `{"id":"task1"}`), nil
		}))
		_, err := c.Task(t.Context(), tt.id)
		if path != tt.path || (kaneo.KindOf(err) == kaneo.Invalid) != (tt.path == "") {
			t.Errorf("%q: asked %q, %v", tt.id, path, err)
		}
	}
}

func TestTextsThatKaneoCanNotStore(t *testing.T) {
	t.Parallel()
	c := client(t, wire(func(*http.Request) (*http.Response, error) {
		t.Error("sent")
		return nil, errReset
	}))
	ctx := t.Context()
	for _, bad := range []string{"a\x00b", "\xed\xa0\x80", "\xff"} {
		calls := map[string]func() error{
			"title":  func() error { _, err := c.SetTitle(ctx, "t", bad); return err },
			"create": func() error { _, err := c.CreateTask(ctx, "p", kaneo.NewTask{Description: bad}); return err },
			"replace": func() error {
				_, err := c.ReplaceTask(ctx, "t", kaneo.FullTask{Status: bad})
				return err
			},
			"assignee": func() error { _, err := c.SetAssignee(ctx, "t", bad); return err },
			"comment":  func() error { _, err := c.AddComment(ctx, "t", bad); return err },
			"move":     func() error { _, err := c.MoveTask(ctx, "t", "p", bad); return err },
			"label":    func() error { _, err := c.CreateLabel(ctx, "w", bad, ""); return err },
			"search": func() error {
				_, err := c.Search(ctx, kaneo.SearchQuery{Text: bad, WorkspaceID: "w"})
				return err
			},
			"filter": func() error { _, err := c.Board(ctx, "p", kaneo.BoardFilter{Status: bad}); return err },
		}
		for name, call := range calls {
			if err := call(); kaneo.KindOf(err) != kaneo.Invalid || strings.Contains(err.Error(), bad) {
				t.Errorf("%s %q: %v", name, bad, err)
			}
		}
	}
}

func TestInFlight(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var now, most atomic.Int64
		c := client(t, wire(func(*http.Request) (*http.Response, error) {
			most.Store(max(most.Load(), now.Add(1)))
			<-time.After(time.Second)
			now.Add(-1)
			return jsonReply(200, `{"id":"task1"}`), nil
		}), func(o *kaneo.Options) { o.InFlight = 3 })
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				if _, err := c.Task(t.Context(), "task1"); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if most.Load() != 3 {
			t.Errorf("%d requests at a time, want 3", most.Load())
		}
	})
}

func TestSearchGuards(t *testing.T) {
	t.Parallel()
	tests := []struct {
		query kaneo.SearchQuery
		want  string // "" is not asked
	}{
		{kaneo.SearchQuery{Text: "web-12", WorkspaceID: "w"}, "q=web-12&workspaceId=w"},
		{kaneo.SearchQuery{Text: "WEB-2147483647", WorkspaceID: "w", Limit: 99}, "limit=50&q=WEB-2147483647&workspaceId=w"},
		{kaneo.SearchQuery{Text: "WEB-0000000000000000000001", WorkspaceID: "w", Limit: -1}, "limit=1&q=WEB-0000000000000000000001&workspaceId=w"},
		{kaneo.SearchQuery{Text: "a&b", WorkspaceID: "w", Type: kaneo.SearchTasks, ProjectID: "p", Limit: 5}, "limit=5&projectId=p&q=a%26b&type=tasks&workspaceId=w"},
		{kaneo.SearchQuery{Text: "call WEB-99999999999", WorkspaceID: "w"}, "q=call+WEB-99999999999&workspaceId=w"},
		{kaneo.SearchQuery{Text: "WEB-2147483648", WorkspaceID: "w"}, ""},
		{kaneo.SearchQuery{Text: "Å_1-99999999999999999999", WorkspaceID: "w"}, ""},
		{kaneo.SearchQuery{Text: "", WorkspaceID: "w"}, ""},
		{kaneo.SearchQuery{Text: "x"}, ""},
	}
	for _, tt := range tests {
		var got string
		c := client(t, wire(func(r *http.Request) (*http.Response, error) {
			got = r.URL.RawQuery
			return jsonReply(200, `{"results":[{"id":"1","type":"task","relevanceScore":10}],"totalCount":1}`), nil
		}))
		hits, err := c.Search(t.Context(), tt.query)
		if got != tt.want || (err == nil) != (tt.want != "") || err == nil && len(hits) != 1 {
			t.Errorf("%+v: asked %q, %v", tt.query, got, err)
		}
		if err != nil && kaneo.KindOf(err) != kaneo.Invalid {
			t.Errorf("%+v: %v", tt.query, err)
		}
	}
}
