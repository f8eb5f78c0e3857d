package board

import (
	"context"
	"slices"
	"strings"

	"kaneo-mcp/kaneo"
)

func labelKind() kind[kaneo.Label] {
	return kind[kaneo.Label]{
		what:  "label",
		names: func(l kaneo.Label) []string { return []string{l.ID, l.Name} },
		title: func(l kaneo.Label) string { return l.Name },
	}
}

// labelsByName puts a workspace's labels in order: Kaneo lists them as its database happens to.
func labelsByName(client *kaneo.Client) func(context.Context, string) ([]kaneo.Label, error) {
	return func(ctx context.Context, workspaceID string) ([]kaneo.Label, error) {
		labels, err := client.WorkspaceLabels(ctx, workspaceID)
		slices.SortStableFunc(labels, func(a, b kaneo.Label) int {
			return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
		})
		return labels, err
	}
}

// Labels lists a workspace's labels by name: the originals, without the copies that tasks carry.
func (d *Desk) Labels(ctx context.Context, workspaceID string) ([]kaneo.Label, error) {
	all, _, err := d.directory.labels.get(ctx, workspaceID)
	return all, err
}

func (d *Desk) label(ctx context.Context, workspaceID, ref string) (kaneo.Label, error) {
	return find(ctx, d.directory.labels, workspaceID, func(all []kaneo.Label) (kaneo.Label, error) {
		return labelKind().pick(ref, " in this workspace", all)
	})
}

// copies are the labels that the task carries.
func (p *planner) copies(ctx context.Context) ([]kaneo.Label, error) {
	if p.read {
		return p.labels, nil
	}
	labels, err := p.client().TaskLabels(ctx, p.id())
	p.labels, p.read = labels, err == nil
	return labels, err
}

// addLabels attaches originals, never copies: attaching a copy would take it away from its task (kaneo-api.md §12.10).
func (p *planner) addLabels(ctx context.Context, c Change) error {
	for _, ref := range c.AddLabels {
		original, err := p.desk.label(ctx, p.card.Project.WorkspaceID, ref)
		if err != nil {
			return err
		}
		copies, err := p.copies(ctx)
		if err != nil {
			return err
		}
		what := labelStep + Plain(original.Name)
		if named(copies, original.Name) != nil {
			p.same(what, "there")
			continue
		}
		p.add(Step{What: what, To: "added"}, func(ctx context.Context, now kaneo.Task) (kaneo.Task, error) {
			_, err := p.client().AttachLabel(ctx, original.ID, now.ID)
			return now, err
		})
	}
	return nil
}

// removeLabels detaches the task's own copies, which is the only id that Kaneo accepts here (kaneo-api.md §8).
func (p *planner) removeLabels(ctx context.Context, c Change) error {
	var planned []string
	for _, ref := range c.RemoveLabels {
		carried, err := p.carried(ctx, ref)
		if err != nil {
			return err
		}
		if carried == nil {
			p.same(labelStep+Plain(ref), "not there")
			continue
		}
		if slices.Contains(planned, carried.ID) {
			continue
		}
		planned = append(planned, carried.ID)
		p.add(Step{What: labelStep + Plain(carried.Name), To: "removed"},
			func(ctx context.Context, now kaneo.Task) (kaneo.Task, error) {
				return now, p.client().DetachLabel(ctx, carried.ID)
			})
	}
	return nil
}

// carried is the task's copy of a label, nil when it does not carry that one.
func (p *planner) carried(ctx context.Context, ref string) (*kaneo.Label, error) {
	copies, err := p.copies(ctx)
	if err != nil {
		return nil, err
	}
	label, err := labelKind().pick(ref, " on this task", copies)
	if missing(err) {
		label, err = p.desk.label(ctx, p.card.Project.WorkspaceID, ref)
	}
	return named(copies, label.Name), err
}

func named(labels []kaneo.Label, name string) *kaneo.Label {
	for i := range labels {
		if labels[i].Name == name {
			return &labels[i]
		}
	}
	return nil
}
