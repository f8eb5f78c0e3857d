package board

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"kaneo-mcp/kaneo"
)

// Findings are what a search brought up, best first.
type Findings struct {
	Tasks    []Card // without assignee and dates, which search does not tell
	Comments []CommentHit
	Full     bool // at least one workspace had as many hits as were asked for, so there may be more
}

func (f Findings) none() bool { return len(f.Tasks)+len(f.Comments) == 0 }

// CommentHit is a comment that was found by its own text, with the task it is on. Kaneo also finds comments by the title
// of their task (kaneo-api.md §12.16); those are left out.
type CommentHit struct {
	Key, Author, Content string
}

// mostHits is Kaneo's own limit (kaneo-api.md §8 Search).
const mostHits = 50

// Search looks for words in titles, descriptions and comments, in one project or all within reach.
func (d *Desk) Search(ctx context.Context, workspace, project, text string, limit int) (Findings, error) {
	if strings.TrimSpace(text) == "" {
		return Findings{}, mistakef("Search for what? Give at least one word.")
	}
	query := kaneo.SearchQuery{Text: strings.TrimSpace(text), Limit: min(limit, mostHits)}
	within, err := d.reach(ctx, workspace)
	if err != nil {
		return Findings{}, err
	}
	if project != "" {
		one, err := d.Project(ctx, workspace, project)
		if err != nil {
			return Findings{}, err
		}
		query.ProjectID = one.ID
		within = []kaneo.Workspace{{ID: one.WorkspaceID}}
	}
	found, err := d.searchIn(ctx, within, query, nil)
	if every := strings.Fields(query.Text); err == nil && found.none() && len(every) > 1 {
		query.Text, query.Limit = longest(every), mostHits
		return d.searchIn(ctx, within, query, every)
	}
	return found, err
}

// searchIn asks several workspaces at once. Kaneo finds a text only as it stands; to find several words that are not
// next to each other, one is searched for and the hits that lack another are dropped.
func (d *Desk) searchIn(ctx context.Context, within []kaneo.Workspace, query kaneo.SearchQuery, every []string) (Findings, error) {
	parts := make([]Findings, len(within)*2)
	group, ctx := errgroup.WithContext(ctx)
	for i, workspace := range within {
		for j, kind := range []kaneo.SearchType{kaneo.SearchTasks, kaneo.SearchComments} {
			query := query
			query.WorkspaceID, query.Type = workspace.ID, kind
			group.Go(func() (err error) {
				parts[2*i+j], err = d.searchOne(ctx, query, every)
				return err
			})
		}
	}
	err := group.Wait()
	return joinFindings(parts), err
}

func longest(texts []string) string {
	return slices.MaxFunc(texts, func(a, b string) int { return len(a) - len(b) })
}

func containsAll(text string, every []string) bool {
	text = strings.ToLower(text)
	return !slices.ContainsFunc(every, func(word string) bool { return !strings.Contains(text, strings.ToLower(word)) })
}

func (d *Desk) searchOne(ctx context.Context, query kaneo.SearchQuery, every []string) (Findings, error) {
	hits, err := d.kaneo.Search(ctx, query)
	if err != nil {
		return Findings{}, err
	}
	found := Findings{Full: len(hits) >= query.Limit}
	for _, hit := range hits {
		switch {
		case hit.Type == "task" && containsAll(hit.Title+" "+hit.Description, every):
			card, err := d.cardOfHit(ctx, hit)
			if err != nil {
				return found, err
			}
			found.Tasks = append(found.Tasks, card)
		case hit.Type == "comment" && containsAll(hit.Content, every) && containsAll(hit.Content, []string{query.Text}):
			found.Comments = append(found.Comments, commentHit(hit))
		}
	}
	return found, nil
}

func (d *Desk) cardOfHit(ctx context.Context, hit kaneo.SearchHit) (Card, error) {
	task := kaneo.Task{
		ID: hit.ID, ProjectID: hit.ProjectID, Title: hit.Title, Number: hit.TaskNumber, Status: hit.Status, Priority: hit.Priority,
	}
	return d.place(ctx, task, kaneo.Project{ID: hit.ProjectID, Slug: hit.ProjectSlug, Name: hit.ProjectName, WorkspaceID: hit.WorkspaceID})
}

func commentHit(hit kaneo.SearchHit) CommentHit {
	key := Card{Task: kaneo.Task{Number: hit.TaskNumber}, Project: kaneo.Project{Slug: hit.ProjectSlug}}.Key()
	return CommentHit{Key: key, Author: hit.UserName, Content: hit.Content}
}

func joinFindings(parts []Findings) Findings {
	var all Findings
	for _, part := range parts {
		all.Tasks = append(all.Tasks, part.Tasks...)
		all.Comments = append(all.Comments, part.Comments...)
		all.Full = all.Full || part.Full
	}
	return all
}
