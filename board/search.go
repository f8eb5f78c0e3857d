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

// hunt is a search as Kaneo is asked for it, and what is then kept of its hits.
type hunt struct {
	query kaneo.SearchQuery
	every []string // words that must all occur
	most  int      // hits of a kind that are kept
}

// huntFor asks for no more than is wanted, unless hits will have to be dropped.
func huntFor(text string, limit int) hunt {
	most := min(limit, mostHits)
	h := hunt{query: kaneo.SearchQuery{Text: text, Limit: most}, most: most}
	if strings.ContainsAny(text, wildcards) {
		h.query.Limit = mostHits
	}
	return h
}

// apart looks for words that are not next to each other. Kaneo finds a text only as it stands, so one word is searched
// for, and the hits that lack another are dropped.
func (h hunt) apart() hunt {
	h.every = strings.Fields(h.query.Text)
	h.query.Text, h.query.Limit = longest(h.every), mostHits
	return h
}

// Search looks for words in titles, descriptions and comments, in one project or all within reach. The limit is for
// each kind of hit and each workspace, 1 to 50.
func (d *Desk) Search(ctx context.Context, workspace, project, text string, limit int) (Findings, error) {
	if strings.TrimSpace(text) == "" {
		return Findings{}, mistakef("Search for what? Give at least one word.")
	}
	h := huntFor(strings.TrimSpace(text), limit)
	within, err := d.areas(ctx, workspace, project)
	if err != nil {
		return Findings{}, err
	}
	found, err := d.searchIn(ctx, within, h)
	if err == nil && found.none() && len(strings.Fields(h.query.Text)) > 1 {
		return d.searchIn(ctx, within, h.apart())
	}
	return found, err
}

// area is where one search looks: a workspace, or one project of it.
type area struct{ workspaceID, projectID string }

// areas are where a search has to look. Kaneo searches all of a workspace, so allowed projects are searched one by one.
func (d *Desk) areas(ctx context.Context, workspace, project string) ([]area, error) {
	if project != "" {
		one, err := d.Project(ctx, workspace, project)
		return []area{{one.WorkspaceID, one.ID}}, err
	}
	var areas []area
	if len(d.fence.projects) > 0 {
		allowed, err := d.Projects(ctx, workspace, true)
		for _, p := range allowed {
			areas = append(areas, area{p.WorkspaceID, p.ID})
		}
		return areas, err
	}
	within, err := d.reach(ctx, workspace)
	for _, w := range within {
		areas = append(areas, area{w.ID, ""})
	}
	return areas, err
}

// searchIn looks into several areas at once.
func (d *Desk) searchIn(ctx context.Context, within []area, h hunt) (Findings, error) {
	parts := make([]Findings, len(within)*2)
	group, ctx := errgroup.WithContext(ctx)
	for i, at := range within {
		for j, kind := range []kaneo.SearchType{kaneo.SearchTasks, kaneo.SearchComments} {
			h := h
			h.query.WorkspaceID, h.query.ProjectID, h.query.Type = at.workspaceID, at.projectID, kind
			group.Go(func() (err error) {
				parts[2*i+j], err = d.searchOne(ctx, h)
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

// containsAll looks for words in a text as it stands and in its other spellings, letter case aside.
func containsAll(text string, every []string) bool {
	text = strings.ToLower(strings.Join(append(spellings(text), text), "\n"))
	return !slices.ContainsFunc(every, func(word string) bool { return !strings.Contains(text, strings.ToLower(word)) })
}

func (d *Desk) searchOne(ctx context.Context, h hunt) (Findings, error) {
	hits, err := d.kaneo.Search(ctx, h.query)
	if err != nil {
		return Findings{}, err
	}
	kept := filter(hits, h.meant)
	found := Findings{Full: len(hits) >= h.query.Limit || len(kept) > h.most}
	for _, hit := range kept[:min(len(kept), h.most)] {
		if hit.Type == "comment" {
			found.Comments = append(found.Comments, commentHit(hit))
			continue
		}
		card, err := d.cardOfHit(ctx, hit)
		if err != nil {
			return found, err
		}
		found.Tasks = append(found.Tasks, card)
	}
	return found, nil
}

// wildcards stand for any letters in Kaneo's search (kaneo-api.md §8 Search).
const wildcards = "%_"

// meant drops hits that lack a word, comments that were found by their task's title, and what only wildcards found. Apart
// from those, Kaneo compares better than we could, and knows short ids.
func (h hunt) meant(hit kaneo.SearchHit) bool {
	text := []string{h.query.Text}
	if h.query.ProjectID != "" && h.query.ProjectID != hit.ProjectID {
		return false
	}
	switch hit.Type {
	case "comment":
		return containsAll(hit.Content, h.every) && containsAll(hit.Content, text)
	case "task":
		whole := hit.Title + "\n" + hit.Description
		found := !strings.ContainsAny(h.query.Text, wildcards) || strings.EqualFold(h.query.Text, hitKey(hit)) || containsAll(whole, text)
		return found && containsAll(whole, h.every)
	}
	return false
}

func (d *Desk) cardOfHit(ctx context.Context, hit kaneo.SearchHit) (Card, error) {
	task := kaneo.Task{
		ID: hit.ID, ProjectID: hit.ProjectID, Title: hit.Title, Number: hit.TaskNumber, Status: hit.Status, Priority: hit.Priority,
	}
	return d.place(ctx, task, kaneo.Project{ID: hit.ProjectID, Slug: hit.ProjectSlug, Name: hit.ProjectName, WorkspaceID: hit.WorkspaceID})
}

func commentHit(hit kaneo.SearchHit) CommentHit {
	return CommentHit{Key: hitKey(hit), Author: hit.UserName, Content: hit.Content}
}

func hitKey(hit kaneo.SearchHit) string {
	return Card{Task: kaneo.Task{Number: hit.TaskNumber}, Project: kaneo.Project{Slug: hit.ProjectSlug}}.Key()
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
