package tools

import (
	"fmt"
	"strings"

	"kaneo-mcp/board"
)

// telling is what there is to say of one task of a batch, or of several of which the same is to be said.
type telling struct {
	of   []string // keys
	text string
	err  error
}

// outcomes says what became of the tasks of a batch: each is named, and what is true of several is said once.
func (v *View) outcomes(all []board.Outcome) {
	var tellings []telling
	for _, o := range all {
		tellings = append(tellings, tellingsOf(o)...)
	}
	v.tell(together(tellings))
}

// together says once what is the same, where it is first said.
func together(all []telling) []telling {
	var tellings []telling
	at := make(map[string]int)
	for _, t := range all {
		said := t.text
		if t.err != nil {
			said += t.err.Error()
		}
		i, known := at[said]
		if !known {
			at[said] = len(tellings)
			tellings = append(tellings, t)
			continue
		}
		tellings[i].of = append(tellings[i].of, t.of...)
	}
	return tellings
}

// outcome is outcomes of one task.
func (v *View) outcome(o board.Outcome) { v.outcomes([]board.Outcome{o}) }

func (v *View) tell(tellings []telling) {
	for _, t := range tellings {
		v.lines = append(v.lines, t.line())
		if t.err != nil {
			v.failed += len(t.of)
		} else {
			v.done += len(t.of)
		}
	}
}

func (t telling) line() line {
	between := " "
	if strings.Contains(t.of[0], ",") {
		between = "; "
	}
	text := strings.Join(t.of, between) + t.text
	if t.err != nil {
		text += ": "
	}
	return line{text: text, err: t.err}
}

// tellingsOf is what was done to one task, and then each step that failed.
func tellingsOf(o board.Outcome) []telling {
	if o.Err != nil {
		return []telling{{[]string{board.Plain(cut(o.Ref, 40))}, " not changed", o.Err}}
	}
	told := strings.Join(stepsDone(o), "; ")
	switch {
	case o.Failed() && !o.Changed():
		return stepFailures(o, "done")
	case o.Changed():
		told = ": " + told
	default:
		told = ": nothing to do: " + told
	}
	return append([]telling{{of: []string{keys(o)}, text: told}}, stepFailures(o, "done")...)
}

// keys names a task by the key it was called by, and by the one that a move gave it.
func keys(o board.Outcome) string {
	if o.Was != o.Card.Key() {
		return fmt.Sprintf("%s, now %s", o.Was, o.Card.Key())
	}
	return o.Was
}

func stepsDone(o board.Outcome) []string {
	var done []string
	for _, s := range o.Steps {
		if s.Err == nil {
			done = append(done, stepText(s))
		}
	}
	return done
}

// stepFailures are the steps that were not done, or not undone.
func stepFailures(o board.Outcome, what string) []telling {
	var failures []telling
	for _, s := range o.Steps {
		if s.Err != nil {
			failures = append(failures, telling{[]string{o.Card.Key()}, fmt.Sprintf(" %s not %s", short(s.What), what), s.Err})
		}
	}
	return failures
}

func stepText(s board.Step) string {
	what, from, to := short(s.What), short(s.From), short(s.To)
	switch {
	case s.Skipped != "":
		return what + " " + s.Skipped
	case s.Same && to == "":
		return what + " unchanged"
	case s.Same:
		return fmt.Sprintf("%s already %s", what, to)
	case from == "":
		return what + " " + to
	}
	return fmt.Sprintf("%s %s → %s", what, from, to)
}
