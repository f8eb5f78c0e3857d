package board

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"kaneo-mcp/kaneo"
)

// Listing is a set of tasks from one or more boards.
type Listing struct {
	Cards    []Card
	Projects []kaneo.Project // the boards that were read
	People   []kaneo.Member  // who work there, where that was asked for: [Desk.PeopleOf]

	// Incomplete names the projects whose board could not be read whole: it kept changing, or Kaneo counts tasks that
	// it shows nowhere (kaneo-newer.md §4).
	Incomplete []string

	// Ties are the tasks to which those of a listing stand as its filter asked, by the id of the one listed.
	Ties map[string][]Related
}

// boardsAtOnce bounds how many boards are read at the same time.
const boardsAtOnce = 6

// List finds tasks in some projects, or, when none is named, in the default project or else in every active project
// within reach. The word "all" names every active project.
func (d *Desk) List(ctx context.Context, workspace string, projects []string, f Filter) (Listing, error) {
	within, err := d.projectSet(ctx, workspace, projects)
	if err != nil {
		return Listing{}, err
	}
	parts := make([]Listing, len(within))
	group, reading := errgroup.WithContext(ctx)
	group.SetLimit(boardsAtOnce)
	misfits := newMisfits(within)
	for i, project := range within {
		group.Go(func() (err error) {
			parts[i], err = d.listProject(reading, project, f, misfits.in(project))
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return Listing{}, err
	}
	if err := misfits.verdict(); err != nil {
		return Listing{}, err
	}
	finished, err := d.finishedWithin(ctx, join(parts), f.Finished)
	if err != nil {
		return Listing{}, err
	}
	return d.standing(ctx, finished, f.Standing)
}

// projectSet resolves references to projects.
func (d *Desk) projectSet(ctx context.Context, workspace string, refs []string) ([]kaneo.Project, error) {
	if len(refs) == 0 && d.project != "" {
		refs = []string{d.project}
	}
	if len(refs) == 0 || slices.ContainsFunc(refs, func(ref string) bool { return words(ref) == AnyOne }) {
		return d.Projects(ctx, workspace, false)
	}
	var set []kaneo.Project
	for _, ref := range refs {
		project, err := d.Project(ctx, workspace, ref)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(set, func(p kaneo.Project) bool { return p.ID == project.ID }) {
			set = append(set, project)
		}
	}
	return set, nil
}

func (d *Desk) listProject(ctx context.Context, project kaneo.Project, f Filter, excuse excuse) (Listing, error) {
	sieve, err := d.sieve(ctx, project, f, excuse)
	if err != nil || sieve.nothing {
		return Listing{}, err
	}
	board, err := d.boardFor(ctx, project.ID, sieve)
	if err != nil {
		return Listing{}, err
	}
	statuses := boardStatuses(board)
	listing := Listing{Projects: []kaneo.Project{project}}
	for _, task := range board.Tasks {
		if card := (Card{task, project, statusOf(task, statuses)}); sieve.keeps(card) {
			listing.Cards = append(listing.Cards, card)
		}
	}
	if board.Incomplete {
		listing.Incomplete = []string{Plain(project.Slug)}
	}
	return listing, nil
}

// boardFor reads what a sieve has to decide about, and no more.
func (d *Desk) boardFor(ctx context.Context, projectID string, s sieve) (kaneo.Board, error) {
	board, err := d.kaneo.Board(ctx, projectID, s.query)
	if err != nil || !s.changes {
		return board, err
	}
	changed, err := d.lastChanges(ctx, projectID)
	for i := range board.Tasks {
		board.Tasks[i].UpdatedAt = changed[board.Tasks[i].ID]
	}
	return board, err
}

// TellChanges adds to a listing when each task was last changed.
func (d *Desk) TellChanges(ctx context.Context, l *Listing) error {
	changed := make(map[string]time.Time)
	for _, project := range l.Projects {
		of, err := d.lastChanges(ctx, project.ID)
		if err != nil {
			return err
		}
		maps.Copy(changed, of)
	}
	for i := range l.Cards {
		l.Cards[i].Task.UpdatedAt = changed[l.Cards[i].Task.ID]
	}
	return nil
}

// lastChanges says by their ids when the tasks of a project were last changed, which boards do not tell.
func (d *Desk) lastChanges(ctx context.Context, projectID string) (map[string]time.Time, error) {
	tasks, err := d.kaneo.ProjectTasks(ctx, projectID)
	changed := make(map[string]time.Time, len(tasks))
	for _, task := range tasks {
		changed[task.ID] = task.UpdatedAt
	}
	return changed, err
}

func join(parts []Listing) Listing {
	var all Listing
	for _, part := range parts {
		all.Cards = append(all.Cards, part.Cards...)
		all.Projects = append(all.Projects, part.Projects...)
		all.Incomplete = append(all.Incomplete, part.Incomplete...)
	}
	return all
}

// Order is how tasks are sorted.
type Order string

// The orders of a listing. Ties are broken by due date, priority and key, in this order, so that pages are stable.
const (
	ByDue      Order = "due"       // soonest first, undated last
	ByPriority Order = "priority"  // most pressing first
	Newest     Order = "newest"    // by when they were created
	Oldest     Order = "oldest"    // the same, the other way round
	Unchanged  Order = "unchanged" // the longest first, as far as [Desk.TellChanges] has told
	ByKey      Order = "key"
)

// Orders lists them.
func Orders() []Order { return []Order{ByDue, ByPriority, Newest, Oldest, Unchanged, ByKey} }

// Sort orders cards in place.
func Sort(cards []Card, by Order) {
	compare := map[Order]func(a, b Card) int{
		ByPriority: comparePriority, ByKey: compareKey,
		Newest:    func(a, b Card) int { return b.Task.CreatedAt.Compare(a.Task.CreatedAt) },
		Oldest:    func(a, b Card) int { return a.Task.CreatedAt.Compare(b.Task.CreatedAt) },
		Unchanged: func(a, b Card) int { return a.Task.UpdatedAt.Compare(b.Task.UpdatedAt) },
	}[by]
	slices.SortStableFunc(cards, func(a, b Card) int {
		var first int
		if compare != nil {
			first = compare(a, b)
		}
		return cmp.Or(first, compareDue(a, b), comparePriority(a, b), compareKey(a, b))
	})
}

func compareDue(a, b Card) int {
	x, y := a.Task.DueDate, b.Task.DueDate
	if x.IsZero() != y.IsZero() {
		if x.IsZero() {
			return 1
		}
		return -1
	}
	return x.Compare(y)
}

func comparePriority(a, b Card) int { return cmp.Compare(rank(a.Task.Priority), rank(b.Task.Priority)) }

func compareKey(a, b Card) int {
	return cmp.Or(
		strings.Compare(a.Project.Slug, b.Project.Slug),
		strings.Compare(a.Project.ID, b.Project.ID),
		cmp.Compare(a.Task.Number, b.Task.Number),
	)
}
