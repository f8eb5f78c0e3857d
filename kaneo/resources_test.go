package kaneo_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kaneo-mcp/kaneo"
	"kaneo-mcp/sandbox"
)

func (i *instance) newTask(t *testing.T, title string) kaneo.Task {
	t.Helper()
	task, err := i.CreateTask(t.Context(), i.project, kaneo.NewTask{Title: title})
	if err != nil {
		t.Fatal(err)
	}
	return task
}

func TestWhereThingsAre(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{})
	ctx := t.Context()
	workspaces, err := i.Workspaces(ctx)
	if err != nil || len(workspaces) != 1 || workspaces[0].ID != i.workspace || workspaces[0].Name != "Acme" {
		t.Errorf("workspaces: %+v, %v", workspaces, err)
	}
	members, err := i.Members(ctx, i.workspace)
	if want := []kaneo.Member{{ID: i.userID, Name: "Ada", Email: "ada@example.com", Role: "owner"}}; err != nil || !cmp.Equal(want, members) {
		t.Errorf("members: %+v, %v", members, err)
	}
	i.ask(t, "PUT", "/project/"+i.newProject(t, "OLD")+"/archive", `{}`)
	for _, archived := range []bool{false, true} {
		projects, err := i.Projects(ctx, i.workspace, archived)
		if err != nil || (len(projects) == 2) != archived || projects[0].Slug != "WEB" || !projects[0].ArchivedAt.IsZero() {
			t.Errorf("projects, archived %v: %+v, %v", archived, projects, err)
		}
	}
	columns, err := i.Columns(ctx, i.project)
	if err != nil || len(columns) != 4 || columns[3].Slug != "done" || !columns[3].IsFinal || columns[0].ID == "to-do" {
		t.Errorf("columns: %+v, %v", columns, err)
	}
	if me, err := i.Me(ctx); err != nil || me.User.ID != i.userID || me.IsKey || me.ExpiresAt.IsZero() {
		t.Errorf("me: %+v, %v", me, err)
	}
	if _, err := i.Config(ctx); err != nil {
		t.Errorf("config: %v", err)
	}
}

func TestComments(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{})
	ctx := t.Context()
	task := i.newTask(t, "t")
	made, err := i.AddComment(ctx, task.ID, "one\n\n\ntwo")
	if err != nil || made.Type != "comment" || made.TaskID != task.ID {
		t.Fatalf("added: %+v, %v", made, err)
	}
	if edited, err := i.EditComment(ctx, made.ID, "three"); err != nil || edited.Content != "three" {
		t.Errorf("edited: %+v, %v", edited, err)
	}
	all, err := i.Comments(ctx, task.ID)
	if err != nil || len(all) != 1 || all[0].ID != made.ID || all[0].Content != "three" || all[0].Author.Name != "Ada" || all[0].UserID != i.userID {
		t.Errorf("listed: %+v, %v", all, err)
	}
	if err := i.DeleteComment(ctx, made.ID); err != nil {
		t.Error(err)
	}
	if all, err := i.Comments(ctx, task.ID); err != nil || len(all) != 0 {
		t.Errorf("after: %+v, %v", all, err)
	}
	if _, err := i.AddComment(ctx, task.ID, ""); kaneo.KindOf(err) != kaneo.Invalid {
		t.Errorf("empty: %v", err)
	}
}

func TestActivity(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{})
	ctx := t.Context()
	task := i.newTask(t, "old")
	_, errTitle := i.SetTitle(ctx, task.ID, "new")
	_, errStatus := i.SetStatus(ctx, task.ID, "done")
	i.ask(t, "POST", "/activity/create", `{"taskId":"`+task.ID+`","userId":"`+i.userID+`","message":"m","type":"odd","eventData":{"oldStatus":5,"newStatus":["x"]}}`)
	all, err := i.Activity(ctx, task.ID)
	if err != nil || errTitle != nil || errStatus != nil {
		t.Fatal(err, errTitle, errStatus)
	}
	want := map[string]kaneo.Event{
		"created": {}, "title_changed": {OldTitle: "old", NewTitle: "new"}, "status_changed": {OldStatus: "to-do", NewStatus: "done"}, "odd": {},
	}
	got := map[string]kaneo.Event{}
	for _, a := range all {
		got[a.Type] = a.Event
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLabels(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{})
	ctx := t.Context()
	task := i.newTask(t, "t")
	bug, err := i.CreateLabel(ctx, i.workspace, "bug", "#f00")
	if err != nil {
		t.Fatal(err)
	}
	if again, err := i.CreateLabel(ctx, i.workspace, "bug", "#00f"); err != nil || again != bug {
		t.Errorf("made twice: %+v, %v", again, err)
	}
	attached, err := i.AttachLabel(ctx, bug.ID, task.ID)
	if err != nil || attached.ID == bug.ID || attached.TaskID != task.ID || attached.Name != "bug" {
		t.Fatalf("attached: %+v, %v", attached, err)
	}
	if originals, err := i.WorkspaceLabels(ctx, i.workspace); err != nil || !cmp.Equal([]kaneo.Label{bug}, originals) {
		t.Errorf("originals: %+v, %v", originals, err)
	}
	if copies, err := i.TaskLabels(ctx, task.ID); err != nil || len(copies) != 1 || copies[0].ID != attached.ID {
		t.Errorf("copies: %+v, %v", copies, err)
	}
	if err := i.DetachLabel(ctx, bug.ID); kaneo.KindOf(err) != kaneo.Invalid {
		t.Errorf("detached an original: %v", err)
	}
	if err := i.DetachLabel(ctx, attached.ID); err != nil {
		t.Error(err)
	}
	if copies, err := i.TaskLabels(ctx, task.ID); err != nil || len(copies) != 0 {
		t.Errorf("after: %+v, %v", copies, err)
	}
}

func TestRelations(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{})
	ctx := t.Context()
	parent, child := i.newTask(t, "parent"), i.newTask(t, "child")
	made, err := i.AddRelation(ctx, parent.ID, child.ID, kaneo.Subtask)
	if err != nil {
		t.Fatal(err)
	}
	all, err := i.Relations(ctx, child.ID)
	want := []kaneo.Relation{{
		ID: made.ID, SourceTaskID: parent.ID, TargetTaskID: child.ID, Type: kaneo.Subtask,
		Source: kaneo.RelatedTask{ID: parent.ID, ProjectID: i.project, Title: "parent", Status: "to-do", Number: 1, Priority: kaneo.NoPriority},
		Target: kaneo.RelatedTask{ID: child.ID, ProjectID: i.project, Title: "child", Status: "to-do", Number: 2, Priority: kaneo.NoPriority},
	}}
	if diff := cmp.Diff(want, all, cmpopts.IgnoreFields(kaneo.Relation{}, "CreatedAt")); diff != "" || err != nil {
		t.Error(err, diff)
	}
	tests := []struct {
		name           string
		source, target string
		relation       kaneo.RelationType
		kind           kaneo.Kind
	}{
		{"twice", parent.ID, child.ID, kaneo.Subtask, kaneo.Conflict},
		{"with itself", parent.ID, parent.ID, kaneo.Related, kaneo.Invalid},
		{"with nothing", parent.ID, "nosuchtask", kaneo.Related, kaneo.NotFound},
		{"of no type", parent.ID, child.ID, "friend", kaneo.Invalid},
	}
	for _, tt := range tests {
		if _, err := i.AddRelation(ctx, tt.source, tt.target, tt.relation); kaneo.KindOf(err) != tt.kind {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	if err := i.DeleteRelation(ctx, made.ID); err != nil {
		t.Error(err)
	}
	if err := i.DeleteRelation(ctx, made.ID); kaneo.KindOf(err) != kaneo.NotFound {
		t.Errorf("deleted twice: %v", err)
	}
}

func TestTimeEntriesAndLinks(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{})
	ctx := t.Context()
	task := i.newTask(t, "t")
	i.ask(t, "POST", "/time-entry", `{"taskId":"`+task.ID+`","startTime":"2026-11-20T10:00:00.000Z","description":"x"}`)
	all, err := i.TimeEntries(ctx, task.ID)
	if err != nil || len(all) != 1 || all[0].UserName != "Ada" || !all[0].EndTime.IsZero() || all[0].StartTime.Hour() != 10 {
		t.Errorf("time: %+v, %v", all, err)
	}
	if links, err := i.Links(ctx, task.ID); err != nil || len(links) != 0 {
		t.Errorf("links: %+v, %v", links, err)
	}
}

func TestSearch(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{})
	task := i.newTask(t, "Fix login redirect")
	for _, q := range []string{"LOGIN", "web-1"} {
		hits, err := i.Search(t.Context(), kaneo.SearchQuery{Text: q, WorkspaceID: i.workspace, Type: kaneo.SearchTasks, Limit: 5})
		if err != nil || len(hits) != 1 || hits[0].ID != task.ID || hits[0].TaskNumber != 1 || hits[0].ProjectSlug != "WEB" || hits[0].Status != "to-do" {
			t.Errorf("%s: %+v, %v", q, hits, err)
		}
	}
}

// TestRecordedAnswers reads what a real Kaneo answered.
func TestRecordedAnswers(t *testing.T) {
	t.Parallel()
	answers := map[string]fixture{}
	for _, f := range fixtures(t) {
		answers[f.name] = f
	}
	calls := map[string]func(*kaneo.Client) (int, error){
		"task.list.ok": func(c *kaneo.Client) (int, error) {
			b, err := c.Board(t.Context(), "p", kaneo.BoardFilter{})
			return len(b.Tasks), err
		},
		"task.list.buckets": func(c *kaneo.Client) (int, error) {
			b, err := c.Board(t.Context(), "p", kaneo.BoardFilter{})
			return len(b.Tasks), err
		},
		"task.get.ok": func(c *kaneo.Client) (int, error) { v, err := c.Task(t.Context(), "t"); return v.Number, err },
		"task.create.full": func(c *kaneo.Client) (int, error) {
			v, err := c.CreateTask(t.Context(), "p", kaneo.NewTask{})
			return v.Number, err
		},
		"task.move.ok": func(c *kaneo.Client) (int, error) {
			v, err := c.MoveTask(t.Context(), "t", "p", "")
			return v.Number, err
		},
		"comment.list.ok":         func(c *kaneo.Client) (int, error) { v, err := c.Comments(t.Context(), "t"); return len(v), err },
		"activity.list.ok":        func(c *kaneo.Client) (int, error) { v, err := c.Activity(t.Context(), "t"); return len(v), err },
		"label.list-workspace.ok": func(c *kaneo.Client) (int, error) { v, err := c.WorkspaceLabels(t.Context(), "w"); return len(v), err },
		"label.list-task.ok":      func(c *kaneo.Client) (int, error) { v, err := c.TaskLabels(t.Context(), "t"); return len(v), err },
		"relation.list.ok":        func(c *kaneo.Client) (int, error) { v, err := c.Relations(t.Context(), "t"); return len(v), err },
		"time-entry.list.ok":      func(c *kaneo.Client) (int, error) { v, err := c.TimeEntries(t.Context(), "t"); return len(v), err },
		"org.list.ok":             func(c *kaneo.Client) (int, error) { v, err := c.Workspaces(t.Context()); return len(v), err },
		"workspace.members.ok":    func(c *kaneo.Client) (int, error) { v, err := c.Members(t.Context(), "w"); return len(v), err },
		"project.list.ok":         func(c *kaneo.Client) (int, error) { v, err := c.Projects(t.Context(), "w", false); return len(v), err },
		"column.list.ok":          func(c *kaneo.Client) (int, error) { v, err := c.Columns(t.Context(), "p"); return len(v), err },
		"search.all": func(c *kaneo.Client) (int, error) {
			v, err := c.Search(t.Context(), kaneo.SearchQuery{Text: "x", WorkspaceID: "w"})
			return len(v), err
		},
		"auth.get-session.session": func(c *kaneo.Client) (int, error) { v, err := c.Me(t.Context()); return len(v.User.ID), err },
		"config.ok":                func(c *kaneo.Client) (int, error) { _, err := c.Config(t.Context()); return 1, err },
	}
	for name, call := range calls {
		n, err := call(client(t, always(200, js, answers[name].body())))
		if n == 0 || err != nil {
			t.Errorf("%s: %d, %v", name, n, err)
		}
	}
}

func TestProjectTasks(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{})
	made, err := i.CreateTask(t.Context(), i.project, kaneo.NewTask{Title: "t"})
	if err != nil {
		t.Fatal(err)
	}
	tasks, err := i.ProjectTasks(t.Context(), i.project)
	if err != nil || len(tasks) != 1 || tasks[0].ID != made.ID || tasks[0].UpdatedAt.IsZero() {
		t.Errorf("%+v, %v", tasks, err)
	}
	if _, err := i.ProjectTasks(t.Context(), "nosuchproject"); kaneo.KindOf(err) != kaneo.NotFound {
		t.Errorf("no such project: %v", err)
	}
}
