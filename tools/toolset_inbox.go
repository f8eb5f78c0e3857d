package tools

import (
	"context"
	"fmt"
	"strings"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

func inboxToolset() Toolset {
	return Toolset{
		Name: "inbox", About: "one's notifications", Optional: true,
		Tools: []Tool{listNotifications, markNotificationsRead},
	}
}

type listNotificationsIn struct {
	Unread bool `json:"unread,omitempty" jsonschema:"Only unread ones"`
	Limit  int  `json:"limit,omitempty" jsonschema:"1 to 50; default 20"`
}

var listNotifications = define(Spec{
	Name: "list_notifications", Title: "List notifications", Effect: Reads,
	About: "Lists the user's newest notifications, unread first.",
}, func(ctx context.Context, desk *board.Desk, in listNotificationsIn) (View, error) {
	if in.Limit == 0 {
		in.Limit = 20
	}
	if in.Limit < 1 || in.Limit > 50 {
		return View{}, badArguments("limit must be 1 to 50.")
	}
	notices, err := desk.Inbox(ctx, in.Unread)
	if err != nil {
		return View{}, err
	}
	var v View
	shown := notices[:min(len(notices), in.Limit)]
	v.Line("%s, %d unread.", count(len(notices), "notification"), unread(notices))
	for _, n := range shown {
		v.Line("%s", noticeRow(desk, n))
	}
	v.more(len(shown) < len(notices), fmt.Sprintf("%d of %d shown. Raise limit for more.", len(shown), len(notices)))
	return v, nil
})

func unread(notices []board.Notice) int {
	n := 0
	for _, notice := range notices {
		if !notice.IsRead {
			n++
		}
	}
	return n
}

func noticeRow(desk *board.Desk, n board.Notice) string {
	subject := short(n.Event.TaskTitle)
	if n.Card.Task.ID != "" {
		subject = n.Card.Key() + " " + short(n.Card.Task.Title)
	}
	row := desk.Minute(n.CreatedAt) + " " + noticeText(n)
	if subject != "" {
		row = desk.Minute(n.CreatedAt) + " " + subject + ": " + noticeText(n)
	}
	if n.IsRead {
		return row + " (read)"
	}
	return row + " (id " + n.ID + ")"
}

// noticeText makes the text of a notification, which Kaneo leaves to its clients (kaneo-api.md §8). Types are free text,
// so an unknown one is shown by its name and whatever text it has.
func noticeText(n board.Notice) string {
	e := n.Event
	switch n.Type {
	case "task_created":
		return "created and assigned to you"
	case "task_assignee_changed":
		return "assigned to you"
	case "task_status_changed":
		return fromTo("status", n.OldName, n.NewName)
	case "task_comment":
		return someone(e.CommenterName) + " wrote: " + cut(board.Plain(e.CommentPreview), 160)
	case "task_mention":
		return someone(e.MentionerName) + " mentioned you"
	case "due_date_reminder":
		return "due soon"
	case "task_overdue":
		return "overdue"
	case "time_entry_created":
		return "time was logged"
	case "workspace_created":
		return "workspace " + short(e.WorkspaceName) + " created"
	}
	return otherNotice(n.Notification)
}

func otherNotice(n kaneo.Notification) string {
	texts := []string{short(n.Type)}
	for _, part := range []string{n.Title, n.Content} {
		if part = board.Plain(part); part != "" {
			texts = append(texts, cut(part, 160))
		}
	}
	return strings.Join(texts, ": ")
}

func someone(name string) string {
	if name = short(name); name == "" {
		return "somebody"
	}
	return name
}

type markNotificationsReadIn struct {
	Notifications []string `json:"notifications,omitempty" jsonschema:"Ids from list_notifications"`
	All           bool     `json:"all,omitempty" jsonschema:"All of them"`
}

var markNotificationsRead = define(Spec{
	Name: "mark_notifications_read", Title: "Mark notifications read", Effect: Sets,
	About: "Marks some or all of the user's notifications as read.",
}, func(ctx context.Context, desk *board.Desk, in markNotificationsReadIn) (View, error) {
	marked, err := desk.MarkRead(ctx, in.Notifications, in.All)
	if err != nil {
		return View{}, err
	}
	var v View
	v.Line("%s marked as read.", count(marked, "notification"))
	return v, nil
})
