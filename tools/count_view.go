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
	v.Line("%s By %s:", listingHeading(desk, len(l.Cards), in, ""), wordsOf(in.CountBy))
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

func wordsOf(by []board.Grouping) string {
	words := make([]string, len(by))
	for i, grouping := range by {
		words[i] = string(grouping)
	}
	return strings.Join(words, " and ")
}

func tallyText(t board.Tally) string { return fmt.Sprintf("%s %d", short(t.Name), len(t.Cards)) }

// within are the counts of the smaller groups in a group, as one text.
func within(t board.Tally, by []board.Grouping) []string {
	if len(by) == 0 {
		return nil
	}
	var counts []string
	for _, inner := range board.Count(t.Cards, by[0]) {
		counts = append(counts, tallyText(inner))
	}
	return []string{strings.Join(counts, ", ")}
}

// mostIdle is how many people are named who have nothing.
const mostIdle = 10

// idle names who has no task, which no count by assignee would tell.
func (v *View) idle(names []string) {
	if len(names) == 0 {
		return
	}
	shown := names[:min(mostIdle, len(names))]
	note := ""
	if left := len(names) - len(shown); left > 0 {
		note = fmt.Sprintf(" and %d more", left)
	}
	v.Line("None: %s%s", cut(strings.Join(shown, ", "), 400), note)
}
