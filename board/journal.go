package board

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"kaneo-mcp/kaneo"
)

// Journal keeps what was written, so that it can be looked at and undone. It is safe for concurrent use, by several
// processes too.
type Journal interface {
	// Append keeps an entry. A journal that cannot be written says so by itself: writing to Kaneo goes on.
	Append(ctx context.Context, e Entry)

	// Entries are the newest ones, newest first.
	Entries(most int) ([]Entry, error)
}

// Entry is what one call did to one task.
type Entry struct {
	Call    string       `json:"call"` // shared by all entries of a call
	At      time.Time    `json:"at"`
	Act     Act          `json:"act"`
	Task    string       `json:"task"` // its id
	Key     string       `json:"key"`  // as it was afterwards
	Title   string       `json:"title"`
	Comment string       `json:"comment,omitempty"` // its id, where the act is about one
	Fields  []Alteration `json:"fields,omitempty"`
	Undoes  string       `json:"undoes,omitempty"` // the call that this one took back
}

// Act is a kind of write.
type Act string

// The acts. Only changes and edits can be undone.
const (
	Created        Act = "created"
	Changed        Act = "changed"
	Deleted        Act = "deleted"
	Commented      Act = "commented"
	EditedComment  Act = "edited a comment"
	DeletedComment Act = "deleted a comment"
)

// Alteration is one field before and after.
type Alteration struct {
	Field string `json:"field"` // "status", "assignee", "label bug", …
	From  string `json:"from,omitempty"`
	To    string `json:"to,omitempty"` // as people read them

	// Was and Is are what Kaneo stored: ids, slugs, times and texts; a long text that is only compared is a digest.
	Was string `json:"was"`
	Is  string `json:"is"`

	// Fixed says that it cannot be taken back: it is not a field, or its text was too long to keep.
	Fixed bool `json:"fixed,omitempty"`
}

// Bounds of the texts in a journal, in bytes.
const (
	longestKept  = 20_000 // a longer one cannot be undone
	longestPlain = 120    // a longer one is compared by its digest
)

type noJournal struct{}

func (noJournal) Append(context.Context, Entry) {}

func (noJournal) Entries(int) ([]Entry, error) { return nil, nil }

// callKey finds the call that a context belongs to.
type callKey struct{}

// callMark is what the entries of a call have in common.
type callMark struct{ id, undoes string }

// AsOneCall makes everything that is written under the context one call in the journal: it is undone together.
func AsOneCall(ctx context.Context) context.Context { return markCall(ctx, "") }

func markCall(ctx context.Context, undoes string) context.Context {
	return context.WithValue(ctx, callKey{}, callMark{newCallID(), undoes})
}

func newCallID() string {
	var id [4]byte
	_, _ = rand.Read(id[:]) // never fails
	return hex.EncodeToString(id[:])
}

// note keeps what was done to a task.
func (d *Desk) note(ctx context.Context, act Act, card Card, comment string, fields ...Alteration) {
	mark, marked := ctx.Value(callKey{}).(callMark)
	if !marked {
		mark.id = newCallID()
	}
	d.journal.Append(ctx, Entry{
		Call: mark.id, Undoes: mark.undoes, At: d.now().UTC(), Act: act, Task: card.Task.ID, Key: card.Key(),
		Title: bound(Plain(card.Task.Title)), Comment: comment, Fields: fields,
	})
}

// traces are the fields whose stored values a journal can take back.
func traces() map[string]func(kaneo.Task) string {
	return map[string]func(kaneo.Task) string{
		"title":             func(t kaneo.Task) string { return t.Title },
		string(Description): func(t kaneo.Task) string { return t.Description },
		"status":            func(t kaneo.Task) string { return t.Status },
		"priority":          func(t kaneo.Task) string { return string(t.Priority) },
		string(Assignee):    func(t kaneo.Task) string { return t.AssigneeID },
		string(Due):         func(t kaneo.Task) string { return moment(t.DueDate) },
		string(Start):       func(t kaneo.Task) string { return moment(t.StartDate) },
		"project":           func(t kaneo.Task) string { return t.ProjectID },
	}
}

// moment is a time as [Desk.Date] reads it back; the zero time is no date.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

const labelStep = "label "

// alter notes what a step did. Several steps may change one field: a move also changes the status.
func alter(fields []Alteration, step Step, before, after kaneo.Task) []Alteration {
	if step.What == "project" && before.Status != after.Status {
		fields = alter(fields, Step{What: "status", From: before.Status, To: after.Status}, before, after)
	}
	one := Alteration{Field: step.What, From: bound(step.From), To: bound(step.To)}
	name, isLabel := strings.CutPrefix(step.What, labelStep)
	read, isField := traces()[step.What]
	switch {
	case isField:
		one.keep(read(before), read(after))
	case strings.HasPrefix(step.What, fieldStep):
		one.keep(step.Was, step.Is)
	case isLabel && step.To == "added":
		one.Is = name
	case isLabel:
		one.Was = name
	default:
		one.Fixed = true
	}
	for i := range fields {
		if fields[i].Field == one.Field {
			fields[i].To, fields[i].Is = one.To, one.Is
			return fields
		}
	}
	return append(fields, one)
}

func (a *Alteration) keep(was, is string) {
	a.Was, a.Is = was, mark(is)
	if len(was) > longestKept {
		a.Was, a.Fixed = "", true
	}
}

// mark is what a value is compared by.
func mark(value string) string {
	if len(value) <= longestPlain {
		return value
	}
	sum := sha256.Sum256([]byte(value))
	return "sha256:" + hex.EncodeToString(sum[:])
}

func bound(text string) string {
	runes := []rune(text)
	if len(runes) <= longestPlain {
		return text
	}
	return string(runes[:longestPlain-1]) + "…"
}

// History is what was written from this machine, newest first.
func (d *Desk) History(most int) ([]Entry, error) { return d.journal.Entries(most) }

// Text says what an entry did, without the task.
func (e Entry) Text() string {
	var parts []string
	if e.Act != Changed {
		parts = append(parts, string(e.Act))
	}
	for _, f := range e.Fields {
		parts = append(parts, f.text())
	}
	if e.Undoes != "" {
		parts = append(parts, "(undid "+e.Undoes+")")
	}
	return strings.Join(parts, "; ")
}

func (a Alteration) text() string {
	if a.From == "" {
		return strings.TrimSpace(a.Field + " " + a.To)
	}
	return a.Field + " " + a.From + " → " + cmp.Or(a.To, none)
}
