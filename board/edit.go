package board

import (
	"context"
	"fmt"
	"strings"

	"kaneo-mcp/kaneo"
)

// Edit is what to do to a description, in this order.
type Edit struct {
	Section  string   // a heading, the text below which becomes Text
	Find     string   // a passage that occurs once, which becomes Text
	Text     string   // "" removes it
	Tick     []string // items of a checklist, by what they say
	Untick   []string
	AddItems []string // new ones, below the last one there is
	Append   string   // Markdown for the end
}

// EditDescription changes a part of a task's description. Kaneo stores it whole, and the last writer wins: so the edit is
// made on the text as it is right before it is written, and what others wrote meanwhile stays or gets in the edit's way.
func (d *Desk) EditDescription(ctx context.Context, ref string, edit Edit) (Outcome, error) {
	if err := edit.contradiction(); err != nil {
		return Outcome{}, err
	}
	card, err := d.Card(ctx, ref)
	if err != nil {
		return Outcome{}, err
	}
	end, err := d.turns.take(ctx, card.Task.ID)
	if err != nil {
		return Outcome{}, err
	}
	defer end()
	if card.Task, err = d.kaneo.Task(ctx, card.Task.ID); err != nil { // as it is now, when nobody else here writes
		return Outcome{}, err
	}
	text, done, err := edit.apply(card.Task.Description)
	if err != nil {
		return Outcome{}, err
	}
	outcome := Outcome{Ref: ref, Was: card.Key(), Card: card}
	step := Step{What: string(Description), To: strings.Join(done, "; "), Same: text == card.Task.Description}
	outcome = d.carryOut(ctx, outcome, []write{{step, func(ctx context.Context, now kaneo.Task) (kaneo.Task, error) {
		return d.kaneo.SetDescription(ctx, now.ID, text)
	}}})
	if len(outcome.altered) > 0 {
		d.note(ctx, Changed, outcome.Card, "", outcome.altered...)
	}
	return outcome, outcome.failure()
}

// untouched reads a task's description once more before it is overwritten. Between this and the write there is no more than
// a moment, but a moment there is: Kaneo has no versions to write against (kaneo-api.md §8).
func (d *Desk) untouched(ctx context.Context, planned kaneo.Task) error {
	now, err := d.kaneo.Task(ctx, planned.ID)
	if err != nil {
		return err
	}
	if now.Description != planned.Description && !planned.DescriptionDeferred {
		return mistakef("Somebody changed the description at the same moment, so it was not written. Read it with get_task, then repeat what still fits.")
	}
	return nil
}

func (e Edit) contradiction() error {
	lists := len(e.Tick) + len(e.Untick) + len(e.AddItems)
	switch {
	case e.Section+e.Find+e.Text+e.Append == "" && lists == 0:
		return mistakef("Nothing to edit: say what to append, replace, tick or add.")
	case e.Section != "" && e.Find != "":
		return mistakef("text can take the place of a section or of a passage: give section or find, not both.")
	case e.Text != "" && e.Section+e.Find == "":
		return mistakef("text takes the place of something: say of which section, or of what (find). To put it at the end, use append.")
	}
	return nil
}

// apply makes the edit, and says what it did.
func (e Edit) apply(text string) (string, []string, error) {
	var done []string
	for _, part := range []struct {
		wanted bool
		what   string
		edit   func(string) (string, error)
	}{
		{e.Section != "", "section " + short(e.Section) + " replaced", e.section},
		{e.Find != "", "passage replaced", e.passage},
		{len(e.Tick) > 0, "ticked " + enumerateShort(e.Tick), func(t string) (string, error) { return tick(t, e.Tick, true) }},
		{len(e.Untick) > 0, "unticked " + enumerateShort(e.Untick), func(t string) (string, error) { return tick(t, e.Untick, false) }},
		{len(e.AddItems) > 0, fmt.Sprintf("%d added to the checklist", len(e.AddItems)), e.items},
		{strings.TrimSpace(e.Append) != "", "text appended", e.atEnd},
	} {
		if !part.wanted {
			continue
		}
		after, err := part.edit(text)
		if err != nil {
			return text, nil, err
		}
		if after != text {
			done = append(done, part.what)
		}
		text = after
	}
	if ticked, all := progress(text); all > 0 && len(done) > 0 {
		done = append(done, fmt.Sprintf("%d of %d done", ticked, all))
	}
	return text, done, nil
}
