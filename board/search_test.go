package board_test

import (
	"fmt"
	"testing"

	"kaneo-mcp/board"
)

func TestSearch(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	web := o.Project("WEB").ID
	o.newTask(t, web, "Give 100% discount", "to-do")
	o.newTask(t, web, "Give 1000 away", "to-do")
	o.newTask(t, web, "Rename user_id", "to-do")
	o.newTask(t, web, "Rename userXid", "planned")
	o.newTask(t, o.newProject(t, "", "Questions", "Q_A"), "Why", "to-do")
	desk := o.desk(t, "viewer")
	tests := map[string]struct {
		project, text string
		tasks         string // in any order
		comments      int
	}{
		"a word":               {"", "PRICING", "WEB-1 WEB-3 WEB-4", 0},
		"a phrase":             {"", "landing page", "WEB-7", 0},
		"words apart":          {"", "page redesign", "WEB-3", 0},
		"in two texts":         {"", "loop Sign", "WEB-1", 0}, // title and description
		"archived too":         {"", "GraphQL", "API-8", 0},
		"a comment":            {"", "trailing slash", "", 1},
		"a comment, apart":     {"", "slash Happens", "", 1},
		"title of a comment's": {"", "login redirect", "WEB-1", 0}, // Kaneo also finds the two comments on it
		"a key":                {"", "web-12", "WEB-12", 0},
		"a key with a line":    {"", "q_a-1", "Q_A-1", 0},
		"a key elsewhere":      {"API", "WEB-12", "", 0},
		"one project":          {"API", "redis", "API-3", 0},
		"the other project":    {"WEB", "redis", "", 0},
		"percent":              {"", "100%", "WEB-25", 0},
		"underscore":           {"", "user_id", "WEB-27", 0},
		"only a wildcard":      {"", "%", "WEB-25", 0},
		"wildcards apart":      {"", "discount 100%", "WEB-25", 0},
		"nothing":              {"", "zebra", "", 0},
		"no such pair":         {"", "zebra pricing", "", 0},
		"an expression":        {"", ".*", "", 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := desk.Search(t.Context(), "", tt.project, " "+tt.text+" ", 20)
			board.Sort(got.Tasks, board.ByKey)
			if err != nil || keys(got.Tasks) != tt.tasks || len(got.Comments) != tt.comments || got.Full {
				t.Errorf("%q, %+v, full %v, %v", keys(got.Tasks), got.Comments, got.Full, err)
			}
		})
	}
	_, err := desk.Search(t.Context(), "", "", " \n", 20)
	says(t, err, "Search for what?")
	_, err = desk.Search(t.Context(), "", "NOPE", "x", 20)
	says(t, err, "No project")
}

func TestFindingsTellTheirTask(t *testing.T) {
	t.Parallel()
	desk := newOffice(t).desk(t, "viewer")
	got, err := desk.Search(t.Context(), "", "", "trailing slash", 20)
	want := board.CommentHit{Key: "WEB-1", Author: "Grace Hopper", Content: "Happens only with a trailing slash in the origin."}
	if err != nil || len(got.Comments) != 1 || got.Comments[0] != want {
		t.Errorf("%+v, %v", got.Comments, err)
	}
	got, err = desk.Search(t.Context(), "", "", "customer stories", 20)
	if err != nil || len(got.Tasks) != 1 || got.Tasks[0].Status.Name != "planned" || got.Tasks[0].Task.Priority != "low" {
		t.Errorf("%+v, %v", got.Tasks, err)
	}
}

func TestSearchLimit(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for n := range 60 {
		o.newTask(t, o.Project("API").ID, fmt.Sprintf("Alpha %d beta", n), "to-do")
	}
	desk := o.desk(t, "viewer")
	for _, tt := range []struct {
		text        string
		limit, want int
		full        bool
	}{
		{"alpha", 1, 1, true}, {"alpha", 50, 50, true}, {"alpha", 1000, 50, true}, {"webhooks", 5, 1, false}, {"webhooks", 1, 1, true},
		{"beta alpha", 3, 3, true}, {"alpha_5", 3, 0, false}, {"beta 44 alpha", 1, 1, true},
	} {
		got, err := desk.Search(t.Context(), "", "", tt.text, tt.limit)
		if err != nil || len(got.Tasks) != tt.want || got.Full != tt.full {
			t.Errorf("%s, at most %d: %d, full %v, %v", tt.text, tt.limit, len(got.Tasks), got.Full, err)
		}
	}
}
