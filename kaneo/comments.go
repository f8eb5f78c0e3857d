package kaneo

import (
	"context"
	"net/http"
	"time"
)

// Comment on a task. Its ID is that of its Activity.
type Comment struct {
	ID        string        `json:"id"`
	TaskID    string        `json:"taskId"`
	UserID    string        `json:"userId"` // "" for imported ones and for people that are gone
	Content   string        `json:"content"`
	CreatedAt time.Time     `json:"createdAt"`
	UpdatedAt time.Time     `json:"updatedAt"`
	Author    CommentAuthor `json:"user"`
}

// CommentAuthor is who wrote a comment.
type CommentAuthor struct {
	Name string `json:"name"`
}

// Comments lists those on a task, oldest first.
func (c *Client) Comments(ctx context.Context, taskID string) ([]Comment, error) {
	return get[[]Comment](ctx, c, "list comments", nil, "comment", taskID)
}

// AddComment writes one, in Markdown. Newer releases take at most 10 000 characters (kaneo-newer.md §13).
func (c *Client) AddComment(ctx context.Context, taskID, content string) (Activity, error) {
	return send[Activity](ctx, c, "add comment", http.MethodPost, map[string]text{"content": text(content)}, "comment", taskID)
}

// EditComment replaces the text of one's own. Other people's are NotFound, for administrators too.
func (c *Client) EditComment(ctx context.Context, commentID, content string) (Activity, error) {
	return send[Activity](ctx, c, "edit comment", http.MethodPut, map[string]text{"content": text(content)}, "comment", commentID)
}

// DeleteComment deletes one's own, as EditComment edits.
func (c *Client) DeleteComment(ctx context.Context, commentID string) error {
	return c.remove(ctx, "delete comment", "comment", commentID)
}
