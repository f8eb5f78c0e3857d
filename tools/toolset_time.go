package tools

import (
	"context"
	"fmt"
	"strings"
	"time"

	"kaneo-mcp/board"
)

func timeToolset() Toolset {
	return Toolset{
		Name: "time", About: "time tracking", Optional: true,
		Tools: []Tool{logTime, startTimer, stopTimer, timeReport},
	}
}

type logTimeIn struct {
	Task        string `json:"task" jsonschema:"Key (WEB-12), id or web address"`
	Duration    string `json:"duration,omitempty" jsonschema:"1h30m, 90m, 1.5h"`
	From        string `json:"from,omitempty" jsonschema:"9:30, or RFC 3339"`
	To          string `json:"to,omitempty" jsonschema:"As from"`
	Day         string `json:"day,omitempty" jsonschema:"Date; default: today"`
	Description string `json:"description,omitempty" jsonschema:"What was done"`
}

var logTime = define(Spec{
	Name: "log_time", Title: "Log time", Effect: Adds,
	About: "Logs the user's work on a task: a duration, or from and to. Entries cannot be deleted: a repeated call logs it twice.",
}, func(ctx context.Context, desk *board.Desk, in logTimeIn) (View, error) {
	logged, err := desk.LogTime(ctx, in.Task, board.Effort{
		Duration: in.Duration, From: in.From, To: in.To, Day: in.Day, Description: in.Description,
	})
	if err != nil {
		return View{}, err
	}
	var v View
	e := logged.Entry
	v.Line("%s: logged %s, %s to %s.", logged.Card.Key(), hours(spent(e)), desk.Minute(e.StartTime), until(desk, e.StartTime, e.EndTime))
	v.more(logged.Unreckoned, "Kaneo did not work out the duration (it may show 0), but start and end are right. Do not log it again.")
	return v, nil
})

// until says when something ended: the time alone where the day is that of its beginning.
func until(desk *board.Desk, start, end time.Time) string {
	if text, same := strings.CutPrefix(desk.Minute(end), desk.Day(start)+" "); same {
		return text
	}
	return desk.Minute(end)
}

type startTimerIn struct {
	Task        string `json:"task" jsonschema:"Key (WEB-12), id or web address"`
	Description string `json:"description,omitempty" jsonschema:"What is being done"`
	StopOther   bool   `json:"stop_other,omitempty" jsonschema:"Stop a timer that runs already"`
}

var startTimer = define(Spec{
	Name: "start_timer", Title: "Start timer", Effect: Sets,
	About: "Starts the user's timer on a task. If one runs already, says so instead.",
}, func(ctx context.Context, desk *board.Desk, in startTimerIn) (View, error) {
	start, err := desk.StartTimer(ctx, in.Task, in.Description, in.StopOther)
	var v View
	for _, t := range start.Running {
		if in.StopOther {
			v.Done("%s", stopped(t))
		} else {
			v.Line("A timer runs already: %s %s, since %s.", t.Card.Key(), short(t.Card.Task.Title), desk.Minute(t.Entry.StartTime))
		}
	}
	switch {
	case err != nil && v.done == 0:
		return View{}, err
	case err != nil:
		v.Fail("Timer not started", err)
	case start.Started:
		v.Done("%s: timer started %s.", start.Timer.Card.Key(), desk.Minute(start.Timer.Entry.StartTime))
	default:
		v.Line("Nothing was started. To switch, repeat with stop_other=true.")
	}
	return v, nil
})

func stopped(t board.Timer) string {
	return fmt.Sprintf("%s: timer stopped after %s.", t.Card.Key(), hours(spent(t.Entry)))
}

type stopTimerIn struct {
	Task        string `json:"task,omitempty" jsonschema:"Default: wherever it runs"`
	Description string `json:"description,omitempty" jsonschema:"What was done"`
}

var stopTimer = define(Spec{
	Name: "stop_timer", Title: "Stop timer", Effect: Sets,
	About: "Stops the user's running timer.",
}, func(ctx context.Context, desk *board.Desk, in stopTimerIn) (View, error) {
	timers, err := desk.StopTimer(ctx, in.Task, in.Description)
	if err != nil {
		return View{}, err
	}
	var v View
	for _, t := range timers {
		v.Line("%s", stopped(t))
	}
	switch {
	case len(timers) > 0:
	case in.Task != "":
		v.Line("No timer of yours runs there.")
	default:
		v.Line("No timer of yours was found. If you know where it runs, name the task.")
	}
	return v, nil
})

type timeReportIn struct {
	From      string   `json:"from,omitempty" jsonschema:"Date; default: 6 days before to"`
	To        string   `json:"to,omitempty" jsonschema:"Date, inclusive; default: today"`
	Projects  []string `json:"projects,omitempty" jsonschema:"Keys, names or ids, or all; default: the configured one, else all"`
	Person    string   `json:"person,omitempty" jsonschema:"me, a name or e-mail; default: everybody"`
	Workspace string   `json:"workspace,omitempty" jsonschema:"Default: all of yours"`
}

var timeReport = define(Spec{
	Name: "time_report", Title: "Time report", Effect: Reads,
	About: "Sums the logged time of a period by person and task. Reads every task of the projects, so name them if you can.",
}, func(ctx context.Context, desk *board.Desk, in timeReportIn) (View, error) {
	sheet, err := desk.TimeReport(ctx, in.Workspace, in.Projects, in.From, in.To, in.Person)
	if err != nil {
		return View{}, err
	}
	return timesheetView(desk, sheet, in), nil
})

// timeRows is how many tasks of a person a report shows.
const timeRows = 40

func timesheetView(desk *board.Desk, s board.Timesheet, in timeReportIn) View {
	var v View
	where := "all projects"
	if len(in.Projects) > 0 {
		where = board.Plain(cut(strings.Join(in.Projects, ", "), 60))
	}
	v.Line("Time %s to %s, %s: %s.", desk.Day(s.From), desk.Day(s.To), where, hours(s.Total))
	for _, person := range s.People {
		v.Line("## %s %s", short(person.Name), hours(person.Total))
		for _, t := range person.Tasks[:min(len(person.Tasks), timeRows)] {
			v.Line("%s %s | %s", t.Card.Key(), short(t.Card.Task.Title), hours(t.Spent))
		}
		v.more(len(person.Tasks) > timeRows, fmt.Sprintf("and %d more tasks", len(person.Tasks)-timeRows))
	}
	v.more(s.Running > 0, fmt.Sprintf("%s still running, counted until now.", count(s.Running, "timer")))
	return v
}
