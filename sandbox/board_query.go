package sandbox

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// boardQuery is what validation accepts of a board's query; everything else is
// ignored, and bad numbers fall back.
func boardQuery() shape {
	s := shape{
		may("sortBy", oneOf("createdAt", "priority", "dueDate", "position", "title", "number")),
		may("sortOrder", oneOf("asc", "desc")),
	}
	for _, name := range []string{"status", "priority", "assigneeId", "page", "limit", "relatedPage", "dueBefore", "dueAfter"} {
		s = append(s, may(name, text))
	}
	return s
}

// boardTasks are the project's tasks that pass the filters, in the order asked for.
func (k *Kaneo) boardTasks(projectID string, q url.Values) ([]*task, error) {
	before, err := bound(q.Get("dueBefore"))
	if err != nil {
		return nil, err
	}
	after, err := bound(q.Get("dueAfter"))
	if err != nil {
		return nil, err
	}
	found := k.tasks.where(func(t *task) bool {
		return t.ProjectID == projectID &&
			matches(q.Get("status"), t.Status) && matches(q.Get("priority"), t.Priority) &&
			matches(q.Get("assigneeId"), string(t.UserID)) && t.dueWithin(after, before)
	})
	k.sortTasks(found, q)
	return found, nil
}

// matches lets everything pass an empty filter.
func matches(filter, value string) bool { return filter == "" || filter == value }

// bound reads a date of a filter; an unreadable one is a database error.
func bound(s string) (stamp, error) {
	if s == "" {
		return stamp{}, nil
	}
	date, readable := readDate(s)
	if !readable {
		return stamp{}, errStumbled
	}
	return date, nil
}

// dueWithin includes both ends; a task without a date passes only without bounds.
func (t *task) dueWithin(after, before stamp) bool {
	if after.IsZero() && before.IsZero() {
		return true
	}
	return !t.DueDate.IsZero() &&
		(after.IsZero() || !t.DueDate.Before(after.Time)) && (before.IsZero() || !t.DueDate.After(before.Time))
}

func (k *Kaneo) sortTasks(tasks []*task, q url.Values) {
	order := taskOrder(q.Get("sortBy"))
	if q.Get("sortOrder") == "desc" {
		ascending := order
		order = func(a, b *task) int { return ascending(b, a) }
	}
	slices.SortStableFunc(tasks, func(a, b *task) int {
		if c := order(a, b); c != 0 || !k.alwaysPaged {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
}

func taskOrder(key string) func(a, b *task) int {
	switch key {
	case "createdAt":
		return func(a, b *task) int { return a.CreatedAt.Compare(b.CreatedAt.Time) }
	case "priority":
		rank := func(t *task) int { return slices.Index(priorities(), t.Priority) }
		return func(a, b *task) int { return rank(a) - rank(b) }
	case "dueDate":
		return byDueDate
	case "title":
		return func(a, b *task) int { return strings.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title)) }
	case "number":
		return func(a, b *task) int { return a.Number - b.Number }
	}
	return func(a, b *task) int { return a.Position - b.Position }
}

// byDueDate counts no date as the latest, as the database does.
func byDueDate(a, b *task) int {
	switch {
	case a.DueDate.IsZero() && b.DueDate.IsZero():
		return 0
	case a.DueDate.IsZero():
		return 1
	case b.DueDate.IsZero():
		return -1
	}
	return a.DueDate.Compare(b.DueDate.Time)
}

// window is the page of a list somebody asked for.
type window struct {
	all        bool
	page, size int
}

const (
	defaultPage = 50
	largestPage = 100
	// lastPage bounds page numbers; nothing is that far out.
	lastPage = 1_000_000
)

// pageOf reads page and limit. Without either there is one page with everything,
// unless the instance always cuts; zero, negative and unreadable numbers fall
// back; fractions break the database's offset (kaneo-api.md §8).
func (k *Kaneo) pageOf(q url.Values) (window, error) {
	page := min(atLeastOne(q.Get("page"), 1), lastPage)
	limit := min(atLeastOne(q.Get("limit"), defaultPage), largestPage)
	if offset := (page - 1) * limit; limit != math.Trunc(limit) || offset != math.Trunc(offset) {
		return window{}, errStumbled
	}
	return window{all: !k.alwaysPaged && !q.Has("page") && !q.Has("limit"), page: int(page), size: int(limit)}, nil
}

// atLeastOne reads a number the way JavaScript does.
func atLeastOne(s string, fallback float64) float64 {
	n, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || !(n > 0) {
		return fallback
	}
	return n
}

// cut is the window's part of a list of n, as bounds.
func (w window) cut(n int) (from, to int) {
	if w.all {
		return 0, n
	}
	return min((w.page-1)*w.size, n), min(w.page*w.size, n)
}

// pages is how many windows a list of n fills; an empty one still fills one.
func (w window) pages(n int) int { return max(1, (n+w.size-1)/w.size) }
