package board

import (
	"context"

	"kaneo-mcp/kaneo"
)

// Related is a task that another one is tied to.
type Related struct {
	As   string // what the task at hand is to it: "blocks", "blocked by"; or what it is: "parent", "subtask", "related"
	Card Card

	// Outside says that the other task is not in the allowed projects; then nothing is told of it.
	Outside bool
}

// related looks at a relation from one of its ends.
func (d *Desk) related(ctx context.Context, r kaneo.Relation, self string) (Related, error) {
	as, other := kindOf(r, self).word(), r.Source
	if r.SourceTaskID == self {
		other = r.Target
	}
	project, err := d.projectByID(ctx, other.ProjectID)
	if whole(err) != nil {
		return Related{}, err
	}
	if err != nil {
		return Related{As: as, Outside: true}, nil
	}
	card, err := d.place(ctx, kaneo.Task{
		ID: other.ID, ProjectID: other.ProjectID, Number: other.Number, Title: other.Title, Status: other.Status,
		Priority: other.Priority, AssigneeID: other.AssigneeID, AssigneeName: other.AssigneeName,
	}, project)
	return Related{As: as, Card: card}, err
}
