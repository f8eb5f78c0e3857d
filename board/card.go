package board

import (
	"context"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"kaneo-mcp/kaneo"
)

// Card is a task as it stands on a board.
type Card struct {
	Task    kaneo.Task
	Project kaneo.Project
	Status  Status
}

// Key is the short id that people use, "WEB-12". A task that is moved to another project gets a new one.
func (c Card) Key() string { return fmt.Sprintf("%s-%d", Plain(c.Project.Slug), c.Task.Number) }

// IsOpen tells whether there is something to do: the task is neither in a final column nor archived.
func (c Card) IsOpen() bool { return !c.Status.Done && c.Status.Slug != Archived }

var (
	// A short id is the project's key, a hyphen and the number (kaneo-api.md §8 Search).
	shortID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(\p{L}[\p{L}\p{N}\p{M}_-]*)-(\d{1,10})$`) })
	bareNo  = regexp.MustCompile(`^#?(\d{1,10})$`)
	taskID  = regexp.MustCompile(`^[a-z][a-z0-9]{23}$`)
)

// Card resolves one task reference: a short id, an id, a web address, a title, or a number in the default project.
func (d *Desk) Card(ctx context.Context, ref string) (Card, error) {
	found := d.find(ctx, ref)
	return found.Card, found.Err
}

// find resolves one reference by itself.
func (d *Desk) find(ctx context.Context, ref string) Found {
	card, err := d.card(ctx, strings.TrimSpace(ref))
	return Found{Ref: ref, Card: card, Err: err}
}

func (d *Desk) card(ctx context.Context, ref string) (Card, error) {
	if id := addressed(ref, "task"); id != "" {
		return d.cardByID(ctx, id)
	}
	if taskID.MatchString(ref) {
		return d.cardByID(ctx, ref)
	}
	if isTitle(ref) {
		return d.cardByTitle(ctx, ref)
	}
	project, number, err := d.shortRef(ctx, ref)
	if err != nil {
		return Card{}, err
	}
	return d.cardByNumber(ctx, project, number)
}

func (d *Desk) cardByID(ctx context.Context, id string) (Card, error) {
	task, err := d.kaneo.Task(ctx, id)
	if kaneo.KindOf(err) == kaneo.NotFound {
		return Card{}, mistakef("There is no task with that id: it may have been deleted. Find it with search or list_tasks.")
	}
	if err != nil {
		return Card{}, err
	}
	project, err := d.projectByID(ctx, task.ProjectID)
	if err != nil {
		return Card{}, err
	}
	return d.place(ctx, task, project)
}

// place puts a task on its project's board.
func (d *Desk) place(ctx context.Context, task kaneo.Task, project kaneo.Project) (Card, error) {
	statuses, err := d.Statuses(ctx, project.ID)
	return Card{task, project, statusOf(task, statuses)}, err
}

// projectByID finds the project of a task, in any of the caller's workspaces.
func (d *Desk) projectByID(ctx context.Context, id string) (kaneo.Project, error) {
	within, err := d.Workspaces(ctx)
	if err != nil {
		return kaneo.Project{}, err
	}
	for _, read := range []func(context.Context, string) ([]kaneo.Project, error){d.projectsKept, d.directory.projects.read} {
		all, err := d.projectsOf(ctx, within, read)
		if err != nil {
			return kaneo.Project{}, err
		}
		if same := filter(all, func(p kaneo.Project) bool { return p.ID == id }); len(same) > 0 {
			return same[0], nil
		}
	}
	if d.fence.stands() {
		return kaneo.Project{}, mistakef("That task is not in the allowed projects.")
	}
	return kaneo.Project{}, mistakef("That task's project is in none of your workspaces.")
}

// shortRef splits WEB-12, or 12 in the default project, into project and number.
func (d *Desk) shortRef(ctx context.Context, ref string) (kaneo.Project, int, error) {
	if m := shortID().FindStringSubmatch(ref); m != nil {
		project, err := d.projectByKey(ctx, m[1])
		return project, atoi(m[2]), err
	}
	if m := bareNo.FindStringSubmatch(ref); m != nil && d.project != "" {
		project, err := d.Project(ctx, "", "")
		return project, atoi(m[1]), err
	}
	return kaneo.Project{}, 0, namesNoTask(ref)
}

func atoi(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// projectByKey resolves the key of a short id. Only keys count here: a project that is merely named "WEB" has no WEB-12.
func (d *Desk) projectByKey(ctx context.Context, key string) (kaneo.Project, error) {
	byKey := kind[kaneo.Project]{
		what:  "project with the key",
		names: func(p kaneo.Project) []string { return []string{p.Slug} },
		title: ProjectTitle,
	}
	return d.projectAmong(ctx, "", func(all []kaneo.Project) (kaneo.Project, error) { return pickActive(byKey, key, all) })
}

func (d *Desk) cardByNumber(ctx context.Context, project kaneo.Project, number int) (Card, error) {
	if number < 1 || number > math.MaxInt32 {
		return Card{}, gone(project, number)
	}
	id, err := d.idByNumber(ctx, project, number)
	if err != nil {
		return Card{}, err
	}
	if id == "" {
		return Card{}, gone(project, number)
	}
	task, err := d.kaneo.Task(ctx, id)
	if kaneo.KindOf(err) == kaneo.NotFound || err == nil && (task.ProjectID != project.ID || task.Number != number) {
		d.directory.ids.drop(project.ID, number)
		return Card{}, gone(project, number)
	}
	if err != nil {
		return Card{}, err
	}
	return d.place(ctx, task, project)
}

func gone(project kaneo.Project, number int) error {
	return mistakef("There is no task %s-%d: it was deleted, moved to another project (which gives it a new number), or never existed. search finds tasks by words.",
		short(project.Slug), number)
}

// idByNumber finds a task's id, "" when there is no such task. Search answers a short id in one small request
// (kaneo-api.md §8 Search); the board is the fallback for callers whom search does not serve, such as an instance
// administrator outside the workspace.
func (d *Desk) idByNumber(ctx context.Context, project kaneo.Project, number int) (string, error) {
	if id := d.directory.ids.get(project.ID, number); id != "" {
		return id, nil
	}
	hits, err := d.kaneo.Search(ctx, kaneo.SearchQuery{
		Text: fmt.Sprintf("%s-%d", project.Slug, number), WorkspaceID: project.WorkspaceID,
		ProjectID: project.ID, Type: kaneo.SearchTasks, Limit: 5,
	})
	if err != nil {
		return "", err
	}
	for _, hit := range hits {
		if hit.ProjectID == project.ID && hit.TaskNumber == number {
			d.directory.ids.put(project.ID, number, hit.ID)
			return hit.ID, nil
		}
	}
	board, err := d.kaneo.Board(ctx, project.ID, kaneo.BoardFilter{})
	if err != nil {
		return "", err
	}
	return loadedBoard{project, board}.byNumber(number).ID, nil
}
