package board

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"kaneo-mcp/kaneo"
)

// standardPattern names branches where a project says nothing else. Kaneo's own default is its beginning, and takes
// anything behind it.
const standardPattern = "{slug}-{number}-{title}"

// Branch is what a branch for a task is called, and by which pattern; Own says that it is the project's own.
type Branch struct {
	Name, Pattern string
	Own           bool
}

// BranchName names a branch for a task as the project's repository wants it, so that Kaneo recognises the task.
func (d *Desk) BranchName(ctx context.Context, ref string) (Card, Branch, error) {
	card, err := d.Card(ctx, ref)
	if err != nil {
		return card, Branch{}, err
	}
	branch, err := d.branchOf(ctx, card)
	return card, branch, err
}

func (d *Desk) branchOf(ctx context.Context, card Card) (Branch, error) {
	pattern, err := d.kaneo.BranchPattern(ctx, card.Project.ID)
	if whole(err) != nil {
		return Branch{}, err
	}
	own := pattern != ""
	if !own {
		pattern = standardPattern
	}
	return Branch{branchName(pattern, card), pattern, own}, nil
}

var outsideBranches = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^a-z0-9]+`) })

// branchName fills a pattern in as Kaneo does: each word once, the title in at most fifty plain letters and digits. A title
// of which nothing is left takes its hyphen along.
func branchName(pattern string, card Card) string {
	const longestTitle = 50
	title := outsideBranches().ReplaceAllString(strings.ToLower(card.Task.Title), "-")
	title = strings.TrimPrefix(strings.TrimSuffix(title, "-"), "-")
	title = strings.TrimSuffix(title[:min(len(title), longestTitle)], "-")
	name := strings.Replace(pattern, "{slug}", strings.ToLower(Plain(card.Project.Slug)), 1)
	name = strings.Replace(name, "{number}", strconv.Itoa(card.Task.Number), 1)
	return strings.TrimRight(strings.Replace(name, "{title}", title, 1), "-/")
}

// StartWork takes a task on: it goes to the column for work in progress, and to the caller. Who may move a task but not
// assign it, as members may, gets the one, and is told of the other.
func (d *Desk) StartWork(ctx context.Context, ref string) (Outcome, Branch, error) {
	card, err := d.Card(ctx, ref)
	if err != nil {
		return Outcome{}, Branch{}, err
	}
	column, err := d.workColumn(ctx, card.Project)
	if err != nil {
		return Outcome{}, Branch{}, err
	}
	change := Change{Status: column.Slug, Assignee: "me"}
	var barred error
	if d.reassigns(ctx, card, change) {
		barred = d.barred(ctx, []Found{{Card: card}}, toAssign())
	}
	if barred != nil {
		change.Assignee = ""
	}
	outcomes, err := d.Update(ctx, []string{card.Task.ID}, change)
	if err != nil {
		return Outcome{}, Branch{}, err
	}
	outcome := outcomes[0]
	if barred != nil {
		outcome.Steps = append(outcome.Steps, Step{What: string(Assignee), Err: barred})
	}
	branch, err := d.branchOf(ctx, card)
	return outcome, branch, err
}

// workColumn is where tasks in progress are: a column that is called so, else the second one that is not final.
func (d *Desk) workColumn(ctx context.Context, project kaneo.Project) (Status, error) {
	statuses, err := d.Statuses(ctx, project.ID)
	if err != nil {
		return Status{}, err
	}
	open := filter(statuses[:len(statuses)-2], func(s Status) bool { return !s.Done })
	for _, called := range []string{"in progress", "doing", "in work", "working", "started", "wip"} {
		for _, s := range open {
			if words(s.Slug) == called || words(s.Name) == called {
				return s, nil
			}
		}
	}
	if len(open) < 2 {
		return Status{}, mistakef("%s has no column for work in progress. Move the task with update_tasks.", ProjectTitle(project))
	}
	return open[1], nil
}
