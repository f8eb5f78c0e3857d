package tools

import (
	"encoding/base64"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kaneo-mcp/board"
)

func linking() []conversation {
	return []conversation{
		one("many", "link_tasks", `{"task":"WEB-5","as":"blocks","to":["WEB-6","WEB-7","WEB-999"]}`).then("get_task", `{"task":"WEB-6","include":["relations"]}`).
			then("link_tasks", `{"task":"WEB-6","as":"blocked by","to":"WEB-5"}`),
		one("opposite", "link_tasks", `{"task":"WEB-5","as":"parent of","to":["WEB-6"]}`).then("link_tasks", `{"task":"WEB-5","as":"subtask of","to":["WEB-6"]}`),
		one("itself", "link_tasks", `{"task":"WEB-5","as":"related","to":["WEB-5"]}`),
		one("no_kind", "link_tasks", `{"task":"WEB-5","as":"friend","to":["WEB-6"]}`),
		by("viewer", "viewer", said{"link_tasks", `{"task":"WEB-5","as":"related","to":["WEB-6"]}`}),
		one("all", "link_tasks", `{"task":"WEB-5","as":"related","to":["WEB-6"]}`).then("link_tasks", `{"task":"WEB-5","as":"subtask of","to":["WEB-6"]}`).
			then("unlink_tasks", `{"task":"WEB-6","from":["WEB-5","WEB-7"]}`),
		one("one_kind", "link_tasks", `{"task":"WEB-5","as":"related","to":["WEB-6"]}`).then("unlink_tasks", `{"task":"WEB-5","from":["WEB-6"],"as":"blocks"}`),
	}
}

func timing() []conversation {
	return []conversation{
		one("duration", "log_time", `{"task":"WEB-1","duration":"1h30m","description":"Pairing"}`).then("get_task", `{"task":"WEB-1","include":["time"]}`),
		one("another_day", "log_time", `{"task":"WEB-1","duration":"90m","day":"yesterday"}`),
		one("from_to", "log_time", `{"task":"WEB-1","from":"9:15","to":"11:00"}`),
		one("backwards", "log_time", `{"task":"WEB-1","from":"11:00","to":"9:15"}`),
		one("future", "log_time", `{"task":"WEB-1","from":"9:00","to":"23:00"}`),
		one("no_time", "log_time", `{"task":"WEB-1"}`),
		one("bad_duration", "log_time", `{"task":"WEB-1","duration":"a while"}`),
		by("viewer", "viewer", said{"log_time", `{"task":"WEB-1","duration":"1h"}`}),
		one("twice", "start_timer", `{"task":"WEB-7"}`).then("start_timer", `{"task":"WEB-1"}`).then("start_timer", `{"task":"WEB-1","stop_other":true}`),
		one("started", "start_timer", `{"task":"WEB-7"}`).then("stop_timer", `{}`).then("stop_timer", `{}`),
		one("elsewhere", "stop_timer", `{"task":"WEB-1"}`),
		one("sums", "log_time", `{"task":"WEB-1","duration":"1h30m"}`).then("log_time", `{"task":"API-1","duration":"2:15","day":"yesterday"}`).
			then("log_time", `{"task":"WEB-1","duration":"45m"}`).then("time_report", `{"person":"me"}`).then("time_report", `{"from":"2026-11-01","projects":["WEB"]}`),
		one("backwards", "time_report", `{"from":"today","to":"yesterday"}`),
		one("unknown_person", "time_report", `{"person":"Charles"}`),
	}
}

func labelling() []conversation {
	return []conversation{
		one("all", "list_labels", `{}`),
		one("new", "create_label", `{"name":"docs","color":"teal"}`).then("create_label", `{"name":"docs","color":"red"}`),
		one("bad_color", "create_label", `{"name":"docs","color":"beige"}`),
		by("viewer", "viewer", said{"create_label", `{"name":"docs"}`}),
		one("renamed", "update_label", `{"label":"bug","name":"defect"}`).then("update_label", `{"label":"defect","color":"#abc"}`).then("list_labels", `{}`),
		one("taken", "update_label", `{"label":"bug","name":"chore"}`),
		one("same", "update_label", `{"label":"bug","name":"bug"}`),
		one("nothing", "update_label", `{"label":"bug"}`),
		one("two_steps", "delete_label", `{"label":"bug"}`).then("delete_label", `{"label":"bug","confirm":"{confirm}"}`).then("list_labels", `{}`).
			then("delete_label", `{"label":"bug"}`),
	}
}

func notifying() []conversation {
	return []conversation{
		one("assigned", "update_tasks", `{"tasks":["WEB-4"],"assignee":"nobody"}`).then("update_tasks", `{"tasks":["WEB-4","WEB-5"],"assignee":"me"}`).
			then("mark_notifications_read", `{"all":true}`).then("update_tasks", `{"tasks":["WEB-6"],"assignee":"me"}`).then("list_notifications", `{}`),
		one("limit", "list_notifications", `{"limit":99}`),
		one("one", "update_tasks", `{"tasks":["WEB-4"],"assignee":"me"}`).then("list_notifications", `{"unread":true,"limit":1}`).
			then("mark_notifications_read", `{"notifications":"{notice}"}`).then("list_notifications", `{"unread":true}`),
		one("unknown", "mark_notifications_read", `{"notifications":["abc"]}`),
		one("none", "mark_notifications_read", `{}`),
	}
}

// pixel is a PNG of one pixel.
const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"

func attaching() []conversation {
	text := base64.StdEncoding.EncodeToString([]byte("line one\nline two\n"))
	return []conversation{
		one("image", "attach_file", `{"task":"WEB-5","base64":"`+pixel+`","name":"screen.png","text":"Before:"}`).then("get_task", `{"task":"WEB-5"}`).
			then("get_attachment", `{"attachment":"![x](https://elsewhere.example/api/asset/{asset})"}`),
		one("comment", "attach_file", `{"task":"WEB-5","base64":"`+text+`","name":"log.txt","comment":true}`).then("get_task", `{"task":"WEB-5","include":["comments"]}`).
			then("attach_file", `{"task":"WEB-5","base64":"!","name":"x"}`),
		one("text", "attach_file", `{"task":"WEB-5","base64":"`+text+`","name":"log.txt"}`).then("get_task", `{"task":"WEB-5"}`).then("get_attachment", `{"attachment":"{asset}"}`),
		one("binary", "attach_file", `{"task":"WEB-5","base64":"AAECAwQ=","name":"data.bin"}`).then("get_task", `{"task":"WEB-5"}`).then("get_attachment", `{"attachment":"{asset}"}`),
		one("no_folder", "attach_file", `{"task":"WEB-5","path":"/etc/passwd"}`),
		one("no_name", "attach_file", `{"task":"WEB-5","base64":"AAEC"}`),
		one("nothing", "attach_file", `{"task":"WEB-5"}`),
		by("viewer", "viewer", said{"attach_file", `{"task":"WEB-5","base64":"AAEC","name":"data.bin"}`}),
		one("unknown", "get_attachment", `{"attachment":"nosuchasset"}`),
		one("no_address", "get_attachment", `{"attachment":"the screenshot"}`),
	}
}

func branching() []conversation {
	return []conversation{
		one("plain", "branch_name", `{"task":"WEB-1"}`),
		one("unknown", "branch_name", `{"task":"WEB-999"}`),
		one("taken_on", "start_work", `{"task":"WEB-5"}`),
		by("member", "not_assigned", said{"start_work", `{"task":"WEB-5"}`}),
	}
}

func administering() []conversation {
	return []conversation{
		one("new", "create_project", `{"name":"Mobile App","description":"For phones."}`).then("list_projects", `{}`).then("create_project", `{"name":"My Atlas","key":"ma"}`),
		one("key_of_a_word", "create_project", `{"name":"Atlas"}`),
		one("bad_key", "create_project", `{"name":"Mobile App","key":"no key"}`),
		by("viewer", "viewer", said{"create_project", `{"name":"Mobile App"}`}),
		one("fields", "update_project", `{"project":"WEB","name":"Web site","key":"SITE","public":true}`).then("update_project", `{"project":"SITE","name":"Web site","archived":false}`),
		one("archived", "update_project", `{"project":"WEB","archived":true}`).then("list_projects", `{}`).then("update_project", `{"project":"WEB","archived":false}`),
		one("taken_key", "update_project", `{"project":"WEB","key":"api"}`),
		by("member", "member", said{"update_project", `{"project":"WEB","name":"Mine"}`}),
		one("two_steps", "delete_project", `{"project":"API"}`).then("delete_project", `{"project":"API","confirm":"{confirm}"}`).then("list_projects", `{}`).
			then("delete_project", `{"project":"API"}`),
		by("member", "member", said{"delete_project", `{"project":"API"}`}).then("delete_project", `{"project":"API","confirm":"{confirm}"}`),
		one("last", "create_column", `{"project":"WEB","name":"Shipped","final":true}`),
		one("before", "create_column", `{"project":"WEB","name":"QA","before":"done"}`).then("create_column", `{"project":"WEB","name":"QA"}`),
		by("member", "member", said{"create_column", `{"project":"WEB","name":"QA"}`}),
		one("renamed", "update_column", `{"project":"WEB","column":"in review","name":"QA","final":true}`).then("update_column", `{"project":"WEB","column":"QA"}`),
		one("not_renamed", "update_column", `{"project":"WEB","column":"in review","final":true}`).then("update_column", `{"project":"WEB","column":"in review","color":"#e11d48"}`),
		one("unknown", "update_column", `{"project":"WEB","column":"doing","name":"QA"}`),
		one("some", "reorder_columns", `{"project":"WEB","columns":["Done","In Review"]}`).then("reorder_columns", `{"project":"WEB","columns":["Done","done"]}`),
		one("two_steps", "create_column", `{"project":"WEB","name":"QA"}`).then("delete_column", `{"project":"WEB","column":"QA"}`).
			then("delete_column", `{"project":"WEB","column":"QA","confirm":"{confirm}"}`).then("delete_column", `{"project":"WEB","column":"Done"}`),
		one("set", "set_workflow_rule", `{"project":"WEB","integration":"github","event":"pr_merged","column":"done"}`).then("list_workflow_rules", `{"project":"WEB"}`).
			then("set_workflow_rule", `{"project":"WEB","integration":"github","event":"pr_merged","column":"done"}`).
			then("set_workflow_rule", `{"project":"WEB","integration":"github","event":"pr_merged","column":"in review"}`).
			then("set_workflow_rule", `{"project":"WEB","integration":"github","event":"pr_merged","column":"none"}`),
		one("none", "list_workflow_rules", `{"project":"WEB"}`),
		one("twice", "invite_member", `{"email":"New@Example.com","role":"viewer"}`).then("list_invitations", `{}`).then("invite_member", `{"email":"new@example.com"}`),
		one("no_address", "invite_member", `{"email":"somebody"}`),
		one("member", "invite_member", `{"email":"grace.hopper@example.com"}`),
		by("member", "not_allowed", said{"invite_member", `{"email":"new@example.com"}`}),
		one("canceled", "invite_member", `{"email":"new@example.com"}`).then("cancel_invitation", `{"invitation":"new@example.com"}`).then("cancel_invitation", `{"invitation":"new@example.com"}`),
		one("none", "list_invitations", `{}`),
	}
}

// TestImagesAreShown: a model gets the picture itself, and only what is one.
func TestImagesAreShown(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	v := o.visitor(o.Who("owner").Session)
	for name, shown := range map[string]bool{pixel: true, "AAECAwQ=": false, base64.StdEncoding.EncodeToString([]byte("<svg/>")): false} {
		v.says("attach_file", `{"task":"WEB-5","name":"picture.png","base64":"`+name+`"}`)
		v.says("get_task", `{"task":"WEB-5"}`)
		view, err := v.catalogue.Call(t.Context(), v.tool("get_attachment"), []byte(`{"attachment":"`+v.offered["asset"]+`"}`))
		if err != nil {
			t.Fatal(err)
		}
		images := view.Images()
		if (len(images) == 1) != shown || shown && (images[0].MIME != "image/png" || base64.StdEncoding.EncodeToString(images[0].Data) != name) {
			t.Errorf("%s: %d images", name, len(images))
		}
		v.says("update_tasks", `{"tasks":["WEB-5"],"clear":["description"]}`)
	}
}

// TestFilesOfThisMachine: only those in an allowed folder, whatever links there are.
func TestFilesOfThisMachine(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	allowed, other := t.TempDir(), t.TempDir()
	secret := filepath.Join(other, "secret.txt")
	for path, text := range map[string]string{filepath.Join(allowed, "log.txt"): "fine", secret: "not fine"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(secret, filepath.Join(allowed, "link.txt")); err != nil {
		t.Fatal(err)
	}
	v := o.visitorWith(o.Who("owner").Session, func(b *board.Options) { b.AttachFrom = []string{allowed} })
	for path, want := range map[string]string{
		filepath.Join(allowed, "log.txt"):  "WEB-5: log.txt (text/plain, 4 bytes) attached in the description.",
		filepath.Join(allowed, "link.txt"): "ERROR There is no such file",
		filepath.Join(allowed, "none.txt"): "ERROR There is no such file",
		allowed:                            "ERROR There is no such file",
		secret:                             "ERROR That path is not in the folders",
		filepath.Join(allowed, "..", filepath.Base(other)) + "/secret.txt": "ERROR That path is not in the folders",
		"log.txt": "ERROR That path is not in the folders",
	} {
		if got := v.says("attach_file", `{"task":"WEB-5","path":"`+path+`"}`); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

// TestNoticesAreWorded: every type that Kaneo makes, and one that it may make one day.
func TestNoticesAreWorded(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.postTask("WEB", "Subject")
	type data map[string]string
	for kind, event := range map[string]data{
		"task_created": {}, "task_status_changed": {"oldStatus": "to-do", "newStatus": "in-review"}, "task_overdue": {}, "due_date_reminder": {},
		"task_comment": {"commenterName": "Grace", "commentPreview": "Please\nlook"}, "task_mention": {"mentionerName": "Grace"},
		"time_entry_created": {}, "surprise": {},
	} {
		o.post(http.MethodPost, "/notification", map[string]any{
			"type": kind, "message": "Hello", "eventData": event, "relatedEntityId": id, "relatedEntityType": "task",
		})
	}
	got := o.visitor(o.Who("owner").Session).says("list_notifications", `{}`)
	for _, want := range []string{
		"created and assigned to you", "status To Do → In Review", ": overdue", "due soon", "Grace wrote: Please look", "Grace mentioned you",
		"time was logged", "surprise: Hello", " WEB-25 Subject: ",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("nothing says %q: %s", want, got)
		}
	}
}

// TestOptionalToolsetsAreOff unless they are asked for.
func TestOptionalToolsetsAreOff(t *testing.T) {
	t.Parallel()
	var off []string
	for _, set := range Toolsets() {
		if set.Optional {
			off = append(off, set.Name)
		}
	}
	if want := []string{"time", "labels", "inbox", "files", "git", "admin"}; !slices.Equal(off, want) {
		t.Errorf("optional are %q, want %q", off, want)
	}
}
