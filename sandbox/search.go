package sandbox

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

func searchOperations() []operation {
	return []operation{{
		method: get, path: "/api/search", scope: ofQuery, run: search,
		query: shape{
			must("q", queryText), may("type", oneOf("all", "tasks", "projects", "workspaces", "comments", "activities")),
			may("workspaceId", text), may("projectId", text), may("limit", searchLimit),
		},
	}}
}

// hit is a search result; what does not apply is absent (kaneo-api.md §8).
type hit struct {
	ID            string `json:"id"`
	Type          string `json:"type"`
	Title         string `json:"title"`
	Description   string `json:"description,omitempty"`
	Content       string `json:"content,omitempty"`
	ProjectID     string `json:"projectId,omitempty"`
	ProjectName   string `json:"projectName,omitempty"`
	ProjectSlug   string `json:"projectSlug,omitempty"`
	WorkspaceID   string `json:"workspaceId,omitempty"`
	WorkspaceName string `json:"workspaceName,omitempty"`
	UserID        string `json:"userId,omitempty"`
	UserName      string `json:"userName,omitempty"`
	CreatedAt     stamp  `json:"createdAt"`
	Score         int    `json:"relevanceScore"`
	TaskNumber    int    `json:"taskNumber,omitempty"`
	Priority      string `json:"priority,omitempty"`
	Status        string `json:"status,omitempty"`
}

// quest is one search under way.
type quest struct {
	*Kaneo
	workspace *workspace
	projectID string
	kind      string
	limit     int
	like      *regexp.Regexp // the whole query as a substring, with wildcards
	shortID   []string       // key and number, when the query is one
}

const shortIDScore = 10

// search gathers up to limit hits of each kind, best first, and cuts to limit;
// the total counts what was gathered.
func search(k *Kaneo, c *call) (any, error) {
	q := k.questOf(c)
	tasks, err := q.tasks()
	if err != nil {
		return nil, err
	}
	found := append([]hit{}, tasks...)
	for _, gather := range []func() []hit{q.projects, q.workspaces, q.activities} {
		found = append(found, gather()...)
	}
	found = best(found, len(found))
	return struct {
		Results []hit  `json:"results"`
		Total   int    `json:"totalCount"`
		Query   string `json:"searchQuery"`
	}{found[:min(len(found), q.limit)], len(found), c.query.Get("q")}, nil
}

// shortIDForm is a project's key, a dash, a number.
var shortIDForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(\p{L}[\p{L}\p{N}\p{M}_-]*)-(\d+)$`) })

func (k *Kaneo) questOf(c *call) quest {
	limit, err := strconv.Atoi(c.query.Get("limit"))
	if err != nil {
		limit = 20
	}
	q := quest{
		Kaneo: k, projectID: c.query.Get("projectId"), kind: c.query.Get("type"), limit: limit,
		like: likePattern(c.query.Get("q")), shortID: shortIDForm().FindStringSubmatch(c.query.Get("q")),
	}
	// Search looks at one's own memberships only, so that an administrator of the
	// instance finds nothing elsewhere.
	if k.memberOf(c.workspace, c.caller.user.ID) != nil {
		q.workspace = k.workspaces.get(c.workspace)
	}
	return q
}

// likePattern is SQL's '%query%' without regard to case: % and _ are wildcards.
func likePattern(query string) *regexp.Regexp {
	pattern := regexp.QuoteMeta(query)
	pattern = strings.NewReplacer("%", ".*", "_", ".").Replace(pattern)
	return regexp.MustCompile("(?is)" + pattern)
}

// wants says whether this search looks at a kind at all.
func (q quest) wants(kinds ...string) bool {
	return q.workspace != nil && (q.kind == "" || q.kind == "all" || slices.Contains(kinds, q.kind))
}

// best sorts hits by score, then newest first, and keeps the first most.
func best(hits []hit, most int) []hit {
	slices.SortStableFunc(hits, func(a, b hit) int {
		if c := cmp.Compare(b.Score, a.Score); c != 0 {
			return c
		}
		return b.CreatedAt.Compare(a.CreatedAt.Time)
	})
	return hits[:min(len(hits), most)]
}

// inReach says whether a project is in the workspace and is the one asked for, if any.
func (q quest) inReach(projectID string) bool {
	return q.workspaceOfProject(projectID) == q.workspace.ID && matches(q.projectID, projectID)
}

func queryText(value any) []fault {
	faults := sized(1, 0)(value)
	for i := range faults {
		if faults[i].Kind == "validation" {
			faults[i].Message = "Query must be at least 1 character"
		}
	}
	return faults
}

// searchLimit reads a number out of a text, from 1 to 50.
func searchLimit(value any) []fault {
	s, is := value.(string)
	if !is {
		return text(value)
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil {
		return []fault{mistyped("number", "number", math.NaN())}
	}
	faults := whole(1)(n)
	if len(faults) == 0 {
		faults = between(1, 50)(n)
	}
	says := map[string]string{
		"integer": "Limit must be an integer", "min_value": "Limit must be at least 1", "max_value": "Limit must not exceed 50",
	}
	for i := range faults {
		faults[i].Message = says[faults[i].Type]
	}
	return faults
}

// number32 is a task number; one beyond 32 bits breaks the database's query.
func number32(digits string) (int, error) {
	n, err := strconv.ParseInt(digits, 10, 32)
	if err != nil {
		return 0, errStumbled
	}
	return int(n), nil
}

// historyTitle heads a hit of a task's history.
func historyTitle(a *activity, t *task) string {
	if a.Type == "comment" {
		return "Comment on " + t.Title
	}
	return fmt.Sprintf("%s on %s", a.Type, t.Title)
}
