package tools

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// Bounds in bytes: a token is some four of them.
const (
	mostByDefault = 10_000 // 2,500 tokens
	mostEver      = 80_000 // 20,000 tokens
)

// TestLargeBoardsStayReadable has a thousand tasks more than the seed.
func TestLargeBoardsStayReadable(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.kaneo.SeedTasks(o.Project("WEB").ID, 1_000)
	v := o.visitor(o.Who("owner").Session)
	for _, test := range []struct {
		said
		most int
		ends string
	}{
		{said{"get_board", `{"project":"WEB"}`}, mostByDefault, ""},
		{said{"list_tasks", `{"projects":["WEB"]}`}, mostByDefault, "50 of 767 shown. Next: page=2, or narrow the filter."},
		{said{"list_tasks", `{"projects":["WEB"],"limit":200}`}, mostEver, "200 of 767 shown. Next: page=2, or narrow the filter."},
		{said{"search", `{"query":"a"}`}, mostByDefault, "There may be more: raise limit, or add words."},
		{said{"search", `{"query":"a","limit":50}`}, mostEver, "There may be more: raise limit, or add words."},
	} {
		got := v.says(test.tool, test.args)
		if len(got) > test.most || !strings.HasSuffix(got, test.ends) {
			t.Errorf("%s %s: %d bytes of %d, ending\n%s", test.tool, test.args, len(got), test.most, got[max(0, len(got)-200):])
		}
	}
	board := v.says("get_board", `{"project":"WEB"}`)
	if n := strings.Count(board, "\nWEB-"); n != boardRows {
		t.Errorf("the board shows %d tasks, want %d", n, boardRows)
	}
	if n := strings.Count(board, " not shown; list_tasks with this status pages through all"); n != 4 {
		t.Errorf("%d columns say that they are cut, want 4", n)
	}
}

// TestLongTextsAreCut: 200 KB of description and of a comment are cut, and the answer says so, in full as well.
func TestLongTextsAreCut(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.task("WEB", "Long", strings.Repeat("0123456789", 20_000))
	v := o.visitor(o.Who("owner").Session)
	v.says("add_comment", fmt.Sprintf(`{"task":"WEB-25","text":%q}`, strings.Repeat("abcdefghi ", 20_000)))
	for _, test := range []struct {
		args                 string
		description, comment int // characters
		says                 []string
	}{
		{
			`{"task":"WEB-25","include":["description","comments"]}`, descriptionLength, commentLength,
			[]string{"The description goes on: full=true shows more of it.", "The comment goes on: full=true shows more of it."},
		},
		{
			`{"task":"WEB-25","include":["description","comments"],"full":true}`, 30_000, 8_000,
			[]string{"The description goes on for 170001 more characters: read it in Kaneo.", "The comment goes on for 192000 more characters: read it in Kaneo."},
		},
	} {
		got := v.says("get_task", test.args)
		if len(got) > mostEver {
			t.Errorf("%s: %d bytes", test.args, len(got))
		}
		for _, note := range test.says {
			if !strings.Contains(got, "\n"+note) {
				t.Errorf("%s does not say %q: %s", test.args, note, shorn(got))
			}
		}
		for prefix, most := range map[string]int{"> 0": test.description, "> a": test.comment} {
			if n := longestLine(got, prefix); n > most+2 || n < most-10 {
				t.Errorf("%s: %d characters after %q, want %d", test.args, n, prefix, most)
			}
		}
	}
}

func longestLine(text, prefix string) int {
	longest := 0
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(line, prefix) {
			longest = max(longest, len([]rune(line)))
		}
	}
	return longest
}

// shorn leaves the short lines.
func shorn(text string) string {
	var short []string
	for line := range strings.Lines(text) {
		if len(line) < 200 {
			short = append(short, line)
		}
	}
	return strings.Join(short, "")
}

// TestFullAnswersStayBounded has sixty long comments, and more.
func TestFullAnswersStayBounded(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.task("WEB", "Talkative", strings.Repeat("0123456789", 5_000))
	v := o.visitor(o.Who("owner").Session)
	for i := range 70 {
		v.says("add_comment", fmt.Sprintf(`{"task":"WEB-25","text":"%d %s"}`, i, strings.Repeat("abcdefghi ", 1_000)))
	}
	got := v.says("get_task", `{"task":"WEB-25","include":["comments"]}`)
	if !strings.Contains(got, "70 comments:\n(the latest 10; full=true shows more)\n") {
		t.Errorf("it does not say that comments are left out: %s", shorn(got))
	}
	if len(got) > mostByDefault {
		t.Errorf("%d bytes", len(got))
	}
	got = v.says("get_task", `{"task":"WEB-25","include":["comments"],"full":true}`)
	if len(got) > mostEver {
		t.Errorf("in full: %d bytes", len(got))
	}
	if !strings.Contains(got, "70 comments:\n(the latest 5; read the others in Kaneo)\n") {
		t.Errorf("in full it does not say that comments are left out: %s", shorn(got))
	}
	if !strings.Contains(got, "> 69 abcdefghi") {
		t.Errorf("in full the latest comment is missing: %s", shorn(got))
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	v := o.visitor(o.Who("owner").Session)
	many := make([]string, 101)
	for i := range many {
		many[i] = fmt.Sprintf(`"WEB-%d"`, i+1)
	}
	drafts := strings.Repeat(`{"title":"x"},`, 100) + `{"title":"x"}`
	for _, test := range []struct {
		said
		want string
	}{
		{said{"list_tasks", `{"limit":201}`}, "ERROR limit must be 1 to 200, and page at least 1."},
		{said{"list_tasks", `{"limit":-1}`}, "ERROR limit must be 1 to 200, and page at least 1."},
		{said{"list_tasks", `{"page":-1}`}, "ERROR limit must be 1 to 200, and page at least 1."},
		{said{"search", `{"query":"x","limit":51}`}, "ERROR limit must be 1 to 50."},
		{said{"search", `{"query":"x","limit":-1}`}, "ERROR limit must be 1 to 50."},
		{said{"create_tasks", `{"project":"WEB","tasks":[` + drafts + `]}`}, "ERROR Give 1 to 100 tasks in one call, not 101. Nothing was created."},
		{
			said{"update_tasks", `{"tasks":[` + strings.Join(many, ",") + `],"status":"done"}`},
			"ERROR 101 tasks are too many for one call: name at most 100, and call again for the rest. Nothing was changed.",
		},
		{
			said{"delete_tasks", `{"tasks":[` + strings.Join(many, ",") + `]}`},
			"ERROR 101 tasks are too many for one call: name at most 100, and call again for the rest. Nothing was changed.",
		},
	} {
		if got := v.says(test.tool, test.args); got != test.want {
			t.Errorf("%s: %q, want %q", test.tool, got, test.want)
		}
	}
}

// TestManyLabelsAndColumns: the errors that list what there is count the rest after ten.
func TestManyLabelsAndColumns(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for i := range 20 {
		o.post(http.MethodPost, "/label", map[string]string{
			"name": fmt.Sprintf("label %02d", i), "color": "#64748b", "workspaceId": o.Workspace.ID,
		})
	}
	v := o.visitor(o.Who("owner").Session)
	got := v.says("update_tasks", `{"tasks":["WEB-1"],"add_labels":["nonsense"]}`)
	if !strings.HasSuffix(got, " and 13 more.") {
		t.Errorf("%q", got)
	}
}

// TestLongNamesAreCut: whatever can be named is named shortly in lists, however long Kaneo lets its name be.
func TestLongNamesAreCut(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	long := strings.Repeat("x", 5_000)
	made := o.post(http.MethodPost, "/project", map[string]string{"name": long, "slug": "LONG", "icon": "Layout", "workspaceId": o.Workspace.ID})
	o.post(http.MethodPost, "/column/"+made, map[string]string{"name": long})
	task := o.post(http.MethodPost, "/task/"+made, map[string]string{"title": long, "description": "", "priority": "low", "status": "to-do"})
	for range 3 {
		o.post(http.MethodPost, "/label", map[string]string{"name": long, "color": "#64748b", "workspaceId": o.Workspace.ID, "taskId": task})
		long += "y"
	}
	v := o.visitor(o.Who("owner").Session)
	for _, call := range []said{
		{"list_projects", `{}`}, {"get_project", `{"project":"LONG"}`}, {"get_board", `{"project":"LONG"}`}, {"list_tasks", `{"projects":["LONG"]}`},
		{"search", `{"query":"LONG-1"}`}, {"list_workspaces", `{}`}, {"delete_tasks", `{"tasks":["LONG-1"]}`}, {"get_task", `{"task":"LONG-1"}`},
		{"update_tasks", `{"tasks":["LONG-1"],"project":"WEB"}`}, {"update_tasks", `{"tasks":["LONG-1"],"status":"nonsense"}`},
	} {
		if got := v.says(call.tool, call.args); len(got) > 1_500 {
			t.Errorf("%s %s: %d bytes", call.tool, call.args, len(got))
		}
	}
}
