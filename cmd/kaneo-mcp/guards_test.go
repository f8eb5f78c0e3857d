package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGuardsAsSettings(t *testing.T) {
	t.Parallel()
	set, _, err := configured(t, map[string]string{
		"KANEO_TOOLSETS": "default, talk", "KANEO_EXCLUDE_TOOLS": "get_board", "KANEO_ALLOW_PROJECTS": " WEB ,, Backend ",
		"KANEO_ALLOW_WORKSPACES": "acme", "KANEO_NO_DELETE": "1",
	}, "--read-only", "--tools=search", "--tools", "my_work, whoami")
	if err != nil {
		t.Fatal(err)
	}
	s := set.selection
	got := slices.Concat(s.Toolsets, s.Only, s.Without, set.allowedProjects, set.allowedWorkspaces)
	if diff := cmp.Diff([]string{"default", "talk", "search", "my_work", "whoami", "get_board", "WEB", "Backend", "acme"}, got); diff != "" {
		t.Error(diff)
	}
	if !s.ReadOnly || !s.NoDelete {
		t.Errorf("%+v", s)
	}
}

// TestGuardsThatMakeNoSense are errors: what cannot be understood must not come to allow everything.
func TestGuardsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	for variable, c := range map[string]struct{ value, want string }{
		"KANEO_READ_ONLY":        {"${READ_ONLY}", "it takes true or false"},
		"KANEO_NO_DELETE":        {"maybe", "it takes true or false"},
		"KANEO_TOOLSETS":         {"default,moon", `there is no toolset "moon"`},
		"KANEO_TOOLS":            {"get_moon", `there is no tool "get_moon"`},
		"KANEO_EXCLUDE_TOOLS":    {"${TOOLS}", "there is no tool"},
		"KANEO_ALLOW_PROJECTS":   {" , ", "it names nothing"},
		"KANEO_ALLOW_WORKSPACES": {",", "it names nothing"},
	} {
		_, _, err := configured(t, map[string]string{variable: c.value})
		if err == nil || !strings.HasPrefix(err.Error(), variable+": ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s=%s: %v", variable, c.value, err)
		}
	}
	if set, _, err := configured(t, map[string]string{"KANEO_ALLOW_PROJECTS": "${PROJECTS}"}); err != nil || len(set.allowedProjects) != 1 {
		t.Errorf("a placeholder allows everything: %v", err)
	}
	if _, _, err := configured(t, nil, "--allow-projects=,"); err == nil || !strings.Contains(err.Error(), "it names nothing") {
		t.Errorf("a comma allows everything: %v", err)
	}
}

func TestGuardsAtWork(t *testing.T) {
	t.Parallel()
	place := newTown(t)
	s := newShell(t, place.url).with("KANEO_API_KEY", place.Who("owner").APIKey)
	s.run("call", "delete_tasks", "tasks=WEB-1", "--no-delete").check(t, exitMisuse, "delete_tasks is not allowed by the settings")
	s.run("call", "update_tasks", "tasks=WEB-1", "--read-only").check(t, exitMisuse, "update_tasks is not allowed")
	s.run("call", "get_task", "task=API-1", "--allow-projects=WEB").check(t, exitFailed, "not in the allowed projects")
	s.run("call", "get_task", "task=WEB-1", "--allow-projects=MOON").check(t, exitFailed, `KANEO_ALLOW_PROJECTS names "MOON"`)
	if list := s.run("tools", "--read-only", "--toolsets=board,talk").out; strings.Contains(list, "comment") || !strings.Contains(list, "get_board\n") {
		t.Errorf("tools:\n%s", list)
	}
}

func TestHistory(t *testing.T) {
	t.Parallel()
	place := newTown(t)
	s := newShell(t, place.url).with("KANEO_API_KEY", place.Who("owner").APIKey)
	s.run("history").check(t, exitDone, "Nothing on record")
	s.run("call", "update_tasks", "tasks=WEB-1", "status=done").check(t, exitDone, "To Do → Done")
	s.run("call", "add_comment", "task=WEB-2", "text=hello").check(t, exitDone, "comment added")
	s.run("history").check(t, exitDone, "WEB-1 Fix login redirect loop | status To Do → Done", "WEB-2 Validate OAuth callback origin | commented")
	if last := s.run("history", "--limit", "1").out; strings.Contains(last, "WEB-1") || !strings.Contains(last, "WEB-2") {
		t.Errorf("the last one:\n%s", last)
	}
	s.run("history", "--limit=0").check(t, exitMisuse, "--limit")
	s.run("call", "undo_last", "change=nope").check(t, exitFailed, "no change")
}
