package board

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"sync"

	"kaneo-mcp/kaneo"
)

// LabelUse is a label of a workspace, and on how many tasks it is.
type LabelUse struct {
	Label kaneo.Label
	Tasks int
}

// plainColor is what the web app gives a label unless somebody picks another color.
const plainColor = "gray"

var hexColor = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^#([0-9a-f]{3}|[0-9a-f]{6})$`) })

// labelColors are the names that Kaneo's web app has colors for.
func labelColors() []string {
	return []string{"gray", "dark-gray", "purple", "teal", "green", "yellow", "orange", "pink", "red"}
}

// color checks a color: Kaneo takes anything, and shows what it does not know as nothing.
func color(text, fallback string) (string, error) {
	text = cmp.Or(strings.ToLower(strings.TrimSpace(text)), fallback)
	if hexColor().MatchString(text) || slices.Contains(labelColors(), text) {
		return text, nil
	}
	return "", mistakef("%q is no color. Use #e11d48, or one of: %s.", short(text), strings.Join(labelColors(), ", "))
}

// LabelUses lists the labels of a workspace by name.
func (d *Desk) LabelUses(ctx context.Context, workspace string) (kaneo.Workspace, []LabelUse, error) {
	where, err := d.Workspace(ctx, workspace)
	if err != nil {
		return where, nil, err
	}
	rows, err := d.kaneo.LabelRows(ctx, where.ID)
	uses := usesOf(rows)
	slices.SortFunc(uses, func(a, b LabelUse) int { return cmp.Compare(words(a.Label.Name), words(b.Label.Name)) })
	return where, uses, err
}

// usesOf counts copies, which are tied to their originals by name only.
func usesOf(rows []kaneo.Label) []LabelUse {
	copies := make(map[string]int)
	for _, row := range rows {
		if row.TaskID != "" {
			copies[row.Name]++
		}
	}
	var uses []LabelUse
	for _, row := range rows {
		if row.TaskID == "" {
			uses = append(uses, LabelUse{row, copies[row.Name]})
		}
	}
	return uses
}

// use finds a label, freshly read.
func (d *Desk) use(ctx context.Context, workspace, ref string) (LabelUse, []LabelUse, error) {
	_, uses, err := d.LabelUses(ctx, workspace)
	if err != nil {
		return LabelUse{}, nil, err
	}
	labels := make([]kaneo.Label, len(uses))
	for i := range uses {
		labels[i] = uses[i].Label
	}
	label, err := labelKind().pick(ref, " in this workspace", labels)
	i := slices.Index(labels, label)
	if err != nil || i < 0 {
		return LabelUse{}, uses, err
	}
	return uses[i], uses, nil
}

// CreateLabel makes a label. One of that name that is there already is returned as it is, and made is false.
func (d *Desk) CreateLabel(ctx context.Context, workspace, name, tint string) (label kaneo.Label, made bool, err error) {
	if name = Plain(name); name == "" {
		return label, false, mistakef("A label needs a name.")
	}
	if tint, err = color(tint, plainColor); err != nil {
		return label, false, err
	}
	there, _, err := d.use(ctx, workspace, name)
	if err == nil {
		return there.Label, false, nil
	}
	if !missing(err) {
		return label, false, err
	}
	where, err := d.Workspace(ctx, workspace)
	if err != nil {
		return label, false, err
	}
	label, err = d.kaneo.CreateLabel(ctx, where.ID, name, tint)
	d.directory.labels.forget()
	return label, err == nil, d.refusal(ctx, err, where.ID, createLabels)
}

// UpdateLabel renames or recolors a label on all tasks that carry it. Kaneo fails on a name that is taken, without saying
// why, so that is looked at before.
func (d *Desk) UpdateLabel(ctx context.Context, workspace, ref, name, tint string) (before, after kaneo.Label, err error) {
	use, uses, err := d.use(ctx, workspace, ref)
	if err != nil {
		return before, after, err
	}
	before = use.Label
	name = cmp.Or(Plain(name), before.Name)
	if tint != "" {
		if tint, err = color(tint, ""); err != nil {
			return before, after, err
		}
	}
	tint = cmp.Or(tint, before.Color)
	if name == before.Name && tint == before.Color {
		return before, before, nil
	}
	for _, other := range uses {
		if other.Label.ID != before.ID && other.Label.Name == name {
			return before, after, mistakef("There is a label %q already. Labels cannot be merged: put that one on the tasks, then delete %q.", short(name), short(before.Name))
		}
	}
	if err = d.wholeWorkspace(changeLabels); err != nil {
		return before, after, err
	}
	after, err = d.kaneo.UpdateLabel(ctx, before.ID, name, tint)
	d.directory.labels.forget()
	return before, after, d.refusal(ctx, err, before.WorkspaceID, changeLabels)
}

// DeleteLabel deletes a label and takes it off all tasks, once that has been confirmed. Kaneo may do it in portions: then
// it is asked again until it is through, or the time is up.
func (d *Desk) DeleteLabel(ctx context.Context, workspace, ref, code string) (LabelUse, Confirmation, error) {
	use, _, err := d.use(ctx, workspace, ref)
	if err != nil {
		return use, Confirmation{}, err
	}
	if err = d.wholeWorkspace(deleteLabels); err != nil {
		return use, Confirmation{}, err
	}
	confirmation, err := d.confirm(code, use.Label.ID)
	if err != nil || !confirmation.Given {
		return use, confirmation, err
	}
	defer d.directory.labels.forget()
	for range 1 + use.Tasks { // each round takes at least one off
		done, err := d.kaneo.DeleteLabel(ctx, use.Label.ID)
		if done || err != nil {
			return use, confirmation, d.refusal(ctx, err, use.Label.WorkspaceID, deleteLabels)
		}
	}
	return use, confirmation, mistakef("Kaneo is still taking the label off tasks. Call again with the same confirm to go on.")
}

// wholeWorkspace refuses what would reach beyond the allowed projects.
func (d *Desk) wholeWorkspace(what act) error {
	if len(d.fence.projects) == 0 {
		return nil
	}
	return mistakef("This server is limited to some projects (KANEO_ALLOW_PROJECTS), so it may not %s: that concerns the whole workspace.", what)
}
