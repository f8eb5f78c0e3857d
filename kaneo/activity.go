package kaneo

import (
	"context"
	"encoding/json"
	"time"
)

// Activity is one row of a task's history. Which fields of Event are set depends on Type (kaneo-api.md §9); types that
// nobody has heard of yet are passed through.
type Activity struct {
	ID               string    `json:"id"`
	TaskID           string    `json:"taskId"`
	Type             string    `json:"type"`   // created, comment, status_changed, moved, …
	UserID           string    `json:"userId"` // Kaneo gives no name here
	Content          string    `json:"content"`
	Event            Event     `json:"eventData"`
	ExternalUserName string    `json:"externalUserName"`
	CreatedAt        time.Time `json:"createdAt"`
	UpdatedAt        time.Time `json:"updatedAt"`
}

// Event is what changed, as far as it is text. Statuses are slugs, due dates are RFC 3339.
type Event struct {
	OldStatus, NewStatus           string
	OldPriority, NewPriority       string
	OldTitle, NewTitle             string
	OldDueDate, NewDueDate         string
	NewAssigneeID, NewAssignee     string // id and name
	FromProjectID, FromProjectName string
	ToProjectID, ToProjectName     string
	OldStatusName, NewStatusName   string // Kaneo after 2.30 only
}

// UnmarshalJSON never fails: eventData is free-form (kaneo-api.md §8), and a history must not be unreadable for one odd row.
func (e *Event) UnmarshalJSON(raw []byte) error {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return nil
	}
	for name, field := range map[string]*string{
		"oldStatus": &e.OldStatus, "newStatus": &e.NewStatus,
		"oldStatusName": &e.OldStatusName, "newStatusName": &e.NewStatusName,
		"oldPriority": &e.OldPriority, "newPriority": &e.NewPriority,
		"oldTitle": &e.OldTitle, "newTitle": &e.NewTitle,
		"oldDueDate": &e.OldDueDate, "newDueDate": &e.NewDueDate,
		"newAssigneeId": &e.NewAssigneeID, "newAssignee": &e.NewAssignee,
		"fromProjectId": &e.FromProjectID, "fromProjectName": &e.FromProjectName,
		"toProjectId": &e.ToProjectID, "toProjectName": &e.ToProjectName,
	} {
		if json.Unmarshal(members[name], field) != nil {
			*field = ""
		}
	}
	return nil
}

// Activity lists a task's history, newest first, comments included.
func (c *Client) Activity(ctx context.Context, taskID string) ([]Activity, error) {
	return get[[]Activity](ctx, c, "list activity", nil, "activity", taskID)
}
