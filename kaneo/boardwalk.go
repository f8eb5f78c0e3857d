package kaneo

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"golang.org/x/sync/errgroup"
)

// From 2.26 on a board is cut along two axes (kaneo-newer.md §4). Its tasks come in pages, and the labels, links and
// columns of one such page come in related pages, each of which repeats the tasks.
const (
	largestPage  = 100 // tasks
	smallestPage = 25  // less than this a Kaneo that is too slow is not asked for
	mostPages    = 500 // of either kind: a board beyond is Incomplete
)

type boardPage struct {
	Data struct {
		ID            string           `json:"id"`
		Name          string           `json:"name"`
		Slug          string           `json:"slug"`
		WorkspaceID   string           `json:"workspaceId"`
		Columns       []columnWithTask `json:"columns"`
		PlannedTasks  []Task           `json:"plannedTasks"`
		ArchivedTasks []Task           `json:"archivedTasks"`
	} `json:"data"`
	Pagination struct {
		Total             int `json:"total"`
		TotalPages        int `json:"totalPages"`
		RelatedTotalPages int `json:"relatedTotalPages"` // 0 up to 2.25
	} `json:"pagination"`
}

type columnWithTask struct {
	BoardColumn
	Tasks []Task `json:"tasks"`
}

// walk reads a board page by page. A board that changes under it is read again, once; a Kaneo that is too slow for the
// pages is asked for smaller ones.
func (c *Client) walk(ctx context.Context, projectID string, f BoardFilter, limit int) (Board, error) {
	for again := true; ; {
		pages, err := c.allPages(ctx, projectID, f, limit)
		switch {
		case tooSlow(err) && limit > smallestPage:
			limit /= 2
		case err != nil:
			return Board{}, err
		case again && !steady(pages):
			again = false
		default:
			return newBoard(pages), nil
		}
	}
}

// allPages reads the first page, and the others that it promises at once.
func (c *Client) allPages(ctx context.Context, projectID string, f BoardFilter, limit int) ([]boardPage, error) {
	pageOf := func(ctx context.Context, n int) ([]boardPage, error) {
		query := f.query()
		query.Set("page", strconv.Itoa(n))
		query.Set("limit", strconv.Itoa(limit))
		return c.taskPage(ctx, projectID, query)
	}
	first, err := pageOf(ctx, 1)
	if err != nil {
		return nil, err
	}
	others := make([][]boardPage, min(max(first[0].Pagination.TotalPages, 1), mostPages)-1)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(c.width)
	for i := range others {
		group.Go(func() (err error) {
			others[i], err = pageOf(ctx, i+2)
			return err
		})
	}
	err = group.Wait()
	return slices.Concat(append([][]boardPage{first}, others...)...), err
}

// taskPage reads one page of tasks, with all its related pages.
func (c *Client) taskPage(ctx context.Context, projectID string, query url.Values) ([]boardPage, error) {
	const op = "get board"
	var pages []boardPage
	for n := 1; ; n++ {
		if n > 1 {
			query.Set("relatedPage", strconv.Itoa(n))
		}
		page, err := get[boardPage](ctx, c, op, query, "task", "tasks", projectID)
		if err != nil {
			return nil, err
		}
		if page.Data.ID == "" {
			return nil, &Error{Kind: Unexpected, Status: http.StatusOK, Message: "Kaneo's answer holds no board", op: op}
		}
		pages = append(pages, page)
		if page.Pagination.RelatedTotalPages > 0 {
			c.paged.Store(true)
		}
		if n >= min(pages[0].Pagination.RelatedTotalPages, mostPages) {
			return pages, nil
		}
	}
}

// tooSlow says that Kaneo gave up on a page: it allows three seconds for one.
func tooSlow(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Status == http.StatusServiceUnavailable
}

// steady says that no task came or went between the pages, as far as their totals betray it.
func steady(pages []boardPage) bool {
	return !slices.ContainsFunc(pages, func(p boardPage) bool { return p.Pagination.Total != pages[0].Pagination.Total })
}

// newBoard makes one board of all its pages.
func newBoard(pages []boardPage) Board {
	head := pages[0].Data
	b := Board{
		ID: head.ID, Name: head.Name, Slug: head.Slug, WorkspaceID: head.WorkspaceID,
		Columns: mergeColumns(pages), Tasks: mergeTasks(pages), Total: pages[len(pages)-1].Pagination.Total,
	}
	b.Incomplete = b.Total != len(b.Tasks) || !steady(pages)
	return b
}

// mergeColumns puts each column before the one that follows it on its page: pages keep the board's order, but also show the
// columns of other pages that their tasks are in.
func mergeColumns(pages []boardPage) []BoardColumn {
	var all []BoardColumn
	for _, p := range pages {
		next := len(all)
		for _, column := range slices.Backward(p.Data.Columns) {
			known := slices.IndexFunc(all, func(c BoardColumn) bool { return c.Slug == column.Slug })
			if known >= 0 {
				next = known
				continue
			}
			all = slices.Insert(all, next, column.BoardColumn)
		}
	}
	return all
}

func mergeTasks(pages []boardPage) []Task {
	var all []Task
	at := map[string]int{}
	for _, p := range pages {
		for _, t := range p.tasks() {
			i, seen := at[t.ID]
			if !seen {
				at[t.ID] = len(all)
				all = append(all, t)
				continue
			}
			all[i].Labels = union(all[i].Labels, t.Labels, func(l Label) string { return l.ID })
			all[i].Links = union(all[i].Links, t.Links, func(l Link) string { return l.ID })
		}
	}
	slices.SortFunc(all, func(a, b Task) int { return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.ID, b.ID)) })
	return all
}

// tasks are those of all columns, and of none.
func (p boardPage) tasks() []Task {
	all := slices.Concat(p.Data.PlannedTasks, p.Data.ArchivedTasks)
	for _, column := range p.Data.Columns {
		all = append(all, column.Tasks...)
	}
	return all
}

// union appends to have what of more it lacks.
func union[T any](have, more []T, id func(T) string) []T {
	for _, m := range more {
		if !slices.ContainsFunc(have, func(h T) bool { return id(h) == id(m) }) {
			have = append(have, m)
		}
	}
	return have
}
