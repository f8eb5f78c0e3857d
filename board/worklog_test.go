package board_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"kaneo-mcp/board"
)

func TestLogTimeWritesTwice(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "member")
	got, err := desk.LogTime(t.Context(), "WEB-1", board.Effort{Duration: "1h30m", Description: "x"})
	if err != nil || got.Unreckoned || got.Entry.Seconds != 5400 || !got.Entry.EndTime.Equal(o.clock.now()) {
		t.Fatalf("%+v, %v", got, err)
	}
	if writes := o.wire.takeWrites(); len(writes) != 2 || writes[0] != "POST /time-entry" || !strings.HasPrefix(writes[1], "PUT /time-entry/") {
		t.Errorf("sent %q", writes)
	}
	o.wire.hook(func(r *http.Request) error {
		if r.Method == http.MethodPut {
			return errDown
		}
		return nil
	})
	got, err = desk.LogTime(t.Context(), "WEB-1", board.Effort{From: "8:00", To: "9:30"})
	if err != nil || !got.Unreckoned || got.Entry.EndTime.Sub(got.Entry.StartTime) != 90*time.Minute {
		t.Errorf("half done: %+v, %v", got, err)
	}
}

func TestWhenWorkWasDone(t *testing.T) {
	t.Parallel()
	o := newOffice(t) // Tuesday, 24 November 2026, ten in Berlin
	desk := o.desk(t, "member")
	for _, tt := range []struct {
		effort   board.Effort
		from, to string // as Minute says them
	}{
		{board.Effort{Duration: "1h"}, "2026-11-24 09:00", "2026-11-24 10:00"},
		{board.Effort{Duration: "1h", Day: "today"}, "2026-11-24 09:00", "2026-11-24 10:00"},
		{board.Effort{Duration: "1h", Day: "yesterday"}, "2026-11-23 09:00", "2026-11-23 10:00"},
		{board.Effort{Duration: "1h", From: "7:30"}, "2026-11-24 07:30", "2026-11-24 08:30"},
		{board.Effort{Duration: "1h", To: "7:30"}, "2026-11-24 06:30", "2026-11-24 07:30"},
		{board.Effort{From: "7:30", To: "9:00", Day: "2026-11-20"}, "2026-11-20 07:30", "2026-11-20 09:00"},
		{board.Effort{From: "2026-11-20T07:30:00Z", To: "2026-11-20T09:00:00+01:00"}, "2026-11-20 08:30", "2026-11-20 09:00"},
		{board.Effort{From: "2026-11-20T07:30:00Z", Duration: "30m"}, "2026-11-20 08:30", "2026-11-20 09:00"},
		{board.Effort{From: "7:30", To: "9:00", Duration: "1h"}, "", ""},
		{board.Effort{From: "7:30"}, "", ""},
		{board.Effort{From: "25:00", Duration: "1h", Day: "2026-11-20"}, "", ""},
		{board.Effort{From: "9:75", Duration: "1h", Day: "2026-11-20"}, "", ""},
		{board.Effort{From: "9:30", Duration: "1h"}, "", ""},
		{board.Effort{Duration: "1h", Day: "someday"}, "", ""},
	} {
		got, err := desk.LogTime(t.Context(), "WEB-1", tt.effort)
		if (err == nil) != (tt.from != "") || err == nil && (desk.Minute(got.Entry.StartTime) != tt.from || desk.Minute(got.Entry.EndTime) != tt.to) {
			t.Errorf("%+v: %s to %s, %v", tt.effort, desk.Minute(got.Entry.StartTime), desk.Minute(got.Entry.EndTime), err)
		}
	}
}

func TestTimers(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	const unassigned = "WEB-4"
	if start, err := desk.StartTimer(t.Context(), unassigned, "x", false); err != nil || !start.Started || len(start.Running) != 0 {
		t.Fatalf("%+v, %v", start, err)
	}
	o.clock.move(time.Hour)
	start, err := desk.StartTimer(t.Context(), "WEB-1", "", false)
	if err != nil || start.Started || len(start.Running) != 1 || start.Running[0].Card.Key() != unassigned {
		t.Fatalf("%+v, %v", start, err)
	}
	stopped, err := desk.StopTimer(t.Context(), "WEB-1", "")
	if err != nil || len(stopped) != 0 {
		t.Errorf("the timer of another task: %+v, %v", stopped, err)
	}
	stopped, err = desk.StopTimer(t.Context(), "", "")
	if err != nil || len(stopped) != 1 || stopped[0].Entry.Seconds != 3600 || stopped[0].Entry.Description != "x" {
		t.Errorf("%+v, %v", stopped, err)
	}
	if _, err := o.client(t, "member").AddTimeEntry(t.Context(), id(t, desk, unassigned), o.clock.now(), time.Time{}, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := o.client(t, "owner").AddTimeEntry(t.Context(), id(t, desk, "WEB-13"), o.clock.now(), time.Time{}, ""); err != nil {
		t.Fatal(err)
	}
	if stopped, err = o.desk(t, "owner").StopTimer(t.Context(), "WEB-1", ""); err != nil || len(stopped) != 0 {
		t.Errorf("the timer of another task, started elsewhere: %+v, %v", stopped, err)
	}
	if stopped, err = o.desk(t, "owner").StopTimer(t.Context(), "", ""); err != nil || len(stopped) != 1 || stopped[0].Card.Key() != "WEB-13" {
		t.Errorf("started elsewhere: %+v, %v", stopped, err)
	}
	if stopped, err = desk.StopTimer(t.Context(), unassigned, ""); err != nil || len(stopped) != 0 {
		t.Errorf("somebody else's timer: %+v, %v", stopped, err)
	}
}

func TestTimeReport(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	at := func(text string) time.Time {
		when, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	web1, api1 := id(t, desk, "WEB-1"), id(t, desk, "API-1")
	for _, e := range []struct{ by, task, from, to string }{
		{"owner", web1, "2026-11-23T08:00:00Z", "2026-11-23T09:00:00Z"},
		{"owner", web1, "2026-11-17T22:00:00Z", "2026-11-18T00:00:00Z"}, // an hour of it before midnight in Berlin
		{"member", api1, "2026-11-24T06:00:00Z", "2026-11-24T09:00:00Z"},
		{"member", api1, "2026-11-01T06:00:00Z", "2026-11-01T09:00:00Z"}, // before
		{"member", api1, "2026-11-24T08:30:00Z", ""},                     // runs
	} {
		var end time.Time
		if e.to != "" {
			end = at(e.to)
		}
		if _, err := o.client(t, e.by).AddTimeEntry(t.Context(), e.task, at(e.from), end, ""); err != nil {
			t.Fatal(err)
		}
	}
	got, err := desk.TimeReport(t.Context(), "", nil, "", "", "")
	if err != nil || got.Total != 5*time.Hour+30*time.Minute || got.Running != 1 || len(got.People) != 2 ||
		got.People[0].Name != "Grace Hopper" || got.People[0].Total != 210*time.Minute || got.People[1].Total != 2*time.Hour {
		t.Errorf("%+v, %v", got, err)
	}
	for name, tt := range map[string]struct {
		projects []string
		person   string
		want     time.Duration
	}{"a project": {[]string{"WEB"}, "", 2 * time.Hour}, "a person": {nil, "grace", 210 * time.Minute}, "me": {nil, "me", 2 * time.Hour}} {
		if got, err := desk.TimeReport(t.Context(), "", tt.projects, "", "", tt.person); err != nil || got.Total != tt.want {
			t.Errorf("%s: %v, %v", name, got.Total, err)
		}
	}
}
