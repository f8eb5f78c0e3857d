package kaneo

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

// Notification tells the caller that something happened. It has no text of its own as a rule: the text is to be made of
// Type and Event (kaneo-api.md §8).
type Notification struct {
	ID           string    `json:"id"`
	Title        string    `json:"title"`
	Content      string    `json:"content"`
	Type         string    `json:"type"` // task_created, task_comment, …; free text
	Event        Notice    `json:"eventData"`
	IsRead       bool      `json:"isRead"`
	ResourceID   string    `json:"resourceId"`
	ResourceType string    `json:"resourceType"` // task, workspace
	CreatedAt    time.Time `json:"createdAt"`
}

// Notice is what a notification is about, as far as it is text.
type Notice struct {
	TaskTitle, ProjectID, WorkspaceID string
	OldStatus, NewStatus              string // slugs
	CommenterName, CommentPreview     string
	MentionerName, WorkspaceName      string
}

// UnmarshalJSON never fails: eventData is free-form, and one odd row must not hide the others.
func (n *Notice) UnmarshalJSON(raw []byte) error {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return nil
	}
	for name, field := range map[string]*string{
		"taskTitle": &n.TaskTitle, "projectId": &n.ProjectID, "workspaceId": &n.WorkspaceID,
		"oldStatus": &n.OldStatus, "newStatus": &n.NewStatus,
		"commenterName": &n.CommenterName, "commentPreview": &n.CommentPreview,
		"mentionerName": &n.MentionerName, "workspaceName": &n.WorkspaceName,
	} {
		if json.Unmarshal(members[name], field) != nil {
			*field = ""
		}
	}
	return nil
}

// Notifications lists the caller's newest fifty, newest first. Kaneo gives no more.
func (c *Client) Notifications(ctx context.Context) ([]Notification, error) {
	return get[[]Notification](ctx, c, "list notifications", nil, "notification")
}

// MarkRead marks one of the caller's notifications as read.
func (c *Client) MarkRead(ctx context.Context, id string) error {
	_, err := send[json.RawMessage](ctx, c, "mark notification", http.MethodPatch, nil, "notification", id, "read")
	return err
}

// MarkAllRead marks all of them, also those that Notifications does not show.
func (c *Client) MarkAllRead(ctx context.Context) error {
	_, err := send[json.RawMessage](ctx, c, "mark notifications", http.MethodPatch, nil, "notification", "read-all")
	return err
}
