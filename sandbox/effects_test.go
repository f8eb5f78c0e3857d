package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// newTask makes a task in the Website project as Ada.
func (h household) newTask(status, more string) string {
	h.t.Helper()
	return h.must(h.write("owner", "POST", "/api/task/"+h.Project("WEB").ID,
		fmt.Sprintf(`{"title":"t","description":"","priority":"low","status":%q%s}`, status, more))).get("id")
}

// Planned and archived tasks come back to life where they are moved to
// (kaneo-api.md §8, move).
func TestMovingOutOfABucket(t *testing.T) {
	t.Parallel()
	h := newHousehold(t, Options{})
	for _, bucket := range []string{"planned", "archived"} {
		moved := h.write("member", "PUT", "/api/task/move/"+h.newTask(bucket, ""),
			fmt.Sprintf(`{"destinationProjectId":%q}`, h.Project("API").ID))
		h.want(moved, http.StatusOK, "task.status", "to-do")
	}
}

// Every write tells whom kaneo-api.md §9 says, and nobody else.
func TestWhoIsTold(t *testing.T) {
	t.Parallel()
	names := func(who string) string { return `"<kaneo-mention id=\"` + who + `\" label=\"x\"></kaneo-mention>"` }
	for name, c := range map[string]struct {
		write func(h household, task, grace, ada string) said
		grace []string
		ada   []string
	}{
		"status": {func(h household, task, _, _ string) said {
			return h.write("owner", "PUT", "/api/task/status/"+task, `{"status":"done"}`)
		}, []string{"task_status_changed"}, nil},
		"status by the assignee": {func(h household, task, _, _ string) said {
			return h.write("member", "PUT", "/api/task/status/"+task, `{"status":"done"}`)
		}, nil, nil},
		"bulk status": {func(h household, task, _, _ string) said {
			return h.write("owner", "PATCH", "/api/task/bulk", `{"taskIds":["`+task+`"],"operation":"updateStatus","value":"done"}`)
		}, nil, nil},
		"assigning oneself": {func(h household, task, _, ada string) said {
			return h.write("owner", "PUT", "/api/task/assignee/"+task, `{"userId":"`+ada+`"}`)
		}, nil, []string{"task_assignee_changed"}},
		"comment": {func(h household, task, _, _ string) said {
			return h.write("owner", "POST", "/api/comment/"+task, `{"content":"hi"}`)
		}, []string{"task_comment"}, nil},
		"comment that names the assignee and its author": {func(h household, task, grace, ada string) said {
			text := names(grace)[1:len(names(grace))-1] + names(ada)[1:len(names(ada))-1]
			return h.write("owner", "POST", "/api/comment/"+task, `{"content":"`+text+`"}`)
		}, []string{"task_mention"}, nil},
		"description": {func(h household, task, grace, _ string) said {
			return h.write("owner", "PUT", "/api/task/description/"+task, `{"description":`+names(grace)+`}`)
		}, []string{"task_mention"}, nil},
		"time entry": {func(h household, task, _, _ string) said {
			return h.write("owner", "POST", "/api/time-entry", `{"taskId":"`+task+`","startTime":"2026-01-01"}`)
		}, []string{"time_entry_created"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHousehold(t, Options{})
			grace, ada := h.Who("member"), h.Who("owner")
			task := h.newTask("to-do", `,"userId":"`+grace.UserID+`"`)
			h.must(h.write("member", "DELETE", "/api/notification/clear-all", ""))
			h.must(h.write("owner", "DELETE", "/api/notification/clear-all", ""))
			h.must(c.write(h, task, grace.UserID, ada.UserID))
			if diff := cmp.Diff(map[string][]string{"grace": c.grace, "ada": c.ada},
				map[string][]string{"grace": h.told("member"), "ada": h.told("owner")}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// told are the kinds of somebody's notifications.
func (h household) told(role string) (kinds []string) {
	for _, n := range read[[]struct{ Type string }](h, role, "/api/notification") {
		kinds = append(kinds, n.Type)
	}
	return kinds
}

// Setting everything keeps history only of a status change; the single fields
// write it even when nothing changes, but for title and assignee.
func TestHistory(t *testing.T) {
	t.Parallel()
	h := newHousehold(t, Options{})
	task, project := h.newTask("to-do", ""), h.Project("WEB").ID
	for _, c := range []struct{ path, body string }{
		{"", `{"title":"new","description":"new","priority":"urgent","status":"to-do","projectId":"` + project + `","position":1}`},
		{"title/", `{"title":"new"}`},
		{"assignee/", `{"userId":null}`},
		{"description/", `{"description":"newer"}`},
		{"priority/", `{"priority":"urgent"}`},
		{"status/", `{"status":"to-do"}`},
		{"due-date/", `{}`},
	} {
		h.must(h.write("owner", "PUT", "/api/task/"+c.path+task, c.body))
	}
	var kinds []string
	for _, a := range read[[]struct{ Type string }](h, "viewer", "/api/activity/"+task) {
		kinds = append(kinds, a.Type)
	}
	slices.Reverse(kinds)
	if diff := cmp.Diff([]string{"created", "priority_changed", "status_changed", "due_date_changed"}, kinds); diff != "" {
		t.Error(diff)
	}
}

func TestOlderCommentRoutes(t *testing.T) {
	t.Parallel()
	h := newHousehold(t, Options{})
	task := h.newTask("to-do", "")
	id := h.must(h.write("member", "POST", "/api/activity/comment", `{"taskId":"`+task+`","comment":"one"}`)).get("id")
	h.want(h.write("member", "PUT", "/api/activity/comment", `{"activityId":"`+id+`","comment":"two"}`), http.StatusOK, "content", "two")
	if got := h.write("owner", "DELETE", "/api/activity/comment", `{"activityId":"`+id+`"}`); got.status != http.StatusNotFound {
		t.Errorf("somebody else's comment: %d", got.status)
	}
	h.must(h.write("member", "DELETE", "/api/activity/comment", `{"activityId":"`+id+`"}`))
}

// An administrator of the instance passes everywhere but in bulk, and finds
// nothing (kaneo-api.md §6).
func TestInstanceAdministrator(t *testing.T) {
	t.Parallel()
	h := newHousehold(t, Options{})
	root := h.must(h.post("/api/auth/sign-in/email", "", `{"email":"root@example.com","password":"`+seedPassword+`"}`)).get("token")
	task := h.newTask("to-do", "")
	h.must(h.get("/api/task/"+task, root))
	h.want(h.must(h.get("/api/search?q=login&workspaceId="+h.Workspace.ID, root)), http.StatusOK, "totalCount", "0")
	bulk := h.send("PATCH", "/api/task/bulk", `{"taskIds":["`+task+`"],"operation":"delete"}`,
		"Authorization", "Bearer "+root, "Content-Type", typeJSON)
	if bulk.status != http.StatusForbidden {
		t.Errorf("bulk: %d %s", bulk.status, bulk.body)
	}
}

// In a bubble the instance lives on the bubble's clock.
func TestTransportInABubble(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		k := New(Options{})
		ada := k.Seed().Who("owner")
		v := &visitor{t: t, k: k}
		v.must(v.get("/api/notification", ada.Session))
		time.Sleep(sessionLife)
		if got := v.get("/api/notification", ada.Session); got.status != http.StatusUnauthorized {
			t.Errorf("after seven idle days: %d", got.status)
		}
	})
}
