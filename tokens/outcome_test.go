package tokens_test

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// outcome is what there has to be after a job.
func (j job) outcome(before []card, today time.Time) []card {
	after := slices.Clone(j.adds)
	for _, c := range before {
		was := c
		c.labels, c.ties, c.comments = slices.Clone(c.labels), slices.Clone(c.ties), slices.Clone(c.comments)
		for _, change := range j.sets {
			for _, edit := range change.become {
				if all(change.of, was, today) {
					edit(&c, today)
				}
			}
		}
		if c.key != "" {
			after = append(after, c)
		}
	}
	return after
}

// checkOutcome compares the tasks there are with those there have to be, and sees to it that every change concerns some.
func (j job) checkOutcome(t *testing.T, before, after []card, today time.Time) {
	t.Helper()
	for i, change := range j.sets {
		if !slices.ContainsFunc(before, func(c card) bool { return all(change.of, c, today) }) {
			t.Errorf("change %d concerns no task", i+1)
		}
	}
	wanted := texts(j.outcome(before, today))
	missing, unwanted := differences(wanted, texts(withoutNewNumbers(after, before)))
	if len(missing)+len(unwanted) > 0 {
		t.Errorf("missing:\n%s\nnot wanted:\n%s", strings.Join(missing, "\n"), strings.Join(unwanted, "\n"))
	}
	if lost, won := differences(texts(before), wanted); len(j.sets) > 0 && len(lost)+len(won) == 0 {
		t.Error("the job changes nothing")
	}
}

// withoutNewNumbers says the project instead of the key of each task that is new, which nobody can know beforehand.
func withoutNewNumbers(after, before []card) []card {
	fresh := map[string]string{} // projects by the keys of new tasks
	for _, c := range after {
		if !slices.ContainsFunc(before, func(b card) bool { return b.key == c.key }) {
			fresh[c.key] = c.project()
		}
	}
	cards := slices.Clone(after)
	for i, c := range after {
		cards[i].key = cmp.Or(fresh[c.key], c.key)
		cards[i].ties = slices.Clone(c.ties)
		for n, tie := range c.ties {
			end := tie[strings.LastIndex(tie, " ")+1:]
			cards[i].ties[n] = strings.TrimSuffix(tie, end) + cmp.Or(fresh[end], end)
		}
	}
	return cards
}

func texts(cards []card) []string {
	all := make([]string, len(cards))
	for i, c := range cards {
		all[i] = c.String()
	}
	return all
}

// differences compares lists whose order does not count.
func differences(wanted, got []string) (missing, unwanted []string) {
	unwanted = slices.Clone(got)
	for _, text := range wanted {
		if i := slices.Index(unwanted, text); i >= 0 {
			unwanted = slices.Delete(unwanted, i, i+1)
		} else {
			missing = append(missing, text)
		}
	}
	return missing, unwanted
}

// checkAnswer compares the answer with the tasks there were.
func (j job) checkAnswer(t *testing.T, before []card, today time.Time, answer string) {
	t.Helper()
	for _, words := range j.says {
		if !strings.Contains(answer, words) {
			t.Errorf("the answer does not say %q", words)
		}
	}
	told := j.told(before, today)
	switch {
	case j.tally != nil:
		checkTally(t, told, j.tally, answer)
	case j.lists != nil:
		checkRows(t, told, answer)
	}
}

// told are the tasks that the answer is about.
func (j job) told(before []card, today time.Time) []card {
	return slices.DeleteFunc(slices.Clone(before), func(c card) bool { return !all(j.lists, c, today) })
}

func checkTally(t *testing.T, told []card, by func(card) string, answer string) {
	t.Helper()
	counts := map[string]int{}
	for _, c := range told {
		counts[by(c)]++
	}
	for name, n := range counts {
		if !regexp.MustCompile(fmt.Sprintf(`(?mi)^%s\b.* %d$`, name, n)).MatchString(answer) {
			t.Errorf("the answer does not count %d %q:\n%s", n, name, answer)
		}
	}
}

var rowKey = regexp.MustCompile(`(?m)^([A-Z]+-\d+) `)

// checkRows wants a row for each task, or, in an answer that says so, for some of them.
func checkRows(t *testing.T, told []card, answer string) {
	t.Helper()
	var rows, keys []string
	for _, match := range rowKey.FindAllStringSubmatch(answer, -1) {
		rows = append(rows, match[1])
	}
	for _, c := range told {
		keys = append(keys, c.key)
	}
	missing, unwanted := differences(keys, rows)
	if strings.Contains(answer, " shown") {
		missing = nil
	}
	if len(told) == 0 || len(missing)+len(unwanted) > 0 {
		t.Errorf("of %d tasks %v are missing and %v are not wanted:\n%s", len(told), missing, unwanted, answer)
	}
}

var codePattern = regexp.MustCompile(`confirm=(\w+)`)

// code is the one that the last answer gave, if it did.
func code(answers []string) string {
	if len(answers) == 0 {
		return ""
	}
	if match := codePattern.FindStringSubmatch(answers[len(answers)-1]); match != nil {
		return match[1]
	}
	return ""
}
