package kaneo_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kaneo-mcp/kaneo"
	"kaneo-mcp/sandbox"
)

func TestWritingTimeEntries(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{})
	ctx := t.Context()
	task := i.newTask(t, "t")
	start := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	end := start.Add(90 * time.Minute)
	made, err := i.AddTimeEntry(ctx, task.ID, start, end, "w")
	if err != nil || made.Seconds != 0 || !made.EndTime.Equal(end) || made.Description != "w" {
		t.Fatalf("added: %+v, %v", made, err)
	}
	if after, err := i.UpdateTimeEntry(ctx, made.ID, start, end, "w"); err != nil || after.Seconds != 5400 {
		t.Errorf("updated: %+v, %v", after, err)
	}
	if _, err := i.UpdateTimeEntry(ctx, made.ID, end, start, ""); kaneo.KindOf(err) != kaneo.Invalid {
		t.Errorf("backwards: %v", err)
	}
	running, err := i.AddTimeEntry(ctx, task.ID, start, time.Time{}, "")
	if err != nil || !running.EndTime.IsZero() {
		t.Errorf("running: %+v, %v", running, err)
	}
}

func TestLabelsOfAWorkspace(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{LabelPortion: 2})
	ctx := t.Context()
	bug, err := i.CreateLabel(ctx, i.workspace, "bug", "gray")
	if err != nil {
		t.Fatal(err)
	}
	for n := range 5 {
		if _, err := i.AttachLabel(ctx, bug.ID, i.newTask(t, fmt.Sprint(n)).ID); err != nil {
			t.Fatal(err)
		}
	}
	if changed, err := i.UpdateLabel(ctx, bug.ID, "defect", "red"); err != nil || changed.Name != "defect" || changed.Color != "red" {
		t.Errorf("changed: %+v, %v", changed, err)
	}
	rows, err := i.LabelRows(ctx, i.workspace)
	if err != nil || len(rows) != 6 || rows[5].Name != "defect" {
		t.Errorf("rows: %+v, %v", rows, err)
	}
	if _, err := i.CreateLabel(ctx, i.workspace, "chore", "gray"); err != nil {
		t.Fatal(err)
	}
	if _, err := i.UpdateLabel(ctx, bug.ID, "chore", "red"); kaneo.KindOf(err) != kaneo.Unexpected {
		t.Errorf("a taken name: %v", err)
	}
	for n, want := range []bool{false, false, true} {
		if done, err := i.DeleteLabel(ctx, bug.ID); err != nil || done != want {
			t.Errorf("portion %d: done %v, %v", n, done, err)
		}
	}
	if rows, err := i.LabelRows(ctx, i.workspace); err != nil || len(rows) != 1 {
		t.Errorf("after: %+v, %v", rows, err)
	}
}

func TestNotifications(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{})
	ctx := t.Context()
	for range 2 {
		if _, err := i.SetAssignee(ctx, i.newTask(t, "mine").ID, i.userID); err != nil {
			t.Fatal(err)
		}
	}
	all, err := i.Notifications(ctx)
	if err != nil || len(all) != 2 || all[0].Type != "task_assignee_changed" || all[0].Event.TaskTitle != "mine" ||
		all[0].Event.ProjectID != i.project || all[0].ResourceType != "task" || all[0].IsRead {
		t.Fatalf("%+v, %v", all, err)
	}
	if err := i.MarkRead(ctx, all[1].ID); err != nil {
		t.Error(err)
	}
	if all, err = i.Notifications(ctx); err != nil || all[0].IsRead || !all[1].IsRead {
		t.Errorf("%+v, %v", all, err)
	}
	if err := i.MarkAllRead(ctx); err != nil {
		t.Error(err)
	}
	if all, err = i.Notifications(ctx); err != nil || !all[0].IsRead {
		t.Errorf("%+v, %v", all, err)
	}
	if err := i.MarkRead(ctx, "nosuchone"); kaneo.KindOf(err) != kaneo.NotFound {
		t.Errorf("unknown: %v", err)
	}
}

func TestOddNotices(t *testing.T) {
	t.Parallel()
	c := client(t, always(200, js, `[{"id":"n","type":"odd","eventData":{"taskTitle":5,"oldStatus":"x"}},{"id":"m","eventData":null},{"id":"o","eventData":[1]}]`))
	all, err := c.Notifications(t.Context())
	if err != nil || len(all) != 3 || all[0].Event != (kaneo.Notice{OldStatus: "x"}) {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestProjectsAreManaged(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{})
	ctx := t.Context()
	made, err := i.CreateProject(ctx, kaneo.NewProject{WorkspaceID: i.workspace, Name: "Shop", Slug: "SHOP", Icon: "Layout"})
	if err != nil || made.Slug != "SHOP" || made.ID == "" {
		t.Fatalf("made: %+v, %v", made, err)
	}
	fields := made.Fields()
	fields.Description, fields.IsPublic = "d", true
	changed, err := i.UpdateProject(ctx, made.ID, fields)
	if err != nil || cmp.Diff(fields, changed.Fields()) != "" {
		t.Errorf("changed: %+v, %v", changed, err)
	}
	if archived, err := i.ArchiveProject(ctx, made.ID); err != nil || archived.ArchivedAt.IsZero() {
		t.Errorf("archived: %+v, %v", archived, err)
	}
	if back, err := i.UnarchiveProject(ctx, made.ID); err != nil || !back.ArchivedAt.IsZero() {
		t.Errorf("unarchived: %+v, %v", back, err)
	}
	if err := i.DeleteProject(ctx, made.ID); err != nil {
		t.Error(err)
	}
	if err := i.DeleteProject(ctx, made.ID); kaneo.KindOf(err) != kaneo.NotFound {
		t.Errorf("deleted twice: %v", err)
	}
}

func TestColumnsAndRules(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{})
	ctx := t.Context()
	qa, err := i.CreateColumn(ctx, i.project, "QA", "#abc", false)
	if err != nil || qa.Slug != "qa" || qa.Color != "#abc" {
		t.Fatalf("made: %+v, %v", qa, err)
	}
	for name, kind := range map[string]kaneo.Kind{"qa": kaneo.Conflict, "planned": kaneo.Conflict, "!": kaneo.Invalid} {
		if _, err := i.CreateColumn(ctx, i.project, name, "", false); kaneo.KindOf(err) != kind {
			t.Errorf("%s: %v", name, err)
		}
	}
	if after, err := i.UpdateColumn(ctx, qa.ID, "Testing", "", true); err != nil || after.Name != "Testing" || after.Slug != "qa" || !after.IsFinal || after.Color != "#abc" {
		t.Errorf("changed: %+v, %v", after, err)
	}
	columns, err := i.Columns(ctx, i.project)
	if err != nil {
		t.Fatal(err)
	}
	if err := i.ReorderColumns(ctx, i.project, []string{qa.ID, columns[1].ID, columns[0].ID, columns[2].ID, columns[3].ID}); err != nil {
		t.Error(err)
	}
	if after, err := i.Columns(ctx, i.project); err != nil || after[0].ID != qa.ID || after[1].ID != columns[1].ID {
		t.Errorf("reordered: %+v, %v", after, err)
	}
	rule, err := i.SetWorkflowRule(ctx, i.project, "github", "pr_merged", qa.ID)
	if err != nil || rule.ColumnID != qa.ID {
		t.Errorf("rule: %+v, %v", rule, err)
	}
	if rules, err := i.WorkflowRules(ctx, i.project); err != nil || len(rules) != 1 || rules[0].ColumnName != "Testing" || rules[0].Event != "pr_merged" {
		t.Errorf("rules: %+v, %v", rules, err)
	}
	if err := i.DeleteWorkflowRule(ctx, rule.ID); err != nil {
		t.Error(err)
	}
	if err := i.DeleteColumn(ctx, qa.ID); err != nil {
		t.Error(err)
	}
	i.newTask(t, "in the way")
	if err := i.DeleteColumn(ctx, columns[0].ID); kaneo.KindOf(err) != kaneo.Conflict {
		t.Errorf("not empty: %v", err)
	}
}

func TestInvitations(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{})
	ctx := t.Context()
	made, err := i.Invite(ctx, i.workspace, "new@example.com", "viewer")
	if err != nil || made.Status != "pending" || made.Role != "viewer" || made.ExpiresAt.IsZero() {
		t.Fatalf("made: %+v, %v", made, err)
	}
	if _, err := i.Invite(ctx, i.workspace, "new@example.com", "viewer"); kaneo.KindOf(err) != kaneo.Invalid {
		t.Errorf("twice: %v", err)
	}
	if err := i.CancelInvitation(ctx, made.ID); err != nil {
		t.Error(err)
	}
	if all, err := i.Invitations(ctx, i.workspace); err != nil || len(all) != 1 || all[0].Status != "canceled" {
		t.Errorf("listed: %+v, %v", all, err)
	}
}

func TestBranchPatterns(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ github, gitea, want string }{
		"none":   {`null`, `null`, ""},
		"github": {`{"branchPattern":"{number}"}`, `null`, "{number}"},
		"gitea":  {`null`, `{"branchPattern":"fix/{slug}-{number}","webhookSecret":"x"}`, "fix/{slug}-{number}"},
	} {
		c := client(t, wire(func(r *http.Request) (*http.Response, error) {
			if r.URL.Path == "/api/github-integration/project/p" {
				return jsonReply(200, tt.github), nil
			}
			return jsonReply(200, tt.gitea), nil
		}))
		if got, err := c.BranchPattern(t.Context(), "p"); err != nil || got != tt.want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}
