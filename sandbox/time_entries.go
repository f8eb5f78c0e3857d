package sandbox

import (
	"net/http"
	"time"
)

func timeEntryOperations() []operation {
	byID := lookedUp("id", (*Kaneo).workspaceOfEntry)
	times := shape{must("startTime", text), may("endTime", text), may("description", text)}
	return []operation{
		{method: get, path: "/api/time-entry/task/{taskId}", scope: ofTask("taskId"), run: listEntries},
		{method: get, path: "/api/time-entry/{id}", scope: byID, run: getEntry},
		{method: post, path: "/api/time-entry", scope: ofTask("taskId"), needs: "task:update", run: createEntry,
			body: append(shape{must("taskId", text)}, times...)},
		{method: put, path: "/api/time-entry/{id}", scope: byID, needs: "task:update", run: updateEntry, body: times},
	}
}

func (k *Kaneo) workspaceOfEntry(id string) string {
	if e := k.entries.get(id); e != nil {
		return k.workspaceOfTask(e.TaskID)
	}
	return ""
}

type listedEntry struct {
	*timeEntry
	UserName *string `json:"userName"`
}

func listEntries(k *Kaneo, c *call) (any, error) {
	listed := []listedEntry{}
	for _, e := range k.entries.where(func(e *timeEntry) bool { return e.TaskID == c.param("taskId") }) {
		listed = append(listed, listedEntry{e, k.nameOf(e.UserID)})
	}
	return listed, nil
}

// getEntry answers an unknown id with 200, JSON, and nothing in it.
func getEntry(k *Kaneo, c *call) (any, error) {
	if e := k.entries.get(c.param("id")); e != nil {
		return e, nil
	}
	return typed(http.StatusOK, typeJSON, nil), nil
}

type entryInput struct {
	TaskID, StartTime    string
	EndTime, Description *string
}

// times reads start and end; an unreadable one is a database error.
func (in entryInput) times() (start, end stamp, err error) {
	start, readable := readDate(in.StartTime)
	if !readable {
		return start, end, errStumbled
	}
	if textOf(in.EndTime) != "" {
		if end, readable = readDate(*in.EndTime); !readable {
			return start, end, errStumbled
		}
	}
	return start, end, nil
}

// createEntry never computes the duration and does not look at the order.
func createEntry(k *Kaneo, c *call) (any, error) {
	in := input[entryInput](c)
	start, end, err := in.times()
	if err != nil {
		return nil, err
	}
	t := k.tasks.get(in.TaskID)
	if t == nil {
		return nil, errStumbled
	}
	now, none := k.now(), 0
	e := &timeEntry{
		ID: boardID(), TaskID: t.ID, UserID: ref(c.caller.user.ID), Description: told(textOf(in.Description)),
		StartTime: start, EndTime: end, Duration: &none, CreatedAt: now, UpdatedAt: now,
	}
	k.entries.put(e.ID, e)
	if t.UserID != "" && t.UserID != e.UserID {
		k.notify(string(t.UserID), "time_entry_created", t, event{})
	}
	return e, nil
}

// updateEntry computes the duration in whole seconds; an end once set stays.
func updateEntry(k *Kaneo, c *call) (any, error) {
	in := input[entryInput](c)
	start, end, err := in.times()
	if err != nil {
		return nil, err
	}
	e := k.entries.get(c.param("id"))
	if e == nil {
		return nil, missing("Time entry")
	}
	if end.IsZero() {
		end = e.EndTime
	}
	var duration *int
	if !end.IsZero() {
		if start.After(end.Time) {
			return nil, bad("Start time cannot be after end time. Please adjust the time range.")
		}
		seconds := int(end.Sub(start.Time) / time.Second)
		duration = &seconds
	}
	e.StartTime, e.EndTime, e.Duration, e.UpdatedAt = start, end, duration, k.now()
	if in.Description != nil {
		e.Description = in.Description
	}
	return e, nil
}
