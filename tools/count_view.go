package tools

import (
	"fmt"
	"slices"
	"strings"

	"kaneo-mcp/board"
)

// countView counts tasks by one grouping, or by a second one within each group of the first.
func countView(desk *board.Desk, l board.Listing, in listTasksIn, w window) (View, error) {
	var v View
	if len(in.CountBy) > 2 {
		return v, badArguments("count_by takes two of its words at most.")
	}
	by := worded(in.CountBy, func(g board.Grouping) string { return string(g) })
	v.Line("%s By %s:", listingHeading(desk, len(l.Cards), in.filterIn, ""), strings.Join(by, " and "))
	tallies := board.Count(l.Cards, in.CountBy[0])
	for _, t := range tallies[:min(w.limit, len(tallies))] {
		v.Line("%s", strings.Join(append([]string{tallyText(t)}, within(t, in.CountBy[1:])...), ": "))
	}
	if left := len(tallies) - w.limit; left > 0 {
		v.Line("%d smaller groups not shown: raise limit.", left)
	}
	if slices.Contains(in.CountBy, board.PerAssignee) && len(in.Assignees) == 0 {
		v.idle(board.Idle(l.People, l.Cards))
	}
	v.incomplete(l.Incomplete)
	return v, nil
}

func tallyText(t board.Tally) string { return fmt.Sprintf("%s %d", short(t.Name), len(t.Cards)) }

// within are the counts of the smaller groups in a group, as one text.
func within(t board.Tally, by []board.Grouping) []string {
	if len(by) == 0 {
		return nil
	}
	return []string{strings.Join(worded(board.Count(t.Cards, by[0]), tallyText), ", ")}
}

// mostIdle is how many people are named who have nothing.
const mostIdle = 10

// idle names who has no task, which no count by assignee would tell.
func (v *View) idle(names []string) {
	v.more(len(names) > 0, "None of these: "+some(worded(names, short), ", ", mostIdle))
}
