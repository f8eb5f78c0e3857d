package sandbox

import (
	"net/http"
	"testing"

	"golang.org/x/sync/errgroup"
)

func TestConcurrentCreatesGetTheirOwnNumbers(t *testing.T) {
	t.Parallel()
	h, project := emptyProject(t, Options{})
	const n = 50
	answers := make([]said, n)
	var creating errgroup.Group
	for i := range answers {
		creating.Go(func() error {
			answers[i] = h.write("member", http.MethodPost, "/api/task/"+project,
				`{"title":"t","description":"","priority":"low","status":"to-do"}`)
			return nil
		})
	}
	_ = creating.Wait() // none returns an error
	seen := map[string]bool{}
	for _, a := range answers {
		seen[a.get("number")] = true
	}
	if len(seen) != n {
		t.Errorf("%d numbers for %d tasks", len(seen), n)
	}
}
