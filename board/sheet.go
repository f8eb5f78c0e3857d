package board

import (
	"cmp"
	"context"
	"slices"

	"kaneo-mcp/kaneo"
)

// Sheet is one project's board, laid out in columns.
type Sheet struct {
	Project    kaneo.Project
	People     []kaneo.Member // who work there, where that was asked for: [Desk.PeopleOf]
	Columns    []SheetColumn
	Digest     Digest
	Incomplete bool
}

// SheetColumn is a column with its tasks in board order.
type SheetColumn struct {
	Status Status
	Cards  []Card
}

// Digest is a board in numbers.
type Digest struct {
	Tasks      int // in the columns shown
	Overdue    int
	Unassigned int // and open
	Archived   int // that were left out

	Surveyed       bool // the rest was looked up; see [Desk.Survey]
	Blocked, Stale int  // and open; stale ones have not changed for two weeks
}

// Cards are all tasks on the sheet.
func (s Sheet) Cards() []Card {
	var all []Card
	for _, column := range s.Columns {
		all = append(all, column.Cards...)
	}
	return all
}

// Sheet reads a project's board. Without statuses it shows every column and, where there are any, the planned tasks;
// archived ones are only counted.
func (d *Desk) Sheet(ctx context.Context, project string, statuses []string) (Sheet, error) {
	target, err := d.Project(ctx, "", project)
	if err != nil {
		return Sheet{}, err
	}
	shown := func(c Card) bool { return c.Status.Slug != Archived }
	if len(statuses) > 0 {
		sieve, err := d.sieve(ctx, target, Filter{Statuses: statuses}, strict)
		if err != nil {
			return Sheet{}, err
		}
		shown = sieve.keeps
	}
	read, err := d.kaneo.Board(ctx, target.ID, kaneo.BoardFilter{})
	if err != nil {
		return Sheet{}, err
	}
	return d.lay(loadedBoard{target, read}, shown, len(statuses) > 0), nil
}

// lay spreads a board's tasks over its columns. A selection leaves out the columns that hold none of it.
func (d *Desk) lay(at loadedBoard, shown test, selection bool) Sheet {
	sheet := Sheet{Project: at.project, Incomplete: at.board.Incomplete}
	for _, status := range boardStatuses(at.board) {
		column := SheetColumn{Status: status}
		for _, task := range at.board.Tasks {
			if card := (Card{task, at.project, status}); task.Status == status.Slug {
				if shown(card) {
					column.Cards = append(column.Cards, card)
				} else if status.Slug == Archived && !selection {
					sheet.Digest.Archived++
				}
			}
		}
		bucket := status.Slug == Planned || status.Slug == Archived
		if len(column.Cards) > 0 || !selection && !bucket {
			slices.SortStableFunc(column.Cards, byPosition)
			sheet.Columns = append(sheet.Columns, column)
		}
	}
	d.sum(&sheet)
	return sheet
}

// byPosition is the order on the board; ties are normal and go by number (kaneo-api.md §12.24).
func byPosition(a, b Card) int {
	return cmp.Or(cmp.Compare(a.Task.Position, b.Task.Position), cmp.Compare(a.Task.Number, b.Task.Number))
}

func (d *Desk) sum(sheet *Sheet) {
	for _, card := range sheet.Cards() {
		sheet.Digest.Tasks++
		if d.Overdue(card) {
			sheet.Digest.Overdue++
		}
		if card.Task.AssigneeID == "" && card.IsOpen() {
			sheet.Digest.Unassigned++
		}
	}
}
