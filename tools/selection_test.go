package tools

import (
	"slices"
	"strings"
	"testing"
)

func TestSelection(t *testing.T) {
	t.Parallel()
	all := namesOfTools(Selection{Toolsets: []string{AllToolsets}})
	for name, test := range map[string]struct {
		of              Selection
		has, hasNot     string
		onlyWith        func(Tool) bool
		atLeast, atMost int
	}{
		"default":           {of: Selection{}, has: "list_tasks my_work edit_description undo_last link_tasks", hasNot: "log_time", atLeast: 15, atMost: len(all)},
		"one toolset":       {of: Selection{Toolsets: []string{"talk"}}, has: "add_comment", hasNot: "get_board", atLeast: 3, atMost: 10},
		"default and more":  {of: Selection{Toolsets: []string{"default", "talk"}}, has: "add_comment get_board", atLeast: 15, atMost: len(all)},
		"single tools":      {of: Selection{Only: []string{"get_task", "search"}}, has: "get_task search", atLeast: 2, atMost: 2},
		"toolset and tool":  {of: Selection{Toolsets: []string{"board"}, Only: []string{"search"}}, has: "get_board search", hasNot: "get_task", atLeast: 4, atMost: 8},
		"without":           {of: Selection{Only: []string{"search"}, Without: []string{"search"}}, atMost: 0},
		"read-only":         {of: Selection{Toolsets: []string{AllToolsets}, ReadOnly: true}, has: "my_work get_board", hasNot: "undo_last add_comment", onlyWith: func(t Tool) bool { return t.Effect == Reads }, atLeast: 10, atMost: len(all)},
		"read-only is firm": {of: Selection{Only: []string{"delete_tasks"}, ReadOnly: true}, atMost: 0},
		"no-delete":         {of: Selection{Toolsets: []string{AllToolsets}, NoDelete: true}, has: "update_tasks", hasNot: "delete_tasks delete_comment", onlyWith: func(t Tool) bool { return t.Effect != Destroys }, atLeast: 15, atMost: len(all)},
	} {
		if err := test.of.Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		got := namesOfTools(test.of)
		for tool := range strings.FieldsSeq(test.has) {
			if !slices.Contains(got, tool) {
				t.Errorf("%s: %s is missing in %v", name, tool, got)
			}
		}
		for tool := range strings.FieldsSeq(test.hasNot) {
			if slices.Contains(got, tool) {
				t.Errorf("%s: %s is there", name, tool)
			}
		}
		for _, tool := range New(nil, test.of).Tools() {
			if test.onlyWith != nil && !test.onlyWith(tool) {
				t.Errorf("%s: %s is there", name, tool.Name)
			}
		}
		if len(got) < test.atLeast || len(got) > test.atMost {
			t.Errorf("%s: %d tools: %v", name, len(got), got)
		}
	}
}

func namesOfTools(s Selection) []string {
	var names []string
	for _, t := range New(nil, s).Tools() {
		names = append(names, t.Name)
	}
	return names
}

func TestSelectionOfWhatIsNotThere(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		of   Selection
		want string
	}{
		{Selection{Toolsets: []string{"default", "moon"}}, `there is no toolset "moon"; there are board, tasks`},
		{Selection{Only: []string{"get_moon"}}, `there is no tool "get_moon"; there are list_projects`},
		{Selection{Without: []string{""}}, `there is no tool ""`},
	} {
		if err := test.of.Check(); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%+v: %v", test.of, err)
		}
	}
}
