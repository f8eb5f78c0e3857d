package kaneo

import (
	"time"
)

// Priority of a task. Values that this package does not name are passed through.
type Priority string

// The priorities of Kaneo 2.22, lowest first.
const (
	NoPriority Priority = "no-priority"
	Low        Priority = "low"
	Medium     Priority = "medium"
	High       Priority = "high"
	Urgent     Priority = "urgent"
)

// The two statuses that every project has beside its columns' slugs. MoveTask refuses them.
const (
	StatusPlanned  = "planned"
	StatusArchived = "archived"
)

// Task is one card. Kaneo has several shapes of it (kaneo-api.md §7); what a shape leaves out is zero here:
//
//   - Client.Board fills everything but UpdatedAt;
//   - Client.ProjectTasks fills UpdatedAt, and leaves out AssigneeName, Labels and Links;
//   - Client.Task has no UpdatedAt, Labels and Links;
//   - writes have no Labels and Links, and no AssigneeName save for a task created with an assignee.
type Task struct {
	ID           string    `json:"id"`
	ProjectID    string    `json:"projectId"`
	Title        string    `json:"title"`
	Description  string    `json:"description"` // Markdown
	Status       string    `json:"status"`      // a column's slug, or StatusPlanned or StatusArchived
	Number       int       `json:"number"`      // the 12 of WEB-12; a move to another project gives a new one
	Priority     Priority  `json:"priority"`
	AssigneeID   string    `json:"userId"` // "" when nobody is assigned
	AssigneeName string    `json:"assigneeName"`
	StartDate    time.Time `json:"startDate"` // zero when there is none, like DueDate
	DueDate      time.Time `json:"dueDate"`
	CreatedAt    time.Time `json:"createdAt"`
	UpdatedAt    time.Time `json:"updatedAt"`
	Position     int       `json:"position"` // in its column; ties are normal
	Labels       []Label   `json:"labels"`   // the task's own copies
	Links        []Link    `json:"externalLinks"`
	// DescriptionDeferred says that a board left out a description of more than 64 KiB (Kaneo 2.26 and later): Description
	// is then "" although there is one. Client.Task has the text.
	DescriptionDeferred bool `json:"descriptionDeferred"`
}

// NewTask is what a task is created from. Labels can not be given (kaneo-api.md §8).
type NewTask struct {
	Title       string
	Description string
	Status      string   // "" is Kaneo's "to-do"
	Priority    Priority // "" is NoPriority
	AssigneeID  string   // "" is nobody; Kaneo does not ask whether this is a member
	StartDate   time.Time
	DueDate     time.Time
	Custom      []FieldValue // of fields and values only; a Kaneo without custom fields passes them over
}

// FullTask is everything that Client.ReplaceTask writes. What is zero here is cleared there.
type FullTask struct {
	ProjectID   string // of the project that the task is in; not a way to move it
	Title       string
	Description string
	Status      string
	Priority    Priority
	AssigneeID  string
	StartDate   time.Time
	DueDate     time.Time
	Position    int
}
