package board_test

import (
	"fmt"
	"strings"
	"testing"

	"kaneo-mcp/board"
	"kaneo-mcp/sandbox"
)

// outline writes a sheet down as its columns with the numbers of their tasks.
func outline(s board.Sheet) string {
	lines := make([]string, len(s.Columns))
	for i, column := range s.Columns {
		lines[i] = strings.TrimSpace(column.Status.Name + ": " + numbersOf(column.Cards))
	}
	return strings.Join(lines, ", ")
}

func TestSheet(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	tests := map[string]struct {
		project  string
		statuses []string
		want     string
		digest   board.Digest
	}{
		"everything": {"WEB", nil, "To Do: 1 6 7 8 9 10 12 18, In Progress: 2 3 11 19, In Review: 4 5 13, Done: 14 15 16 17 20, planned: 21 22",
			board.Digest{Tasks: 22, Overdue: 2, Unassigned: 8, Archived: 2}},
		"without planned": {"API", nil, "To Do: 2 3 5 6, In Progress: 1, In Review: 4, Done: 7", board.Digest{Tasks: 7, Overdue: 1, Unassigned: 3, Archived: 1}},
		"one status":      {"WEB", []string{"in review"}, "In Review: 4 5 13", board.Digest{Tasks: 3, Overdue: 1, Unassigned: 1}},
		"two":             {"WEB", []string{"done", "archived"}, "Done: 14 15 16 17 20, archived: 23 24", board.Digest{Tasks: 7}},
		"open":            {"API", []string{"open"}, "To Do: 2 3 5 6, In Progress: 1, In Review: 4", board.Digest{Tasks: 6, Overdue: 1, Unassigned: 3}},
		"an empty one":    {"API", []string{"planned"}, "", board.Digest{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := o.desk(t, "viewer").Sheet(t.Context(), tt.project, tt.statuses)
			if err != nil || outline(got) != tt.want || got.Digest != tt.digest || len(got.Cards()) != tt.digest.Tasks || got.Incomplete {
				t.Errorf("%s\n%+v, %v", outline(got), got.Digest, err)
			}
		})
	}
	_, err := o.desk(t, "viewer").Sheet(t.Context(), "WEB", []string{"done", "QA"})
	says(t, err, `No status "QA" in WEB`)
	if got, err := o.desk(t, "viewer", inProject("API")).Sheet(t.Context(), "", nil); err != nil || got.Project.Slug != "API" {
		t.Errorf("the default: %s, %v", got.Project.Slug, err)
	}
}

func TestEmptySheet(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.newProject(t, "", "New", "NEW")
	got, err := o.desk(t, "viewer").Sheet(t.Context(), "NEW", nil)
	if want := "To Do:, In Progress:, In Review:, Done:"; err != nil || outline(got) != want || got.Digest != (board.Digest{}) {
		t.Errorf("%s, %+v, %v", outline(got), got.Digest, err)
	}
}

// TestWholeBoards reads boards of all sizes on both generations of Kaneo.
func TestWholeBoards(t *testing.T) {
	t.Parallel()
	for _, paged := range []bool{false, true} {
		for _, n := range []int{0, 1, 50, 51, 100, 101, 1000} {
			t.Run(fmt.Sprintf("%d tasks, paged %v", n, paged), func(t *testing.T) {
				t.Parallel()
				o := newOffice(t, sandbox.Options{AlwaysPaged: paged})
				o.kaneo.SeedTasks(o.newProject(t, "", "Big", "BIG"), n)
				desk := o.desk(t, "viewer")
				for range 2 { // the second time it is known which generation it is
					sheet, err := desk.Sheet(t.Context(), "BIG", nil)
					if err != nil || sheet.Digest.Tasks != n || sheet.Incomplete || len(sheet.Columns) != 4 {
						t.Errorf("sheet: %+v, incomplete %v, %v", sheet.Digest, sheet.Incomplete, err)
					}
				}
				list, err := desk.List(t.Context(), "", []string{"BIG"}, board.Filter{Statuses: []string{"all"}})
				board.Sort(list.Cards, board.ByKey)
				if want := strings.Join(numbered("BIG", 1, n), " "); err != nil || keys(list.Cards) != want || list.Incomplete != nil {
					t.Errorf("list: %d tasks, incomplete %v, %v", len(list.Cards), list.Incomplete, err)
				}
			})
		}
	}
}

// TestSheetIsInBoardOrder puts the last of a column first, and two into the same place.
func TestSheetIsInBoardOrder(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	client, desk := o.client(t, "owner"), o.desk(t, "owner")
	for ref, position := range map[string]int{"API-6": 1, "API-5": 2, "API-3": 2, "API-2": 3} {
		task, err := client.Task(t.Context(), id(t, desk, ref))
		if err != nil {
			t.Fatal(err)
		}
		replacement := task.Full()
		replacement.Position = position
		if _, err := client.ReplaceTask(t.Context(), task.ID, replacement); err != nil {
			t.Fatal(err)
		}
	}
	got, err := desk.Sheet(t.Context(), "API", []string{"to do"})
	if want := "To Do: 6 3 5 2"; err != nil || outline(got) != want {
		t.Errorf("%s, %v", outline(got), err)
	}
}
