package board

import (
	"context"
	"sync"
	"time"

	"kaneo-mcp/kaneo"
)

// customFields is which custom fields projects have, and whether Kaneo knows of any at all.
type customFields struct {
	lists *lookup[fieldList] // by project id
	now   func() time.Time

	mu     sync.Mutex
	lacked time.Time // when Kaneo last said that it does not; zero: never
}

// fieldList is what one project has.
type fieldList struct {
	fields  []kaneo.CustomField
	offered bool
}

// lackAge is how long a Kaneo that has no custom fields is believed not to have been updated. It is asked on the way to
// every task.
const lackAge = time.Hour

func newCustomFields(now func() time.Time, client *kaneo.Client) *customFields {
	return &customFields{now: now, lists: newLookup(now, func(ctx context.Context, projectID string) (fieldList, error) {
		fields, offered, err := client.CustomFields(ctx, projectID)
		return fieldList{fields, offered}, err
	})}
}

// get is what a project has, as it is remembered or as it is.
func (c *customFields) get(ctx context.Context, projectID string) (fieldList, error) {
	if c.lacking() {
		return fieldList{}, nil
	}
	list, fresh, err := c.lists.get(ctx, projectID)
	if err == nil && fresh && !list.offered {
		c.lack()
	}
	return list, err
}

func (c *customFields) lacking() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !c.lacked.IsZero() && c.now().Sub(c.lacked) < lackAge
}

func (c *customFields) lack() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lacked = c.now()
}

// forget drops what projects have. What Kaneo lacks is the same for everybody.
func (c *customFields) forget() { c.lists.forget() }
