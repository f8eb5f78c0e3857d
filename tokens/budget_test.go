package tokens_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/tiktoken-go/tokenizer"

	"kaneo-mcp/server"
	"kaneo-mcp/tools"
)

// TestBudgets calls tools as an agent does that names no more than it has to, and counts the o200k_base tokens of what
// comes back.
func TestBudgets(t *testing.T) {
	t.Parallel()
	medium, large := newOffice(t, 120), newOffice(t, 1_000)
	for _, test := range []struct {
		what string
		most int
		text string
	}{
		{"list of tools", 4_000, listing(t, tools.New(nil, tools.Selection{}))},
		{"everything on", 8_000, listing(t, tools.New(nil, everything()))},
		{"get_board, 120 tasks", 2_400, medium.call(t, "get_board", `{"project":"SHOP"}`)},
		{"list_tasks, 120 tasks", 1_400, medium.call(t, "list_tasks", `{}`)},
		{"my_work, 1,000 tasks", 1_600, large.call(t, "my_work", `{}`)},
		{"what_changed, 1,000 tasks", 1_000, large.call(t, "what_changed", `{}`)},
		{"get_board, 1,000 tasks", 2_500, large.call(t, "get_board", `{"project":"SHOP"}`)},
		{"list_tasks, 1,000 tasks", 1_400, large.call(t, "list_tasks", `{}`)},
		{"search, 1,000 tasks", 350, large.call(t, "search", `{"query":"login"}`)},
		{"get_task", 100, large.call(t, "get_task", `{"task":"SHOP-1"}`)},
		{"get_project", 100, large.call(t, "get_project", `{"project":"SHOP"}`)},
	} {
		t.Run(test.what, func(t *testing.T) {
			t.Parallel()
			got := count(t, test.text)
			t.Logf("%-24s %5d of %5d tokens, %3d lines", test.what, got, test.most, strings.Count(test.text, "\n")+1)
			if got > test.most {
				t.Errorf("%s takes %d tokens, %d over the budget:\n%.1500s", test.what, got, got-test.most, test.text)
			}
		})
	}
}

// everything switches every tool on.
func everything() tools.Selection { return tools.Selection{Toolsets: []string{tools.AllToolsets}} }

// listing is the answer to tools/list as a host hands it to a model.
func listing(t *testing.T, catalogue *tools.Catalogue) string {
	t.Helper()
	var all strings.Builder
	for _, tool := range server.Listing(catalogue) {
		text, err := json.Marshal(tool)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%-24s %5d tokens", tool.Name, count(t, string(text)))
		all.Write(append(text, ','))
	}
	return "[" + strings.TrimSuffix(all.String(), ",") + "]"
}

func count(t *testing.T, text string) int {
	t.Helper()
	codec, err := tokenizer.Get(tokenizer.O200kBase)
	if err != nil {
		t.Fatal(err)
	}
	n, err := codec.Count(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
