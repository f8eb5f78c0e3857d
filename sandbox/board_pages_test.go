package sandbox

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// tasksOn are all tasks of a page, out of every bucket.
func tasksOn(page boardPage) []boardTask {
	all := slices.Concat(page.Data.PlannedTasks, page.Data.ArchivedTasks)
	for _, col := range page.Data.Columns {
		all = append(all, col.Tasks...)
	}
	return all
}

// sizes are around the page sizes, and a large board.
var sizes = []int{0, 1, 50, 51, 100, 101, 1000}

func TestWholeBoard(t *testing.T) {
	t.Parallel()
	for _, n := range sizes {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			h, project := emptyProject(t, Options{})
			h.k.SeedTasks(project, n)
			page := read[boardPage](h, "viewer", "/api/task/tasks/"+project)
			want := pagination{Total: n, Page: 1, PageSize: n, TotalPages: 1}
			if got := len(tasksOn(page)); got != n || page.Pagination != want {
				t.Errorf("%d tasks, %+v; want %d and %+v", got, page.Pagination, n, want)
			}
		})
	}
}

func emptyProject(t *testing.T, o Options) (household, string) {
	t.Helper()
	h := newHousehold(t, o)
	made := h.write("owner", "POST", "/api/project",
		fmt.Sprintf(`{"name":"Empty","workspaceId":%q,"icon":"Box","slug":"EMP"}`, h.Workspace.ID))
	return h, h.must(made).get("id")
}

func TestAlwaysPagedWalk(t *testing.T) {
	t.Parallel()
	for _, n := range sizes {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			h, project := emptyProject(t, Options{AlwaysPaged: true})
			h.k.SeedTasks(project, n)
			numbers := map[int]bool{}
			for page, pages := 1, 1; page <= pages; page++ {
				got := read[boardPage](h, "viewer", fmt.Sprintf("/api/task/tasks/%s?page=%d&limit=100", project, page))
				pages = got.Pagination.TotalPages
				for _, row := range tasksOn(got) {
					numbers[row.Number] = true
				}
			}
			if len(numbers) != n {
				t.Errorf("the walk by the default sort met %d of %d tasks", len(numbers), n)
			}
		})
	}
}

func TestAlwaysPagedCutsUnasked(t *testing.T) {
	t.Parallel()
	h, project := emptyProject(t, Options{AlwaysPaged: true})
	h.k.SeedTasks(project, 51)
	page := read[boardPage](h, "viewer", "/api/task/tasks/"+project)
	if got := len(tasksOn(page)); got != 50 || page.Pagination.TotalPages != 2 || page.Pagination.Total != 51 {
		t.Errorf("%d tasks, %+v", got, page.Pagination)
	}
}

func TestRelatedPages(t *testing.T) {
	t.Parallel()
	h, project := emptyProject(t, Options{AlwaysPaged: true})
	id := h.k.SeedTasks(project, 1)[0]
	const labels, columns = 150, 201
	for i := range labels {
		h.k.newLabel(h.Workspace.ID, id, fmt.Sprint("label ", i), "#000000")
	}
	for i := len(h.k.columnsOf(project)); i < columns; i++ {
		h.k.newColumn(project, fmt.Sprint("column ", i))
	}
	seenLabels, seenColumns := map[string]bool{}, map[string]bool{}
	pages := 1
	for page := 1; page <= pages; page++ {
		got := read[boardPage](h, "viewer", fmt.Sprintf("/api/task/tasks/%s?relatedPage=%d", project, page))
		pages = got.Pagination.RelatedTotalPages
		for _, row := range tasksOn(got) {
			for _, l := range row.Labels {
				seenLabels[l.Name] = true
			}
		}
		for _, col := range got.Data.Columns {
			seenColumns[col.Slug] = true
		}
	}
	if pages != 3 || len(seenLabels) != labels || len(seenColumns) != columns {
		t.Errorf("%d pages with %d labels and %d columns", pages, len(seenLabels), len(seenColumns))
	}
}

func TestLongDescriptionsAreDeferred(t *testing.T) {
	t.Parallel()
	h, project := emptyProject(t, Options{AlwaysPaged: true})
	id := h.k.SeedTasks(project, 1)[0]
	for size, deferred := range map[int]bool{deferredFrom: false, deferredFrom + 1: true} {
		text := strings.Repeat("x", size)
		h.must(h.write("owner", "PUT", "/api/task/description/"+id, fmt.Sprintf(`{"description":%q}`, text)))
		row := tasksOn(read[boardPage](h, "viewer", "/api/task/tasks/"+project))[0]
		if *row.Deferred != deferred || (row.Description == nil) != deferred {
			t.Errorf("%d bytes: deferred %v, want %v", size, *row.Deferred, deferred)
		}
		if whole := read[taskView](h, "viewer", "/api/task/"+id); textOf(whole.Description) != text {
			t.Errorf("%d bytes: the task itself lacks its description", size)
		}
	}
}
