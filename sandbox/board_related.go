package sandbox

import (
	"net/url"
	"slices"
)

// related is what a page of tasks shows besides the tasks: their labels and the
// columns. From 2.26 on it comes in pages of its own; before, these are 0.
type related struct {
	labels                     map[string][]labelView // by task id
	columns                    []*column
	page, pageSize, totalPages int
}

// relatedPageSize is how many rows of each kind fit one of these pages.
const relatedPageSize = 100

// relatedOf gathers everything, or where the instance always cuts the page of it
// that ?relatedPage= asks for.
func (k *Kaneo) relatedOf(projectID string, tasks []*task, q url.Values) related {
	columns, labels := k.columnsOf(projectID), k.labelsOn(tasks)
	r := related{columns: columns, labels: map[string][]labelView{}}
	if k.alwaysPaged {
		w := window{page: int(min(atLeastOne(q.Get("relatedPage"), 1), lastPage)), size: relatedPageSize}
		r.page, r.pageSize, r.totalPages = w.page, w.size, w.pages(max(len(columns), len(labels)))
		r.columns = withNeeded(columns, w, tasks)
		from, to := w.cut(len(labels))
		labels = labels[from:to]
	}
	for _, l := range labels {
		r.labels[string(l.TaskID)] = append(r.labels[string(l.TaskID)], labelView{l.ID, l.Name, l.Color})
	}
	return r
}

// labelsOn are the copies on any of the tasks, oldest first.
func (k *Kaneo) labelsOn(tasks []*task) []*label {
	on := map[ref]bool{}
	for _, t := range tasks {
		on[ref(t.ID)] = true
	}
	return k.labels.where(func(l *label) bool { return on[l.TaskID] })
}

// withNeeded is a page of columns and whatever further ones the tasks are in.
func withNeeded(columns []*column, w window, tasks []*task) []*column {
	from, to := w.cut(len(columns))
	var kept []*column
	for i, col := range columns {
		inUse := slices.ContainsFunc(tasks, func(t *task) bool { return t.Status == col.Slug })
		if i >= from && i < to || inUse {
			kept = append(kept, col)
		}
	}
	return kept
}

// deferredFrom is the size in bytes above which a board leaves a description out.
const deferredFrom = 64 << 10

// deferLong takes a long description off the board (kaneo-newer.md §5).
func (row *boardTask) deferLong() {
	long := len(textOf(row.Description)) > deferredFrom
	row.Deferred = &long
	if long {
		row.Description = nil
	}
}
