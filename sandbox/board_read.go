package sandbox

import "net/http"

// boardTask is a task on a board.
type boardTask struct {
	taskView
	AssigneeImage *string        `json:"assigneeImage"`
	Labels        []labelView    `json:"labels"`
	ExternalLinks []externalLink `json:"externalLinks"`
	Deferred      *bool          `json:"descriptionDeferred,omitempty"`
}

type labelView struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Color string `json:"color"`
}

// boardColumn goes by its slug.
type boardColumn struct {
	ID      string      `json:"id"`
	Slug    string      `json:"slug"`
	Name    string      `json:"name"`
	Icon    *string     `json:"icon"`
	IsFinal bool        `json:"isFinal"`
	Tasks   []boardTask `json:"tasks"`
}

type boardView struct {
	ID            string        `json:"id"`
	Name          string        `json:"name"`
	Slug          string        `json:"slug"`
	Icon          *string       `json:"icon"`
	Description   *string       `json:"description"`
	IsPublic      bool          `json:"isPublic"`
	WorkspaceID   string        `json:"workspaceId"`
	Columns       []boardColumn `json:"columns"`
	ArchivedTasks []boardTask   `json:"archivedTasks"`
	PlannedTasks  []boardTask   `json:"plannedTasks"`
}

// pagination has the second axis, of what hangs on the tasks, from 2.26 on only
// (kaneo-newer.md §4).
type pagination struct {
	Total             int `json:"total"`
	Page              int `json:"page"`
	PageSize          int `json:"pageSize"`
	TotalPages        int `json:"totalPages"`
	RelatedPage       int `json:"relatedPage,omitempty"`
	RelatedPageSize   int `json:"relatedPageSize,omitempty"`
	RelatedTotalPages int `json:"relatedTotalPages,omitempty"`
}

// boardPage is one answer of a board.
type boardPage struct {
	Data       boardView  `json:"data"`
	Pagination pagination `json:"pagination"`
}

func getBoard(k *Kaneo, c *call) (any, error) {
	return k.readBoard(k.projects.get(c.param("projectId")), c)
}

// publicProject shows a public project's board to anybody.
func publicProject(k *Kaneo, c *call) (any, error) {
	p := k.projects.get(c.param("id"))
	switch {
	case p == nil:
		return nil, missing("Project")
	case !p.IsPublic:
		return nil, refuse(http.StatusForbidden, "Project is not public")
	}
	if !k.alwaysPaged {
		c.query = nil // 2.22 reads no parameters here
	}
	page, err := k.readBoard(p, c)
	if err != nil || !k.alwaysPaged {
		return page.Data, err
	}
	return struct {
		boardView
		Pagination pagination `json:"pagination"`
	}{page.Data, page.Pagination}, nil
}

// readBoard cuts the page from the one sorted list and only then spreads it over
// columns and buckets.
func (k *Kaneo) readBoard(p *project, c *call) (boardPage, error) {
	tasks, err := k.boardTasks(p.ID, c.query)
	if err != nil {
		return boardPage{}, err
	}
	w, err := k.pageOf(c.query)
	if err != nil {
		return boardPage{}, err
	}
	from, to := w.cut(len(tasks))
	related := k.relatedOf(p.ID, tasks[from:to], c.query)
	page := boardPage{
		Data: k.spread(p, related, k.boardRows(tasks[from:to], related)),
		Pagination: pagination{
			len(tasks), w.page, w.size, w.pages(len(tasks)), related.page, related.pageSize, related.totalPages,
		},
	}
	if w.all {
		page.Pagination = pagination{Total: len(tasks), Page: 1, PageSize: len(tasks), TotalPages: 1}
	}
	return page, nil
}

func (k *Kaneo) boardRows(tasks []*task, r related) []boardTask {
	rows := []boardTask{}
	for _, t := range tasks {
		row := boardTask{taskView: k.view(t), Labels: []labelView{}, ExternalLinks: []externalLink{}}
		row.Labels = append(row.Labels, r.labels[t.ID]...)
		if u := k.users.get(string(t.UserID)); u != nil {
			row.AssigneeImage = u.Image
		}
		if k.alwaysPaged {
			row.deferLong()
		}
		rows = append(rows, row)
	}
	return rows
}

// spread sorts a page's tasks into columns and buckets.
func (k *Kaneo) spread(p *project, r related, rows []boardTask) boardView {
	board := boardView{
		ID: p.ID, Name: p.Name, Slug: p.Slug, Icon: p.Icon, Description: p.Description, IsPublic: p.IsPublic,
		WorkspaceID: p.WorkspaceID, Columns: []boardColumn{},
		ArchivedTasks: inStatus(rows, "archived"), PlannedTasks: inStatus(rows, "planned"),
	}
	for _, col := range r.columns {
		board.Columns = append(board.Columns, boardColumn{
			col.Slug, col.Slug, col.Name, col.Icon, col.IsFinal, inStatus(rows, col.Slug),
		})
	}
	return board
}

func inStatus(rows []boardTask, status string) []boardTask {
	found := []boardTask{}
	for _, row := range rows {
		if row.Status == status {
			found = append(found, row)
		}
	}
	return found
}
