package board

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"
)

// mostTimed is how many tasks a report reads: Kaneo tells time by task only, one request each (kaneo-api.md §8).
const mostTimed = 2000

// Timesheet is the work of a period, by person and task.
type Timesheet struct {
	From, To time.Time // To is the last day
	Total    time.Duration
	People   []PersonTime // the one with the most first
	Running  int          // timers that still run; they count until now
}

// PersonTime is one person's work.
type PersonTime struct {
	Name  string
	Total time.Duration
	Tasks []TaskTime // the one with the most first
}

// TaskTime is the work on one task.
type TaskTime struct {
	Card  Card
	Spent time.Duration
}

// TimeReport sums what was worked from one day to another, both included; by default the last seven days. Of an entry that
// reaches beyond, the part within counts. A person narrows it.
func (d *Desk) TimeReport(ctx context.Context, workspace string, projects []string, from, to, person string) (Timesheet, error) {
	sheet, err := d.period(from, to)
	if err != nil {
		return sheet, err
	}
	listing, err := d.List(ctx, workspace, projects, Filter{Statuses: []string{AnyOne}})
	if err != nil {
		return sheet, err
	}
	if len(listing.Cards) > mostTimed {
		return sheet, mistakef("%d tasks are too many for one report, for which each has to be read: name projects with at most %d.", len(listing.Cards), mostTimed)
	}
	who, err := d.onlyPerson(ctx, listing.Cards, person)
	if err != nil {
		return sheet, err
	}
	entries, err := d.entriesOf(ctx, listing.Cards)
	if err != nil {
		return sheet, err
	}
	sheet.sum(entries, who, d.now())
	return sheet, nil
}

func (d *Desk) period(from, to string) (Timesheet, error) {
	sheet := Timesheet{From: d.Today().AddDate(0, 0, -6), To: d.Today()}
	var err error
	if to != "" {
		if sheet.To, err = d.Date(to); err != nil {
			return sheet, err
		}
		sheet.From = sheet.To.AddDate(0, 0, -6)
	}
	if from != "" {
		if sheet.From, err = d.Date(from); err != nil {
			return sheet, err
		}
	}
	if sheet.From.After(sheet.To) {
		return sheet, mistakef("The period begins (%s) after it ends (%s).", d.Day(sheet.From), d.Day(sheet.To))
	}
	return sheet, nil
}

// onlyPerson is the id of the person a report is about, "" for everybody.
func (d *Desk) onlyPerson(ctx context.Context, cards []Card, ref string) (string, error) {
	if ref == "" || len(cards) == 0 {
		return "", nil
	}
	if words(ref) == "me" {
		me, err := d.Me(ctx)
		return me.User.ID, err
	}
	var lacking error
	for _, workspace := range workspacesOf(cards) {
		found, err := d.Person(ctx, workspace, ref)
		if !missing(err) {
			return found.ID, err
		}
		lacking = err
	}
	return "", lacking
}

func workspacesOf(cards []Card) []string {
	ids := make(map[string]bool)
	for _, card := range cards {
		ids[card.Project.WorkspaceID] = true
	}
	return slices.Sorted(maps.Keys(ids))
}

// sum adds up entries by their times: Kaneo's own figure is 0 until an entry is changed.
func (s *Timesheet) sum(entries []Timer, who string, now time.Time) {
	end := s.To.AddDate(0, 0, 1)
	byName := make(map[string]map[string]*TaskTime)
	for _, t := range entries {
		spent := within(t, s.From, end, now)
		if spent <= 0 || who != "" && t.Entry.UserID != who {
			continue
		}
		if t.Entry.EndTime.IsZero() {
			s.Running++
		}
		name := cmp.Or(Plain(t.Entry.UserName), "somebody")
		if byName[name] == nil {
			byName[name] = make(map[string]*TaskTime)
		}
		if byName[name][t.Card.Task.ID] == nil {
			byName[name][t.Card.Task.ID] = &TaskTime{Card: t.Card}
		}
		byName[name][t.Card.Task.ID].Spent += spent
	}
	s.People = people(byName)
	for _, person := range s.People {
		s.Total += person.Total
	}
}

// within is how much of an entry lies in a period.
func within(t Timer, from, to, now time.Time) time.Duration {
	start, end := t.Entry.StartTime, t.Entry.EndTime
	if end.IsZero() {
		end = now
	}
	if start.Before(from) {
		start = from
	}
	if end.After(to) {
		end = to
	}
	return end.Sub(start)
}

func people(byName map[string]map[string]*TaskTime) []PersonTime {
	all := make([]PersonTime, 0, len(byName))
	for name, tasks := range byName {
		person := PersonTime{Name: name}
		for _, task := range tasks {
			person.Total += task.Spent
			person.Tasks = append(person.Tasks, *task)
		}
		slices.SortFunc(person.Tasks, func(a, b TaskTime) int {
			return cmp.Or(cmp.Compare(b.Spent, a.Spent), cmp.Compare(a.Card.Key(), b.Card.Key()))
		})
		all = append(all, person)
	}
	slices.SortFunc(all, func(a, b PersonTime) int { return cmp.Or(cmp.Compare(b.Total, a.Total), cmp.Compare(a.Name, b.Name)) })
	return all
}
