package kaneo

import (
	"context"
	"time"
)

// TimeEntry is a stretch of work on a task.
type TimeEntry struct {
	ID          string    `json:"id"`
	TaskID      string    `json:"taskId"`
	UserID      string    `json:"userId"` // "" once the user is gone
	UserName    string    `json:"userName"`
	Description string    `json:"description"`
	StartTime   time.Time `json:"startTime"`
	EndTime     time.Time `json:"endTime"`  // zero while it runs
	Seconds     int       `json:"duration"` // 0 until an update: the times are what to trust (kaneo-api.md §8)
	CreatedAt   time.Time `json:"createdAt"`
}

// TimeEntries lists those of a task.
func (c *Client) TimeEntries(ctx context.Context, taskID string) ([]TimeEntry, error) {
	return get[[]TimeEntry](ctx, c, "list time entries", nil, "time-entry", "task", taskID)
}
