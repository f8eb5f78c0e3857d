package kaneo

import (
	"context"
	"net/http"
	"time"
)

// RelationType says what the source of a relation is to its target.
type RelationType string

// The source of a relation is the target's parent (Subtask), stands in its way (Blocks), or is merely akin to it (Related).
const (
	Subtask RelationType = "subtask"
	Blocks  RelationType = "blocks"
	Related RelationType = "related"
)

// Relation ties two tasks together. Lists fill Source and Target, AddRelation does not.
type Relation struct {
	ID           string       `json:"id"`
	SourceTaskID string       `json:"sourceTaskId"`
	TargetTaskID string       `json:"targetTaskId"`
	Type         RelationType `json:"relationType"`
	CreatedAt    time.Time    `json:"createdAt"`
	Source       RelatedTask  `json:"sourceTask"`
	Target       RelatedTask  `json:"targetTask"`
}

// RelatedTask is what a relation tells of its ends.
type RelatedTask struct {
	ID           string   `json:"id"`
	ProjectID    string   `json:"projectId"`
	Title        string   `json:"title"`
	Status       string   `json:"status"`
	Number       int      `json:"number"`
	Priority     Priority `json:"priority"`
	AssigneeID   string   `json:"userId"`
	AssigneeName string   `json:"assigneeName"`
}

// Relations lists those of a task, in both directions: compare the ids to tell which end it is.
func (c *Client) Relations(ctx context.Context, taskID string) ([]Relation, error) {
	return get[[]Relation](ctx, c, "list relations", nil, "task-relation", taskID)
}

// AddRelation ties two tasks of one workspace together; the source is the parent, or the one that blocks. Conflict says
// that they are so tied already, in one direction or the other, and Invalid that they are the same task.
func (c *Client) AddRelation(ctx context.Context, sourceTaskID, targetTaskID string, t RelationType) (Relation, error) {
	return send[Relation](ctx, c, "add relation", http.MethodPost, map[string]text{
		"sourceTaskId": text(sourceTaskID), "targetTaskId": text(targetTaskID), "relationType": text(t),
	}, "task-relation")
}

// DeleteRelation unties them.
func (c *Client) DeleteRelation(ctx context.Context, id string) error {
	return c.remove(ctx, "delete relation", "task-relation", id)
}
