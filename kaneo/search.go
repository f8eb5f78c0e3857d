package kaneo

import (
	"context"
	"math"
	"net/url"
	"regexp"
	"strconv"
	"sync"
	"time"
)

// SearchQuery asks one workspace. Kaneo looks for Text as it is, case aside: several words must be adjacent, and % and _ are
// wildcards (kaneo-api.md §8).
type SearchQuery struct {
	Text        string
	WorkspaceID string
	ProjectID   string     // "" searches all projects
	Type        SearchType // "" searches all types
	Limit       int        // 1 to 50; 0 is Kaneo's own 20
}

// SearchType is what to search for.
type SearchType string

// What is searched for here. Kaneo knows more types (kaneo-api.md §8).
const (
	SearchTasks    SearchType = "tasks"
	SearchComments SearchType = "comments"
)

// SearchHit is one find, best first. Comments and activities do not say which task they are on except by ProjectSlug and
// TaskNumber; what does not apply to a Type is zero.
type SearchHit struct {
	ID            string    `json:"id"`
	Type          string    `json:"type"` // task, project, workspace, comment, activity
	Title         string    `json:"title"`
	Description   string    `json:"description"`
	Content       string    `json:"content"`
	ProjectID     string    `json:"projectId"`
	ProjectName   string    `json:"projectName"`
	ProjectSlug   string    `json:"projectSlug"`
	WorkspaceID   string    `json:"workspaceId"`
	WorkspaceName string    `json:"workspaceName"`
	UserID        string    `json:"userId"`
	UserName      string    `json:"userName"`
	TaskNumber    int       `json:"taskNumber"`
	Priority      Priority  `json:"priority"`
	Status        string    `json:"status"`
	CreatedAt     time.Time `json:"createdAt"`
	Score         float64   `json:"relevanceScore"`
}

// maxHits is the most that Kaneo answers with; it refuses to be asked for more.
const maxHits = 50

// shortID is what Kaneo takes for a task's short id (kaneo-api.md §8).
var shortID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\p{L}[\p{L}\p{N}\p{M}_-]*-(\d+)$`) })

// Search looks in one workspace. An exact short id (WEB-12) finds at most one task, even when projects share a slug: name
// the project to be sure. Members only: an administrator of the instance who is none finds nothing.
func (c *Client) Search(ctx context.Context, q SearchQuery) ([]SearchHit, error) {
	const op = "search"
	if q.Text == "" || q.WorkspaceID == "" {
		return nil, &Error{Kind: Invalid, Message: "a search needs a text and a workspace", op: op}
	}
	if beyondNumbers(q.Text) {
		return nil, &Error{Kind: Invalid, Message: "no task has a number that large", op: op}
	}
	found, err := get[struct {
		Results []SearchHit `json:"results"`
	}](ctx, c, op, q.values(), "search")
	return found.Results, err
}

// beyondNumbers tells of short ids that Kaneo answers 500 to.
func beyondNumbers(s string) bool {
	match := shortID().FindStringSubmatch(s)
	if match == nil {
		return false
	}
	n, err := strconv.ParseInt(match[1], 10, 64)
	return err != nil || n > math.MaxInt32
}

func (q SearchQuery) values() url.Values {
	v := url.Values{"q": {q.Text}, "workspaceId": {q.WorkspaceID}}
	if q.Type != "" {
		v.Set("type", string(q.Type))
	}
	if q.ProjectID != "" {
		v.Set("projectId", q.ProjectID)
	}
	if q.Limit != 0 {
		v.Set("limit", strconv.Itoa(min(max(q.Limit, 1), maxHits)))
	}
	return v
}
