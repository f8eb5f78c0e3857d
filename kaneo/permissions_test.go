package kaneo_test

import (
	"testing"

	"kaneo-mcp/kaneo"
	"kaneo-mcp/sandbox"
)

func TestGrants(t *testing.T) {
	t.Parallel()
	k := sandbox.New(sandbox.Options{})
	residents := k.Seed()
	for role, want := range map[string]map[string]bool{
		"owner":  {"assign": true, "delete": true, "update": true},
		"member": {"assign": false, "delete": false, "update": true},
		"viewer": {"assign": false, "delete": false, "update": false},
	} {
		c := client(t, k.Transport(), func(o *kaneo.Options) { o.Tokens = &tokens{first: residents.Who(role).APIKey} })
		for action, granted := range want {
			if got, err := c.Grants(t.Context(), residents.Workspace.ID, "task", action); err != nil || got != granted {
				t.Errorf("%s, %s: %t, %v", role, action, got, err)
			}
		}
	}
}

func TestAttachLabels(t *testing.T) {
	t.Parallel()
	i := newInstance(t, sandbox.Options{})
	bug, err := i.CreateLabel(t.Context(), i.workspace, "bug", "#f00")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, title := range []string{"a", "b"} {
		task, err := i.CreateTask(t.Context(), i.project, kaneo.NewTask{Title: title})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, task.ID)
	}
	for _, want := range []int{2, 0} { // the second time they have it
		if got, err := i.AttachLabels(t.Context(), bug.ID, append(ids, "gone")); err != nil || got != want {
			t.Errorf("%d, %v, want %d", got, err, want)
		}
	}
	for _, id := range ids {
		if labels, err := i.TaskLabels(t.Context(), id); err != nil || len(labels) != 1 || labels[0].ID == bug.ID {
			t.Errorf("%+v, %v", labels, err)
		}
	}
}
