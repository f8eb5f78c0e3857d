package board

import (
	"context"

	"kaneo-mcp/kaneo"
)

// LinkKind says what a task is to another one.
type LinkKind string

// The kinds of links.
const (
	LinkBlocks    LinkKind = "blocks"
	LinkBlockedBy LinkKind = "blocked by"
	LinkSubtaskOf LinkKind = "subtask of"
	LinkParentOf  LinkKind = "parent of"
	LinkRelated   LinkKind = "related"
)

// LinkKinds lists them.
func LinkKinds() []LinkKind {
	return []LinkKind{LinkBlocks, LinkBlockedBy, LinkSubtaskOf, LinkParentOf, LinkRelated}
}

// stored is how Kaneo keeps a link: of which type, and whether the task at hand is its target.
func (k LinkKind) stored() (t kaneo.RelationType, target bool) {
	switch k {
	case LinkBlocks:
		return kaneo.Blocks, false
	case LinkBlockedBy:
		return kaneo.Blocks, true
	case LinkParentOf:
		return kaneo.Subtask, false
	case LinkSubtaskOf:
		return kaneo.Subtask, true
	case LinkRelated:
	}
	return kaneo.Related, false
}

// tie is a relation as Kaneo is asked for it.
type tie struct {
	source, target string
	kind           kaneo.RelationType
}

// tie is the link of a task to another one.
func (k LinkKind) tie(self, other string) tie {
	t, target := k.stored()
	if target {
		self, other = other, self
	}
	return tie{self, other, t}
}

// word is how a list of one task's relations calls the other: by what that is, where one can say so.
func (k LinkKind) word() string {
	switch k {
	case LinkSubtaskOf:
		return "parent"
	case LinkParentOf:
		return "subtask"
	case LinkBlocks, LinkBlockedBy, LinkRelated:
	}
	return string(k)
}

// kindOf is the kind of a relation as one of its ends sees it.
func kindOf(r kaneo.Relation, self string) LinkKind {
	for _, k := range LinkKinds() {
		if t, target := k.stored(); t == r.Type && (t == kaneo.Related || target == (r.TargetTaskID == self)) {
			return k
		}
	}
	return LinkKind(Plain(string(r.Type)))
}

// Linked is what became of a link to one task.
type Linked struct {
	Found
	Kinds []LinkKind // that were tied or untied; none when it was so already
}

// Link ties a task to others. What is tied so already is left alone.
func (d *Desk) Link(ctx context.Context, ref string, as LinkKind, others []string) (Card, []Linked, error) {
	return d.eachOther(ctx, ref, others, func(card Card, l *Linked) error { return d.tie(ctx, card, as, l) })
}

// Unlink unties a task from others: one kind of link, or, with "", all there are.
func (d *Desk) Unlink(ctx context.Context, ref string, as LinkKind, others []string) (Card, []Linked, error) {
	return d.eachOther(ctx, ref, others, func(card Card, l *Linked) error { return d.untie(ctx, card, as, l) })
}

func (d *Desk) eachOther(ctx context.Context, ref string, others []string, do func(Card, *Linked) error) (Card, []Linked, error) {
	card, err := d.Card(ctx, ref)
	if err != nil {
		return card, nil, err
	}
	found, err := d.bounded(ctx, others)
	if err != nil {
		return card, nil, err
	}
	links := make([]Linked, len(found))
	for i := range links {
		links[i].Found = found[i]
		if links[i].Err == nil {
			links[i].Err = do(card, &links[i])
		}
		if whole(links[i].Err) != nil {
			return card, links[:i], links[i].Err
		}
	}
	return card, links, nil
}

func (d *Desk) tie(ctx context.Context, card Card, as LinkKind, l *Linked) error {
	other := l.Card
	switch {
	case other.Task.ID == card.Task.ID:
		return mistakef("A task cannot be linked to itself.")
	case other.Project.WorkspaceID != card.Project.WorkspaceID:
		return mistakef("%s is in another workspace: links stay within one.", other.Key())
	}
	err := d.bind(ctx, as.tie(card.Task.ID, other.Task.ID))
	if kaneo.KindOf(err) == kaneo.Conflict {
		return d.tiedAlready(ctx, card, as, other)
	}
	if err == nil {
		l.Kinds = []LinkKind{as}
	}
	return d.refusal(ctx, err, card.Project.WorkspaceID, linkTasks)
}

func (d *Desk) bind(ctx context.Context, t tie) error {
	_, err := d.kaneo.AddRelation(ctx, t.source, t.target, t.kind)
	return err
}

// tiedAlready tells a link that is there from its opposite: Kaneo answers both alike (kaneo-api.md §8 Relations).
func (d *Desk) tiedAlready(ctx context.Context, card Card, as LinkKind, other Card) error {
	between, err := d.between(ctx, card, other)
	if err != nil {
		return err
	}
	wanted, _ := as.stored()
	var opposite bool
	for _, r := range between {
		if kindOf(r, card.Task.ID) == as {
			return nil
		}
		opposite = opposite || r.Type == wanted
	}
	if opposite {
		return mistakef("It is the other way round already (%s %s %s). Unlink that first.", other.Key(), as, card.Key())
	}
	return nil
}

func (d *Desk) untie(ctx context.Context, card Card, as LinkKind, l *Linked) error {
	between, err := d.between(ctx, card, l.Card)
	if err != nil {
		return err
	}
	for _, r := range between {
		is := kindOf(r, card.Task.ID)
		if as != "" && is != as {
			continue
		}
		if err := d.kaneo.DeleteRelation(ctx, r.ID); err != nil {
			return d.refusal(ctx, err, card.Project.WorkspaceID, unlinkTasks)
		}
		l.Kinds = append(l.Kinds, is)
	}
	return nil
}

func (d *Desk) between(ctx context.Context, card, other Card) ([]kaneo.Relation, error) {
	all, err := d.kaneo.Relations(ctx, card.Task.ID)
	return filter(all, func(r kaneo.Relation) bool {
		return r.SourceTaskID == other.Task.ID || r.TargetTaskID == other.Task.ID
	}), err
}
