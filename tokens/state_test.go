package tokens_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kaneo-mcp/kaneo"
)

// card is what there is to know of a task, read from Kaneo without the program's own view of it.
type card struct {
	key, title, description, status, priority, who string // who is a first name
	due, start, created, finished                  time.Time
	labels, comments                               []string
	ties                                           []string // "blocks WEB-2", "blocked by WEB-5", "parent of WEB-22"
}

// project is the WEB of WEB-12.
func (c card) project() string { return strings.Split(c.key, "-")[0] }

// String is the card as a text, to compare it with another.
func (c card) String() string {
	return fmt.Sprintf("%s %q %s %s %s due %s start %s %v %v %v %q", c.key, c.title, c.status, c.priority, c.who,
		c.due.Format(time.DateOnly), c.start.Format(time.DateOnly), sorted(c.labels), sorted(c.ties), sorted(c.comments), c.description)
}

func sorted(texts []string) []string { return slices.Sorted(slices.Values(texts)) }

// cards reads everything.
func (f *firm) cards(t *testing.T) []card {
	t.Helper()
	var tasks []kaneo.Task
	keys := map[string]string{}
	for _, p := range f.projects {
		for _, task := range done(f.ada.Board(t.Context(), p.ID, kaneo.BoardFilter{}))(t).Tasks {
			tasks = append(tasks, task)
			keys[task.ID] = fmt.Sprintf("%s-%d", p.Slug, task.Number)
		}
	}
	cards := make([]card, len(tasks))
	for i, task := range tasks {
		cards[i] = f.card(t, task, keys)
	}
	return cards
}

func (f *firm) card(t *testing.T, task kaneo.Task, keys map[string]string) card {
	t.Helper()
	who, _, _ := strings.Cut(task.AssigneeName, " ")
	c := card{
		key: keys[task.ID], title: task.Title, description: task.Description, status: task.Status, priority: string(task.Priority),
		who: who, due: task.DueDate, start: task.StartDate, created: task.CreatedAt,
	}
	for _, label := range task.Labels {
		c.labels = append(c.labels, label.Name)
	}
	for _, event := range done(f.ada.Activity(t.Context(), task.ID))(t) {
		switch {
		case event.Type == "comment":
			c.comments = append(c.comments, event.Content)
		case event.Type == "status_changed" && event.Event.NewStatus == "done":
			c.finished = event.CreatedAt
		}
	}
	for _, tie := range done(f.ada.Relations(t.Context(), task.ID))(t) {
		c.ties = append(c.ties, tieOf(tie, task.ID, keys))
	}
	return c
}

func tieOf(r kaneo.Relation, id string, keys map[string]string) string {
	forth := map[kaneo.RelationType]string{kaneo.Blocks: "blocks", kaneo.Subtask: "parent of", kaneo.Related: "related to"}
	back := map[kaneo.RelationType]string{kaneo.Blocks: "blocked by", kaneo.Subtask: "subtask of", kaneo.Related: "related to"}
	if r.SourceTaskID == id {
		return forth[r.Type] + " " + keys[r.TargetTaskID]
	}
	return back[r.Type] + " " + keys[r.SourceTaskID]
}
