package board

import (
	"context"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"kaneo-mcp/kaneo"
)

// Notice is a notification with the task it is about.
type Notice struct {
	kaneo.Notification
	Card    Card // without an id when the task is gone, or the notice is about none
	OldName string
	NewName string // how people see the statuses of a change of status
}

// Inbox lists the caller's newest notifications, the unread ones first; Kaneo keeps some fifty within reach. What is about
// a task that is not within reach is left out.
func (d *Desk) Inbox(ctx context.Context, unreadOnly bool) ([]Notice, error) {
	rows, err := d.kaneo.Notifications(ctx)
	if err != nil {
		return nil, err
	}
	if unreadOnly {
		rows = filter(rows, func(n kaneo.Notification) bool { return !n.IsRead })
	}
	cards, err := d.subjects(ctx, rows)
	if err != nil {
		return nil, err
	}
	var notices []Notice
	for _, row := range rows {
		card := cards[row.ResourceID]
		if d.fence.stands() && card.Task.ID == "" {
			continue
		}
		notices = append(notices, d.notice(ctx, row, card))
	}
	slices.SortStableFunc(notices, func(a, b Notice) int {
		switch {
		case a.IsRead == b.IsRead:
			return 0
		case a.IsRead:
			return 1
		}
		return -1
	})
	return notices, nil
}

func (d *Desk) notice(ctx context.Context, row kaneo.Notification, card Card) Notice {
	n := Notice{Notification: row, Card: card, OldName: Plain(row.Event.OldStatus), NewName: Plain(row.Event.NewStatus)}
	if card.Task.ID == "" {
		return n
	}
	if statuses, err := d.Statuses(ctx, card.Project.ID); err == nil {
		n.OldName = statusOf(kaneo.Task{Status: row.Event.OldStatus}, statuses).Name
		n.NewName = statusOf(kaneo.Task{Status: row.Event.NewStatus}, statuses).Name
	}
	return n
}

// subjects are the tasks that notifications are about, by id. One that is gone is not there.
func (d *Desk) subjects(ctx context.Context, rows []kaneo.Notification) (map[string]Card, error) {
	var mu sync.Mutex
	cards := make(map[string]Card)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	asked := make(map[string]bool)
	for _, row := range rows {
		id := row.ResourceID
		if row.ResourceType != "task" || asked[id] {
			continue
		}
		asked[id] = true
		group.Go(func() error {
			card, err := d.cardByID(ctx, id)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				cards[id] = card
			}
			return whole(err)
		})
	}
	err := group.Wait()
	return cards, err
}

// MarkRead marks notifications as read: those with the ids, or all. It returns how many were not read yet.
func (d *Desk) MarkRead(ctx context.Context, ids []string, all bool) (int, error) {
	if len(ids) == 0 && !all {
		return 0, mistakef("Which notifications? Give their ids from list_notifications, or all=true.")
	}
	notices, err := d.Inbox(ctx, all)
	if err == nil && !all {
		notices, err = withIDs(notices, ids)
	}
	if err != nil {
		return 0, err
	}
	if all && !d.fence.stands() {
		return len(notices), d.kaneo.MarkAllRead(ctx)
	}
	unread := filter(notices, func(n Notice) bool { return !n.IsRead })
	for i, n := range unread {
		if err := d.kaneo.MarkRead(ctx, n.ID); err != nil {
			return i, err
		}
	}
	return len(unread), nil
}

func withIDs(notices []Notice, ids []string) ([]Notice, error) {
	for _, id := range ids {
		if !slices.ContainsFunc(notices, func(n Notice) bool { return n.ID == id }) {
			return nil, mistakef("You have no notification with the id %q. list_notifications gives the ids.", short(id))
		}
	}
	return filter(notices, func(n Notice) bool { return slices.Contains(ids, n.ID) }), nil
}
