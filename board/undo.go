package board

import (
	"context"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"kaneo-mcp/kaneo"
)

// Undoing is what became of taking a call back.
type Undoing struct {
	Call     string
	At       time.Time // when the call was made
	Outcomes []Outcome // of the tasks that it had changed
	Left     []Entry   // what cannot be taken back: what was made, deleted or said

	// Earlier is of the call before, if there is one that has not been undone.
	Earlier Entry
}

// journalReach is how many entries an undo looks back over.
const journalReach = 1_000

// Undo takes back the fields that a call changed, the last one if none is named, unless somebody has changed them since.
func (d *Desk) Undo(ctx context.Context, call string) (Undoing, error) {
	entries, err := d.journal.Entries(journalReach)
	if err != nil {
		return Undoing{}, err
	}
	done, err := chosen(entries, strings.TrimSpace(call))
	if err != nil {
		return Undoing{}, err
	}
	undoing := Undoing{Call: done[0].Call, At: done[0].At, Earlier: earlier(entries, done[0])}
	var changed []Entry
	for _, e := range done {
		if e.Act == Changed || e.Act == EditedComment {
			changed = append(changed, e)
		} else {
			undoing.Left = append(undoing.Left, e)
		}
	}
	undoing.Outcomes = make([]Outcome, len(changed))
	ctx = markCall(ctx, undoing.Call)
	var group errgroup.Group
	group.SetLimit(atOnce)
	for i, e := range changed {
		group.Go(func() error {
			undoing.Outcomes[i] = d.takeBack(ctx, e)
			return nil
		})
	}
	err = group.Wait()
	return undoing, err
}

// chosen are the entries of a call, by key: a batch makes them in any order. Undoing is not itself undone: "the last" stays
// the same call when it is asked for twice.
func chosen(entries []Entry, call string) ([]Entry, error) {
	made := filter(entries, func(e Entry) bool { return e.Undoes == "" })
	if len(made) == 0 {
		return nil, mistakef("Nothing to undo: no change made from here is on record.")
	}
	if call == "" {
		call = made[0].Call
	}
	of := filter(made, func(e Entry) bool { return e.Call == call })
	if len(of) == 0 {
		return nil, mistakef("There is no change %q on record.", short(call))
	}
	slices.SortStableFunc(of, func(a, b Entry) int { return strings.Compare(a.Key, b.Key) })
	if !undone(entries, call) {
		return of, nil
	}
	e := earlier(entries, of[0])
	if e.Call == "" {
		return nil, mistakef("That change has been undone already, and none before it is on record.")
	}
	return nil, mistakef("That change has been undone already. The one before it is %s (%s: %s).", e.Call, short(e.Key), short(e.Text()))
}

func undone(entries []Entry, call string) bool {
	return slices.ContainsFunc(entries, func(e Entry) bool { return e.Undoes == call })
}

// earlier is the latest entry of a call before that of e which has not been undone; zero when there is none.
func earlier(entries []Entry, e Entry) Entry {
	from := slices.IndexFunc(entries, func(x Entry) bool { return x.Call == e.Call })
	for _, before := range entries[from:] {
		if before.Call != e.Call && before.Undoes == "" && !undone(entries, before.Call) {
			return before
		}
	}
	return Entry{}
}

func (d *Desk) takeBack(ctx context.Context, e Entry) Outcome {
	outcome := Outcome{Ref: e.Key, Was: e.Key}
	card, err := d.Card(ctx, e.Task)
	if err != nil {
		outcome.Err = err
		return outcome
	}
	outcome.Card, outcome.Was = card, card.Key()
	if e.Act == EditedComment {
		outcome.Steps = []Step{d.takeBackComment(ctx, e)}
		return outcome
	}
	now, err := d.currently(ctx, card, e)
	if err != nil {
		outcome.Err = err
		return outcome
	}
	reverse, kept := now.reversal(e.Fields)
	if !reverse.empty() {
		outcome = d.update(ctx, Found{Ref: e.Key, Card: card}, reverse)
	}
	outcome.Steps = append(outcome.Steps, kept...)
	return outcome
}

// current is how a task stands, as far as what is to be taken back is concerned.
type current struct {
	task   kaneo.Task        // with its labels
	custom map[string]string // what is stored in custom fields, by their names
}

// currently reads labels and custom fields only where one of them is to be taken back.
func (d *Desk) currently(ctx context.Context, card Card, e Entry) (now current, err error) {
	concerns := func(step string) bool {
		return slices.ContainsFunc(e.Fields, func(a Alteration) bool { return strings.HasPrefix(a.Field, step) })
	}
	now.task = card.Task
	if concerns(labelStep) {
		if now.task.Labels, err = d.kaneo.TaskLabels(ctx, e.Task); err != nil {
			return now, err
		}
	}
	if concerns(fieldStep) {
		now.custom, err = d.storedByName(ctx, card)
	}
	return now, err
}

// reversal is the change that takes fields back, and a step for each that stays as it is.
func (now current) reversal(fields []Alteration) (reverse Change, kept []Step) {
	for _, f := range fields {
		stands := now.of(f)
		switch {
		case f.Fixed:
			kept = append(kept, Step{What: f.Field, Err: mistakef("%s", whyFixed(f))})
		case stands == mark(f.Was):
			kept = append(kept, Step{What: f.Field, To: "as before", Same: true})
		case stands != f.Is:
			kept = append(kept, Step{What: f.Field, Err: mistakef("Somebody has changed it since, so it was left as it is.")})
		case reverse.Project != "" && strings.HasPrefix(f.Field, fieldStep):
			kept = append(kept, Step{What: f.Field, Skipped: "not taken back: it belongs to the project that the task leaves"})
		default:
			reverse.takeBack(f)
		}
	}
	if reverse.Project != "" && reverse.Status == "" {
		reverse.Status = now.task.Status // Kaneo would keep it only where the slugs agree
	}
	return reverse, kept
}

func whyFixed(f Alteration) string {
	if f.Field == "comment" {
		return "A comment stays until it is deleted: delete_comment does that."
	}
	return "This is not on record in a form that could be taken back."
}

// of is how a field stands, as the journal compares it.
func (now current) of(f Alteration) string {
	if name, isLabel := strings.CutPrefix(f.Field, labelStep); isLabel {
		if slices.ContainsFunc(now.task.Labels, func(l kaneo.Label) bool { return Plain(l.Name) == name }) {
			return name
		}
		return ""
	}
	if name, isCustom := strings.CutPrefix(f.Field, fieldStep); isCustom {
		return mark(now.custom[name])
	}
	if read, isField := traces()[f.Field]; isField {
		return mark(read(now.task))
	}
	return ""
}

// takeBack adds a field to a change, by the values that Kaneo stored.
func (c *Change) takeBack(f Alteration) {
	if label, isLabel := strings.CutPrefix(f.Field, labelStep); isLabel {
		if f.Was == "" {
			c.RemoveLabels = append(c.RemoveLabels, label)
		} else {
			c.AddLabels = append(c.AddLabels, label)
		}
		return
	}
	if name, isCustom := strings.CutPrefix(f.Field, fieldStep); isCustom {
		c.Custom = append(c.Custom, FieldChange{name, f.Was})
		return
	}
	field := Field(f.Field)
	if f.Was == "" && slices.Contains(Fields(), field) {
		c.Clear = append(c.Clear, field)
		return
	}
	*map[string]*string{
		"title": &c.Title, string(Description): &c.Description, "status": &c.Status, "priority": &c.Priority,
		string(Assignee): &c.Assignee, string(Due): &c.Due, string(Start): &c.Start, "project": &c.Project,
	}[f.Field] = f.Was
}

// takeBackComment restores the text of an edited comment.
func (d *Desk) takeBackComment(ctx context.Context, e Entry) Step {
	step := Step{What: "comment", To: "as before"}
	card, comment, err := d.OwnComment(ctx, e.Task, e.Comment)
	switch {
	case err != nil:
		step.Err = err
	case len(e.Fields) != 1 || e.Fields[0].Fixed:
		step.Err = mistakef("Its former text was too long to keep.")
	case mark(comment.Content) != e.Fields[0].Is:
		step.Err = mistakef("It has been changed since, so it was left as it is.")
	default:
		_, err := d.kaneo.EditComment(ctx, comment.ID, e.Fields[0].Was)
		if step.Err = d.refusal(ctx, err, card.Project.WorkspaceID, editComments); err == nil {
			d.note(ctx, EditedComment, card, comment.ID)
		}
	}
	return step
}
