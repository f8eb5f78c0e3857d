package board

import (
	"context"
	"errors"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"kaneo-mcp/kaneo"
)

// Found is the outcome of resolving one reference: a card, or why there is none.
type Found struct {
	Ref  string
	Card Card
	Err  error

	onBoard bool // it was read from its board just now, with its labels
}

// wholeBoardFrom is the number of references into one project from which reading its board once costs fewer requests
// than looking each task up.
const wholeBoardFrom = 4

// Cards resolves many references. The results are in the order of the references, a reference that names a task named
// before left out. An error that concerns the whole call, such as nobody being signed in, is returned as such.
func (d *Desk) Cards(ctx context.Context, refs []string) ([]Found, error) {
	boards, err := d.boardsFor(ctx, refs)
	if err != nil {
		return nil, err
	}
	found := make([]Found, len(refs))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for i, ref := range refs {
		group.Go(func() error {
			var told bool
			if found[i], told = boards.find(ref); !told {
				found[i] = d.find(ctx, ref)
			}
			return whole(found[i].Err)
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return distinct(found), nil
}

// whole keeps only the errors that no other reference could escape.
func whole(err error) error {
	if _, mistake := errors.AsType[*Mistake](err); mistake {
		return nil
	}
	if slices.Contains([]kaneo.Kind{kaneo.NotFound, kaneo.NotAllowed, kaneo.Invalid, kaneo.Conflict}, kaneo.KindOf(err)) {
		return nil
	}
	return err
}

func distinct(found []Found) []Found {
	seen := make(map[string]bool, len(found))
	return filter(found, func(f Found) bool {
		again := f.Err == nil && seen[f.Card.Task.ID]
		seen[f.Card.Task.ID] = true
		return !again
	})
}

// loadedBoard is a board that was read whole, to answer many references.
type loadedBoard struct {
	project kaneo.Project
	board   kaneo.Board
}

func (b loadedBoard) byNumber(number int) kaneo.Task {
	for _, task := range b.board.Tasks {
		if task.Number == number {
			return task
		}
	}
	return kaneo.Task{}
}

func (b loadedBoard) card(task kaneo.Task) Card {
	return Card{task, b.project, statusOf(task, boardStatuses(b.board))}
}

// loadedBoards holds boards by their project's key as the references write it: keys may differ by case alone.
type loadedBoards map[string]loadedBoard

// boardsFor reads the boards into which many of the references point.
func (d *Desk) boardsFor(ctx context.Context, refs []string) (loadedBoards, error) {
	count := make(map[string]int)
	for _, ref := range refs {
		if m := shortID().FindStringSubmatch(strings.TrimSpace(ref)); m != nil {
			count[m[1]]++
		}
	}
	boards := make(loadedBoards)
	for key, n := range count {
		if n < wholeBoardFrom {
			continue
		}
		project, err := d.projectByKey(ctx, key)
		if whole(err) != nil {
			return nil, err
		}
		if err != nil {
			continue // each reference will say so itself
		}
		board, err := d.kaneo.Board(ctx, project.ID, kaneo.BoardFilter{})
		if err != nil {
			return nil, err
		}
		boards[key] = loadedBoard{project, board}
	}
	return boards, nil
}

// find looks a short id up in the boards at hand, and tells whether they settle it. They do not for a task whose
// description was left out of the board, so that it is read whole.
func (b loadedBoards) find(ref string) (found Found, told bool) {
	m := shortID().FindStringSubmatch(strings.TrimSpace(ref))
	if m == nil {
		return Found{}, false
	}
	at, ok := b[m[1]]
	if !ok {
		return Found{}, false
	}
	number := atoi(m[2])
	task := at.byNumber(number)
	if task.ID == "" {
		return Found{Ref: ref, Err: gone(at.project, number)}, !at.board.Incomplete
	}
	return Found{Ref: ref, Card: at.card(task), onBoard: true}, !task.DescriptionDeferred
}
