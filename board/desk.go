// Package board is what people mean when they talk about a Kaneo board: references such as "WEB-12", "in review" or
// "me", plain dates, filters, the smallest write that does a job and keeps Kaneo's history, and batches with a result
// per item. It knows nothing of MCP.
//
// Everything starts at a [Desk]. Its methods take references the way a person would say them and return plain values;
// its errors are complete sentences for a reader who has to decide what to do next ([Mistake]), or [kaneo.Error].
package board

import (
	"time"

	"kaneo-mcp/kaneo"
)

// Options says how a [Desk] is set up.
type Options struct {
	Client *kaneo.Client

	// Workspace and Project are references used where a call names none. Empty: the only one there is.
	Workspace, Project string

	// AllowWorkspaces and AllowProjects are names, keys or ids: nothing else is read, written or told of. None: all.
	AllowWorkspaces, AllowProjects []string

	// AttachFrom are the folders, by absolute path, of which files may be attached. None: no file of this machine.
	AttachFrom []string

	// Journal keeps what was written, so that it can be undone. Nil: nothing is kept.
	Journal Journal

	// Turns are shared by the desks of one process. Nil: the desk is alone.
	Turns *Turns

	// Zone is the person's time zone: days begin and end there. Nil: the machine's.
	Zone *time.Location

	// Now is the clock. Nil: time.Now.
	Now func() time.Time
}

// Desk is where one person works the boards of one Kaneo. It is safe for concurrent use.
type Desk struct {
	kaneo     *kaneo.Client
	workspace string
	project   string
	zone      *time.Location
	now       func() time.Time
	fence     fence
	journal   Journal
	directory *directory
	turns     *Turns
	ledger    *ledger

	attachFrom []string // folders
}

// New sets up a desk. It sends nothing: an unknown default workspace or project is told by the first call that needs it.
func New(o Options) *Desk {
	if o.Zone == nil {
		o.Zone = time.Local
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Journal == nil {
		o.Journal = noJournal{}
	}
	if o.Turns == nil {
		o.Turns = NewTurns()
	}
	within := fence{o.AllowWorkspaces, o.AllowProjects}
	return &Desk{
		kaneo:     o.Client,
		workspace: o.Workspace,
		project:   o.Project,
		zone:      o.Zone,
		now:       o.Now,
		fence:     within,
		journal:   o.Journal,
		directory: newDirectory(o.Client, within, o.Now),

		attachFrom: o.AttachFrom,
		turns:      o.Turns,
		ledger:     newLedger(o.Now),
	}
}

// Forget drops all that was looked up, so that the next call sees Kaneo afresh: for after a sign-in or sign-out.
func (d *Desk) Forget() {
	d.directory.forget()
	d.ledger.forget()
}

// Today is the first moment of the current day in the person's time zone.
func (d *Desk) Today() time.Time { return startOfDay(d.now().In(d.zone), d.zone) }

// Day renders a moment as its date in the person's time zone; the zero time as "".
func (d *Desk) Day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(d.zone).Format(time.DateOnly)
}

// Minute renders a moment as date and time in the person's time zone.
func (d *Desk) Minute(t time.Time) string { return t.In(d.zone).Format("2006-01-02 15:04") }
