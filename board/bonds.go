package board

import (
	"context"
	"slices"
	"strings"

	"kaneo-mcp/kaneo"
)

// bond is a relation of a new task to another, as its draft names it.
type bond struct {
	as    LinkKind // what the new task is to the other
	local int      // which draft the other is; -1: it is there already
	card  Card     // then this
}

// localRefs are the drafts by the references that others may use for them.
func localRefs(drafts []Draft) (map[string]int, error) {
	here := make(map[string]int)
	for i, draft := range drafts {
		ref := strings.TrimSpace(draft.Ref)
		if ref == "" {
			continue
		}
		if _, twice := here[ref]; twice {
			return nil, mistakef("Two tasks have the ref %q: give each its own. Nothing was created.", short(ref))
		}
		here[ref] = i
	}
	return here, nil
}

// bonds resolves the tasks that a draft is to be tied to.
func (d *Desk) bonds(ctx context.Context, project kaneo.Project, draft Draft, here map[string]int) ([]bond, error) {
	var all []bond
	for _, some := range []struct {
		as   LinkKind
		refs []string
	}{{LinkSubtaskOf, nonEmpty(draft.Parent)}, {LinkBlocks, draft.Blocks}, {LinkBlockedBy, draft.BlockedBy}} {
		for _, ref := range some.refs {
			b, err := d.bond(ctx, project, some.as, ref, here)
			if err != nil {
				return nil, err
			}
			if self, named := here[strings.TrimSpace(draft.Ref)]; named && b.local == self {
				return nil, mistakef("A task cannot be tied to itself.")
			}
			all = append(all, b)
		}
	}
	return all, nil
}

func nonEmpty(ref string) []string {
	if strings.TrimSpace(ref) == "" {
		return nil
	}
	return []string{ref}
}

func (d *Desk) bond(ctx context.Context, project kaneo.Project, as LinkKind, ref string, here map[string]int) (bond, error) {
	if i, local := here[strings.TrimSpace(ref)]; local {
		return bond{as: as, local: i}, nil
	}
	card, err := d.Card(ctx, ref)
	if err == nil && card.Project.WorkspaceID != project.WorkspaceID {
		err = mistakef("The task %s (%s) is in another workspace: Kaneo ties tasks within one only.", card.Key(), as.word())
	}
	return bond{as: as, local: -1, card: card}, err
}

// originals resolves labels, each once.
func (d *Desk) originals(ctx context.Context, project kaneo.Project, refs []string) ([]kaneo.Label, error) {
	var labels []kaneo.Label
	for _, ref := range refs {
		label, err := d.label(ctx, project.WorkspaceID, ref)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(labels, func(l kaneo.Label) bool { return l.ID == label.ID }) {
			labels = append(labels, label)
		}
	}
	return labels, nil
}

// furnishing is one request for new tasks that exist, and the steps that it is.
type furnishing struct {
	steps []*Step
	do    func(ctx context.Context) error
}

// furnish gives new tasks their labels, and ties them to each other and to others; a dry run only says so. It waits for all
// of them to be there, since any may name any.
func (d *Desk) furnish(ctx context.Context, project kaneo.Project, plans []creation, outcomes []Outcome, dryRun bool) {
	for i, plan := range plans {
		if outcomes[i].Err == nil {
			outcomes[i].Steps = plan.steps(outcomes)
		}
	}
	if dryRun {
		return
	}
	todo := append(d.labelling(plans, outcomes), d.tying(plans, outcomes)...)
	eachOf(len(todo), func(i int) error {
		err := todo[i].do(ctx)
		for _, step := range todo[i].steps {
			step.Err = d.refusal(ctx, err, project.WorkspaceID, changing(step.What))
		}
		return err
	}, func(i int, why error) {
		for _, step := range todo[i].steps {
			step.Err = why
		}
	})
}

// steps are one for each label, one for each bond, and one for each custom field.
func (c creation) steps(outcomes []Outcome) []Step {
	var steps []Step
	for _, label := range c.labels {
		steps = append(steps, Step{What: labelStep + Plain(label.Name), To: "added"})
	}
	for _, b := range c.bonds {
		step := Step{What: b.as.word(), To: b.card.Key()}
		if b.local >= 0 {
			step.To = outcomes[b.local].called()
		}
		steps = append(steps, step)
	}
	return append(steps, c.filled...)
}

// called is the key of a new task, or its title while it has none.
func (o Outcome) called() string {
	if o.Card.Task.ID == "" {
		return o.Card.Task.Title
	}
	return o.Card.Key()
}

// labelling puts each label on all its tasks at once: labels leave no history that Kaneo's bulk route could lose, and notify
// nobody (kaneo-api.md §9).
func (d *Desk) labelling(plans []creation, outcomes []Outcome) []furnishing {
	var labels []kaneo.Label
	on := make(map[string][]int) // new tasks by label
	steps := make(map[string][]*Step)
	for i, plan := range plans {
		for n := range outcomes[i].Steps[:min(len(plan.labels), len(outcomes[i].Steps))] {
			label := plan.labels[n]
			if on[label.ID] == nil {
				labels = append(labels, label)
			}
			on[label.ID] = append(on[label.ID], i)
			steps[label.ID] = append(steps[label.ID], &outcomes[i].Steps[n])
		}
	}
	todo := make([]furnishing, len(labels))
	for i, label := range labels {
		todo[i] = furnishing{steps[label.ID], func(ctx context.Context) error { return d.attach(ctx, label, on[label.ID], outcomes) }}
	}
	return todo
}

func (d *Desk) attach(ctx context.Context, label kaneo.Label, on []int, outcomes []Outcome) error {
	if len(on) == 1 {
		_, err := d.kaneo.AttachLabel(ctx, label.ID, outcomes[on[0]].Card.Task.ID)
		return err
	}
	ids := make([]string, len(on))
	for n, i := range on {
		ids[n] = outcomes[i].Card.Task.ID
	}
	got, err := d.kaneo.AttachLabels(ctx, label.ID, ids)
	if err == nil && got < len(ids) {
		err = mistakef("Kaneo labelled %d of these %d tasks: look which ones.", got, len(ids))
	}
	return err
}

// tying makes the relations, each once, whichever of its ends names it.
func (d *Desk) tying(plans []creation, outcomes []Outcome) []furnishing {
	var todo []furnishing
	made := make(map[tie]bool)
	for i, plan := range plans {
		if outcomes[i].Err != nil {
			continue
		}
		for n, b := range plan.bonds {
			step := &outcomes[i].Steps[len(plan.labels)+n]
			other := b.card.Task.ID
			if b.local >= 0 {
				other = outcomes[b.local].Card.Task.ID
			}
			if other == "" {
				step.Err = mistakef("%q was not created.", short(step.To))
				continue
			}
			t := b.as.tie(outcomes[i].Card.Task.ID, other)
			if made[t] {
				continue
			}
			made[t] = true
			todo = append(todo, furnishing{[]*Step{step}, func(ctx context.Context) error { return d.bind(ctx, t) }})
		}
	}
	return todo
}
