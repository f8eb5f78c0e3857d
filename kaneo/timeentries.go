package kaneo

import (
	"context"
	"net/http"
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

// newEntry has the end only once there is one.
type newEntry struct {
	TaskID      text   `json:"taskId,omitempty"`
	StartTime   string `json:"startTime"`
	EndTime     string `json:"endTime,omitempty"`
	Description text   `json:"description"`
}

// AddTimeEntry adds work of the caller's to a task; without an end it runs. The duration of a finished one stays 0 until
// UpdateTimeEntry (kaneo-api.md §8). The task's assignee is told. Entries can not be deleted.
func (c *Client) AddTimeEntry(ctx context.Context, taskID string, start, end time.Time, description string) (TimeEntry, error) {
	return send[TimeEntry](ctx, c, "add time entry", http.MethodPost,
		newEntry{text(taskID), instant(start), instant(end), text(description)}, "time-entry")
}

// UpdateTimeEntry replaces the times and the description of an entry, anybody's, and has Kaneo reckon its duration. The
// zero time leaves the end as it is: it can not be cleared. A start after the end is Invalid.
func (c *Client) UpdateTimeEntry(ctx context.Context, id string, start, end time.Time, description string) (TimeEntry, error) {
	return send[TimeEntry](ctx, c, "update time entry", http.MethodPut,
		newEntry{StartTime: instant(start), EndTime: instant(end), Description: text(description)}, "time-entry", id)
}
