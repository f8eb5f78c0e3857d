package kaneo

import (
	"context"
	"net/url"
	"time"
)

// Board is a whole project: every column, and every task that the filter lets through.
type Board struct {
	ID          string
	Name        string
	Slug        string
	WorkspaceID string
	Columns     []BoardColumn // in board order, the empty ones too
	Tasks       []Task        // by number; those with StatusPlanned and StatusArchived too
	Total       int           // how many tasks Kaneo says there are
	// Incomplete says that Total is not what could be read: the board kept changing while it was read, or some tasks
	// have a status that no column has, which Kaneo counts but shows nowhere (kaneo-newer.md §4).
	Incomplete bool
}

// BoardColumn is what a board tells of a column; Client.Columns tells more.
type BoardColumn struct {
	Slug    string `json:"slug"`
	Name    string `json:"name"`
	IsFinal bool   `json:"isFinal"`
}

// BoardFilter narrows a board down. Zero fields do not filter; the others must all hold. A value that nothing has
// matches nothing and is no error.
type BoardFilter struct {
	Status     string
	Priority   Priority
	AssigneeID string
	DueAfter   time.Time // inclusive, like DueBefore
	DueBefore  time.Time
}

// Board reads a whole project, however many requests it takes: one up to Kaneo 2.25, and one for every hundred tasks later
// on. Descriptions come along; see Task.DescriptionDeferred.
func (c *Client) Board(ctx context.Context, projectID string, f BoardFilter) (Board, error) {
	if c.paged.Load() {
		return c.walk(ctx, projectID, f, largestPage)
	}
	pages, err := c.taskPage(ctx, projectID, f.query())
	switch {
	case tooSlow(err): // for fifty tasks: without being asked to, only releases with pages give up
		return c.walk(ctx, projectID, f, smallestPage)
	case err != nil:
		return Board{}, err
	case pages[0].Pagination.TotalPages > 1:
		return c.walk(ctx, projectID, f, largestPage)
	}
	return newBoard(pages), nil
}

func (f BoardFilter) query() url.Values {
	q := url.Values{"sortBy": {"number"}, "sortOrder": {"asc"}} // the only order that pages well on 2.22 (kaneo-api.md §8)
	for name, value := range map[string]string{
		"status": f.Status, "priority": string(f.Priority), "assigneeId": f.AssigneeID,
		"dueAfter": instant(f.DueAfter), "dueBefore": instant(f.DueBefore),
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return q
}
