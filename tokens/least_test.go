package tokens_test

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// least is the shortest text that carries a job's facts: of each task that was asked for its key, its title and what was
// asked of it, of each that changed its key and what is new, one line a task.
func (j job) least(before, after []card, today time.Time) string {
	var lines []string
	switch {
	case j.tally != nil:
		counts := map[string]int{}
		for _, c := range j.told(before, today) {
			counts[j.tally(c)]++
		}
		for name, n := range counts {
			lines = append(lines, fmt.Sprint(name, " ", n))
		}
	case j.lists != nil:
		for _, c := range j.told(before, today) {
			lines = append(lines, strings.TrimSpace(c.key+" "+c.title+" "+j.telling(c)))
		}
	default:
		lines = append(j.says, news(before, after)...)
	}
	return strings.Join(lines, "\n")
}

func (j job) telling(c card) string {
	if j.tells == nil {
		return ""
	}
	return j.tells(c)
}

// news is a line for each task that is not what it was.
func news(before, after []card) []string {
	var lines []string
	for _, c := range after {
		i := slices.IndexFunc(before, func(b card) bool { return b.key == c.key })
		switch {
		case i < 0:
			lines = append(lines, c.key+" "+c.title)
		case before[i].String() != c.String():
			lines = append(lines, c.key+" "+strings.Join(changed(before[i], c), " "))
		}
	}
	return lines
}

// changed are the words of a card that were not there.
func changed(before, after card) []string {
	_, words := differences(strings.Fields(before.String()), strings.Fields(after.String()))
	return words
}
