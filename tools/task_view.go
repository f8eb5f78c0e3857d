package tools

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

// What an answer about one task shows unless it is asked for in full, in characters and entries.
const (
	descriptionLength = 2000
	commentLength     = 600
	commentsShown     = 10
	historyShown      = 20
)

// limits is how much of long texts and lists is shown.
type limits struct {
	description, comment int // characters of one
	comments, talk       int // how many, and characters of all of them
	full                 bool
}

// limitsOf keeps even full answers below some 20,000 tokens, where hosts begin to cut by themselves.
func limitsOf(in getTaskIn) limits {
	if in.Full {
		return limits{30_000, 8_000, 60, 40_000, true}
	}
	return limits{descriptionLength, commentLength, commentsShown, commentsShown * commentLength, false}
}

func taskView(desk *board.Desk, d board.Detail, in getTaskIn) View {
	var v View
	most := limitsOf(in)
	v.Line("%s %s", d.Card.Key(), board.Plain(cut(d.Card.Task.Title, 500)))
	text := board.PlainText(d.Card.Task.Description)
	facts := taskFacts(desk, d.Card)
	if text != "" && !slices.Contains(in.Include, board.Text) {
		facts = append(facts, "description: "+count(len([]rune(text)), "character"))
	}
	v.Line("%s", strings.Join(facts, " | "))
	if len(d.Custom) > 0 {
		v.Line("Fields: %s", fieldFacts(d.Custom))
	}
	for _, part := range in.Include {
		switch part {
		case board.Text:
			v.description(text, most)
		case board.Comments:
			v.comments(desk, d.Comments, most)
		case board.History:
			v.history(desk, d)
		case board.Relations:
			v.relations(d)
		case board.Time:
			v.time(desk, d.Time)
		case board.Links:
			v.links(d.Links)
		}
	}
	return v
}

func (v *View) description(text string, most limits) {
	if text != "" {
		v.passage("description", text, most.description, most)
	}
}

// heading introduces a list, or says that there is nothing to list.
func (v *View) heading(n int, one, many string) {
	if n == 0 {
		v.Line("No %s.", many)
		return
	}
	v.Line("%s:", plural(n, one, many))
}

// passage shows a text of Kaneo's users, and says how to get at what is cut off.
func (v *View) passage(what, text string, length int, most limits) {
	v.Line("%s", quote(cut(text, length)))
	hidden := len([]rune(text)) - length + 1 // the mark takes the place of one
	switch {
	case hidden <= 1:
	case most.full:
		v.Line("The %s goes on for %d more characters: read it in Kaneo.", what, hidden)
	default:
		v.Line("The %s goes on: full=true shows more of it.", what)
	}
}

func (v *View) more(left bool, note string) {
	if left {
		v.Line("%s", note)
	}
}

func taskFacts(desk *board.Desk, c board.Card) []string {
	rows := newRows(desk, nil)
	rows.names[board.Plain(c.Task.AssigneeName)] = board.Plain(c.Task.AssigneeName)
	facts := append([]string{short(c.Status.Name)}, textsOf(rows.facts(c))...)
	if !c.Task.StartDate.IsZero() {
		facts = append(facts, "start "+desk.Day(c.Task.StartDate))
	}
	return append(facts, "created "+desk.Day(c.Task.CreatedAt), "in "+short(c.Project.Name))
}

func (v *View) comments(desk *board.Desk, all []kaneo.Comment, most limits) {
	v.heading(len(all), "comment", "comments")
	shown := most.latest(all)
	note := "full=true shows more"
	if most.full {
		note = "read the others in Kaneo"
	}
	v.more(len(shown) < len(all), fmt.Sprintf("(the latest %d; %s)", len(shown), note))
	for _, c := range shown {
		v.Line("%s %s (id %s)", desk.Minute(c.CreatedAt), board.Plain(c.Author.Name), board.ShortID(c.ID, all))
		v.passage("comment", board.PlainText(c.Content), most.comment, most)
	}
}

// latest are the last comments, as many as may be shown.
func (m limits) latest(all []kaneo.Comment) []kaneo.Comment {
	from := len(all)
	for left := m.talk; from > max(0, len(all)-m.comments); from-- {
		if left -= min(m.comment, len([]rune(all[from-1].Content))); left < 0 {
			break
		}
	}
	return all[from:]
}

func (v *View) history(desk *board.Desk, d board.Detail) {
	shown := d.Activity[:min(len(d.Activity), historyShown)]
	v.Line("History, newest first (%d of %d):", len(shown), len(d.Activity))
	for _, a := range shown {
		v.Line("%s %s %s", desk.Minute(a.CreatedAt), actor(a, d.People), event(desk, d, a))
	}
}

func actor(a kaneo.Activity, people []kaneo.Member) string {
	for _, person := range people {
		if person.ID == a.UserID {
			return board.Plain(person.Name)
		}
	}
	if a.ExternalUserName != "" {
		return board.Plain(a.ExternalUserName)
	}
	return "somebody"
}

// event words one row of history. Types are free text in Kaneo, so an unknown one is shown by its name.
func event(desk *board.Desk, d board.Detail, a kaneo.Activity) string {
	e := a.Event
	switch a.Type {
	case "created", "create":
		return "created it"
	case "status_changed":
		return fromTo("status", d.StatusName(e.OldStatus), d.StatusName(e.NewStatus))
	case "priority_changed":
		return fromTo("priority", priority(e.OldPriority), priority(e.NewPriority))
	case "due_date_changed":
		return fromTo("due", day(desk, e.OldDueDate), day(desk, e.NewDueDate))
	case "title_changed":
		return fromTo("title", e.OldTitle, e.NewTitle)
	case "assignee_changed":
		return fromTo("assignee", "", e.NewAssignee)
	case "unassigned":
		return "unassigned it"
	case "moved":
		return fromTo("project", e.FromProjectName, e.ToProjectName)
	}
	return board.Plain(a.Type)
}

func fromTo(what, from, to string) string {
	from, to = short(from), short(to)
	if to == "" {
		to = "none"
	}
	if from == "" {
		return what + " → " + to
	}
	return what + " " + from + " → " + to
}

// priority names one of the history, which need not tell the former.
func priority(text string) string {
	if text == "" {
		return ""
	}
	return board.PriorityName(kaneo.Priority(text))
}

// day renders a date of the history, which Kaneo keeps as text.
func day(desk *board.Desk, text string) string {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return ""
	}
	return desk.Day(at)
}

func (v *View) relations(d board.Detail) {
	v.heading(len(d.Relations), "relation", "relations")
	for _, r := range d.Relations {
		if r.Outside {
			v.Line("%s %s", r.As, outsideTask)
			continue
		}
		v.Line("%s %s %s | %s", r.As, r.Card.Key(), short(r.Card.Task.Title), r.Card.Status.Name)
	}
}

func (v *View) time(desk *board.Desk, entries []kaneo.TimeEntry) {
	var total time.Duration
	for _, e := range entries {
		total += spent(e)
	}
	v.heading(len(entries), "time entry", "time entries")
	v.more(len(entries) > 0, "in all "+hours(total))
	for _, e := range entries[max(0, len(entries)-historyShown):] {
		length := hours(spent(e))
		if e.EndTime.IsZero() {
			length = "running"
		}
		row := []string{desk.Minute(e.StartTime), board.Plain(e.UserName), length, short(e.Description)}
		v.Line("%s", strings.TrimSpace(strings.Join(row, " ")))
	}
}

// hours says "1:30 h".
func hours(d time.Duration) string {
	minutes := int(d.Round(time.Minute).Minutes())
	return fmt.Sprintf("%d:%02d h", minutes/60, minutes%60)
}

// spent is the length of an entry by its times: Kaneo's own figure is 0 until the entry is edited (kaneo-api.md §8).
func spent(e kaneo.TimeEntry) time.Duration {
	if e.EndTime.IsZero() || e.EndTime.Before(e.StartTime) {
		return 0
	}
	return e.EndTime.Sub(e.StartTime)
}

func (v *View) links(links []kaneo.Link) {
	v.heading(len(links), "link", "links")
	for _, l := range links {
		v.Line("%s %s %s", board.Plain(l.Type), board.Plain(l.URL), short(l.Title))
	}
}
