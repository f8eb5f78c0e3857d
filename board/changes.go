package board

import (
	"context"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"kaneo-mcp/kaneo"
)

// Period is from when until when.
type Period struct{ From, Until time.Time }

func (p Period) holds(at time.Time) bool { return !at.Before(p.From) && !at.After(p.Until) }

// Changes is what happened on some boards.
type Changes struct {
	Period Period
	Boards []ProjectChanges // those on which something happened, in the projects' order

	// Cut says that more happened than was looked at: too many tasks, or too many comments.
	Cut bool
}

// ProjectChanges is what happened on one board, with what one needs to word it.
type ProjectChanges struct {
	Project  kaneo.Project
	Statuses []Status
	People   []kaneo.Member
	Tasks    []TaskChanges // the latest first
}

// TaskChanges is what happened to one task, oldest first. Without events only something changed of which Kaneo keeps no
// history, such as the description.
type TaskChanges struct {
	Card   Card
	Events []kaneo.Activity
	latest time.Time
}

// How much is looked at: Kaneo tells history only task by task.
const (
	historiesRead = 150
	historyAtOnce = 8
)

// Changes reads what happened in some projects, by anybody or by some people only.
func (d *Desk) Changes(ctx context.Context, refs []string, period Period, people []string) (Changes, error) {
	projects, err := d.projectSet(ctx, "", refs)
	if err != nil {
		return Changes{}, err
	}
	misfits := newMisfits(projects)
	boards := make([]candidates, len(projects))
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(boardsAtOnce)
	for i, project := range projects {
		group.Go(func() (err error) {
			boards[i], err = d.candidates(within, project, period, people, misfits.in(project))
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return Changes{}, err
	}
	if err := misfits.verdict(); err != nil {
		return Changes{}, err
	}
	return d.readHistories(ctx, boards, period)
}

// candidates are the tasks of a project that can have changed.
type candidates struct {
	ProjectChanges
	by  []string // the ids of the people asked for; nil: anybody
	cut bool
}

func (d *Desk) candidates(ctx context.Context, project kaneo.Project, p Period, people []string, excuse excuse) (candidates, error) {
	found := candidates{ProjectChanges: ProjectChanges{Project: project}}
	s := sieve{excuse: excuse}
	var err error
	found.by, err = known(&s, "person", people, func(ref string) (string, error) {
		person, err := d.Person(ctx, project.WorkspaceID, ref)
		return person.ID, err
	})
	if err != nil || s.nothing {
		return found, err
	}
	tasks, err := d.kaneo.ProjectTasks(ctx, project.ID)
	if err != nil {
		return found, err
	}
	said, full, err := d.talkedAbout(ctx, project, p)
	if err != nil {
		return found, err
	}
	found.cut = full
	for _, task := range tasks {
		// What changed after the period may have changed within it too.
		latest := slices.MaxFunc([]time.Time{task.UpdatedAt, task.CreatedAt, said[task.Number]}, time.Time.Compare)
		if !latest.Before(p.From) && !task.CreatedAt.After(p.Until) {
			found.Tasks = append(found.Tasks, TaskChanges{Card: Card{Task: task, Project: project}, latest: latest})
		}
	}
	if len(found.Tasks) == 0 {
		return found, nil
	}
	if found.Statuses, err = d.Statuses(ctx, project.ID); err != nil {
		return found, err
	}
	found.People, err = d.Members(ctx, project.WorkspaceID)
	return found, err
}

// talkedAbout finds by number the tasks with comments, which do not touch a task's own date. The wildcard finds every
// comment of the project, the newest first (kaneo-api.md §8 Search); full says that there may be more of the period.
func (d *Desk) talkedAbout(ctx context.Context, project kaneo.Project, p Period) (said map[int]time.Time, full bool, err error) {
	hits, err := d.kaneo.Search(ctx, kaneo.SearchQuery{
		Text: "%", WorkspaceID: project.WorkspaceID, ProjectID: project.ID, Type: kaneo.SearchComments, Limit: mostHits,
	})
	said = make(map[int]time.Time)
	for _, hit := range hits {
		if hit.CreatedAt.After(said[hit.TaskNumber]) && !hit.CreatedAt.Before(p.From) {
			said[hit.TaskNumber] = hit.CreatedAt
		}
	}
	full = len(hits) >= mostHits && !hits[len(hits)-1].CreatedAt.Before(p.From)
	return said, full, err
}

// readHistories reads what happened to the candidates, the latest changed first where there are too many.
func (d *Desk) readHistories(ctx context.Context, boards []candidates, p Period) (Changes, error) {
	changes := Changes{Period: p}
	since := cutoff(boards)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(historyAtOnce)
	for b := range boards {
		board := &boards[b]
		all := len(board.Tasks)
		board.Tasks = filter(board.Tasks, func(t TaskChanges) bool { return !t.latest.Before(since) })
		changes.Cut = changes.Cut || board.cut || len(board.Tasks) < all
		for i := range board.Tasks {
			task := &board.Tasks[i]
			task.Card.Status = statusOf(task.Card.Task, board.Statuses)
			group.Go(func() error { return d.readHistoryOf(ctx, task, p, board.by) })
		}
	}
	if err := group.Wait(); err != nil {
		return Changes{}, err
	}
	for _, board := range boards {
		board.Tasks = filter(board.Tasks, func(t TaskChanges) bool { return t.happened(p, board.by) })
		slices.SortStableFunc(board.Tasks, func(a, b TaskChanges) int { return b.latest.Compare(a.latest) })
		if len(board.Tasks) > 0 {
			changes.Boards = append(changes.Boards, board.ProjectChanges)
		}
	}
	return changes, nil
}

// cutoff is the date of the last candidate that is looked at.
func cutoff(boards []candidates) time.Time {
	var dates []time.Time
	for _, board := range boards {
		for _, task := range board.Tasks {
			dates = append(dates, task.latest)
		}
	}
	if len(dates) <= historiesRead {
		return time.Time{}
	}
	slices.SortFunc(dates, func(a, b time.Time) int { return b.Compare(a) })
	return dates[historiesRead-1]
}

// readHistoryOf reads the events of one task. One that has gone meanwhile has none.
func (d *Desk) readHistoryOf(ctx context.Context, t *TaskChanges, p Period, by []string) error {
	rows, err := d.kaneo.Activity(ctx, t.Card.Task.ID)
	if err != nil {
		return whole(err)
	}
	t.Events = filter(rows, func(a kaneo.Activity) bool {
		return p.holds(a.CreatedAt) && (len(by) == 0 || slices.Contains(by, a.UserID))
	})
	slices.Reverse(t.Events)
	return nil
}

// happened tells whether anything is to be told of a task. An edit without history is nobody's.
func (t TaskChanges) happened(p Period, by []string) bool {
	return len(t.Events) > 0 || len(by) == 0 && p.holds(t.Card.Task.UpdatedAt)
}
