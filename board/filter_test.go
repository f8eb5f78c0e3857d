package board_test

import (
	"testing"
	"time"

	"kaneo-mcp/board"
)

// The seeded due dates are midnights in UTC: one o'clock in Berlin, on the same day.
func TestFilters(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	tests := map[string]struct {
		filter board.Filter
		want   string // numbers in WEB
	}{
		"open":              {board.Filter{}, "1 2 3 4 5 6 7 8 9 10 11 12 13 18 19 21 22"},
		"open, said":        {board.Filter{Statuses: []string{"Open"}}, "1 2 3 4 5 6 7 8 9 10 11 12 13 18 19 21 22"},
		"done":              {board.Filter{Statuses: []string{"done"}}, "14 15 16 17 20"},
		"planned":           {board.Filter{Statuses: []string{"planned"}}, "21 22"},
		"archived":          {board.Filter{Statuses: []string{"archived"}}, "23 24"},
		"all":               {board.Filter{Statuses: []string{"all"}}, "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24"},
		"several statuses":  {board.Filter{Statuses: []string{"in_review", "archived"}}, "4 5 13 23 24"},
		"open and done":     {board.Filter{Statuses: []string{"planned", "done", "planned"}}, "14 15 16 17 20 21 22"},
		"priority":          {board.Filter{Priorities: []string{"Urgent"}}, "1 19"},
		"no priority":       {board.Filter{Priorities: []string{"none"}}, "18 22"},
		"several":           {board.Filter{Priorities: []string{"urgent", "no-priority"}}, "1 18 19 22"},
		"assignee":          {board.Filter{Assignees: []string{"grace"}}, "1 2 7 9 13"},
		"me":                {board.Filter{Assignees: []string{"me"}}, "3 5 10 19"},
		"nobody":            {board.Filter{Assignees: []string{"nobody"}, Statuses: []string{"In Progress"}}, "11"},
		"me or nobody":      {board.Filter{Assignees: []string{"me", "unassigned"}, Statuses: []string{"in-review"}}, "4 5"},
		"nobody has it":     {board.Filter{Assignees: []string{"Vera"}}, ""},
		"label":             {board.Filter{Labels: []string{"BUG"}}, "1 2 9 12 13 19"},
		"no label":          {board.Filter{Labels: []string{"none"}}, "4 7"},
		"one label or none": {board.Filter{Labels: []string{"chore", "none"}}, "4 7 8 10 11"},
		"text":              {board.Filter{Text: " PRICING "}, "1 3 4"},
		"words apart":       {board.Filter{Text: "page pricing"}, "3"},
		"created":           {board.Filter{Created: "since yesterday"}, "21 22"},
		"created on a day":  {board.Filter{Created: "2026-11-18"}, "3 4 5 6"},
		"text in nothing":   {board.Filter{Text: "%"}, ""},
		"overdue":           {board.Filter{Overdue: true}, "1 13"},
		"overdue and done":  {board.Filter{Overdue: true, Statuses: []string{"done"}}, ""},
		"due until today":   {board.Filter{Due: "until today"}, "1 9 13 19"},
		"due from today":    {board.Filter{Due: "next 3 days"}, "2 5 9 19"},
		"due on one day":    {board.Filter{Due: "2026-11-25"}, "2"},
		"to the minute":     {board.Filter{Due: "2026-11-25T00:00:00Z"}, "2"},
		"just missed":       {board.Filter{Due: "2026-11-25T00:00:01Z..2026-11-26T23:59:59Z"}, ""},
		"without due date":  {board.Filter{Due: "None", Statuses: []string{"in review"}}, ""},
		"never changed":     {board.Filter{Changed: "before 2026-11-01"}, ""},
		"together":          {board.Filter{Labels: []string{"bug"}, Assignees: []string{"Grace"}, Priorities: []string{"medium", "high"}}, "2 9 13"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := desk.List(t.Context(), "", []string{"WEB"}, tt.filter)
			board.Sort(got.Cards, board.ByKey)
			if numbers := numbersOf(got.Cards); err != nil || numbers != tt.want || got.Incomplete != nil {
				t.Errorf("%q, %v, want %q", numbers, err, tt.want)
			}
		})
	}
}

func TestFiltersThatCannotBeMeant(t *testing.T) {
	t.Parallel()
	desk := newOffice(t).desk(t, "owner")
	for _, projects := range [][]string{{"WEB"}, nil} { // in one project, and over several
		for name, tt := range map[string]struct {
			filter board.Filter
			want   string
		}{
			"status":             {board.Filter{Statuses: []string{"QA"}}, `No status "QA"`},
			"one of the several": {board.Filter{Statuses: []string{"done", "QA"}}, `No status "QA"`},
			"priority":           {board.Filter{Priorities: []string{"blocker"}}, `No priority "blocker". There is: urgent, high`},
			"person":             {board.Filter{Assignees: []string{"me", "Bob"}}, `No person "Bob"`},
			"label":              {board.Filter{Labels: []string{"bugs"}}, `No label "bugs"`},
			"window":             {board.Filter{Due: "soon"}, `No window of time in "soon". Use today, this week`},
			"other window":       {board.Filter{Finished: "none"}, `No window of time in "none"`},
			"backwards":          {board.Filter{Changed: "today..last week"}, "ends (2026-11-22) before it begins (2026-11-24)"},
		} {
			_, err := desk.List(t.Context(), "", projects, tt.filter)
			if says(t, err, tt.want); t.Failed() {
				t.Fatal(name)
			}
		}
	}
	_, err := desk.List(t.Context(), "", []string{"WEB", "NOPE"}, board.Filter{})
	says(t, err, `No project "NOPE"`)
}

// numbersOf lists the numbers of cards that are all in one project.
func numbersOf(cards []board.Card) string {
	var list string
	for i, card := range cards {
		if i > 0 {
			list += " "
		}
		list += card.Key()[len(card.Project.Slug)+1:]
	}
	return list
}

// TestColumnsOfOtherNames has a column called Open, and a final one that is not called Done.
func TestColumnsOfOtherNames(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	columns := o.columns(t, "API")
	o.ask(t, "PUT", "/column/"+columns["to-do"], `{"name":"Open"}`)
	o.ask(t, "PUT", "/column/"+columns["done"], `{"name":"Done","isFinal":false}`)
	o.ask(t, "PUT", "/column/"+columns["in-review"], `{"name":"Shipped","isFinal":true}`)
	desk := o.desk(t, "owner")
	for status, want := range map[string]string{
		"open": "2 3 5 6", "Open": "2 3 5 6", "to-do": "2 3 5 6", "done": "4", "shipped": "4", "": "1 2 3 5 6 7",
	} {
		filter := board.Filter{Statuses: []string{status}}
		if status == "" {
			filter.Statuses = nil
		}
		got, err := desk.List(t.Context(), "", []string{"API"}, filter)
		board.Sort(got.Cards, board.ByKey)
		if err != nil || numbersOf(got.Cards) != want {
			t.Errorf("%q: %q, %v, want %q", status, numbersOf(got.Cards), err, want)
		}
	}
}

// TestStatusOfSomeProjects filters by a column that one of several projects lacks: what else the filter names counts there.
func TestStatusOfSomeProjects(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.ask(t, "POST", "/column/"+o.Project("API").ID, `{"name":"QA"}`)
	o.newTask(t, o.Project("API").ID, "to be tested", "qa")
	desk := o.desk(t, "owner")
	for _, tt := range []struct {
		statuses []string
		want     string
	}{
		{[]string{"QA"}, "API-9"},
		{[]string{"qa", "Archived"}, "API-8 API-9 WEB-23 WEB-24"},
	} {
		got, err := desk.List(t.Context(), "", []string{"all"}, board.Filter{Statuses: tt.statuses})
		board.Sort(got.Cards, board.ByKey)
		if len(got.Projects) != len(tt.statuses) { // the board that cannot have it is not read
			t.Errorf("%v: read %d boards", tt.statuses, len(got.Projects))
		}
		if err != nil || keys(got.Cards) != tt.want {
			t.Errorf("%v: %q, %v", tt.statuses, keys(got.Cards), err)
		}
	}
}

// TestPersonOfSomeWorkspaces filters by somebody who is in one of two workspaces only.
func TestPersonOfSomeWorkspaces(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	garden := o.newProject(t, o.newWorkspace(t, "Second", "second"), "Garden", "GAR")
	o.newTask(t, garden, "mow", "to-do")
	got, err := o.desk(t, "owner").List(t.Context(), "", nil, board.Filter{Assignees: []string{"Grace", "nobody"}, Statuses: []string{"in-progress", "to-do"}})
	board.Sort(got.Cards, board.ByKey)
	if want := "API-1 API-3 API-5 API-6 GAR-1 WEB-1 WEB-2 WEB-6 WEB-7 WEB-8 WEB-9 WEB-11 WEB-12 WEB-18"; err != nil || keys(got.Cards) != want {
		t.Errorf("%s, %v", keys(got.Cards), err)
	}
}

// TestDueWindowsAreDaysInTheZone has tasks due at the very start of a day, in zones where it starts at different moments.
func TestDueWindowsAreDaysInTheZone(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland", "UTC"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			desk := o.desk(t, "owner", func(o *board.Options) { o.Zone = zone(t, name) })
			late := time.Date(2027, 3, 2, 23, 59, 0, 0, zone(t, name)).Format(time.RFC3339)
			for ref, due := range map[string]string{"API-1": "2027-03-01", "API-2": "2027-03-02", "API-3": late, "API-4": "2027-03-03"} {
				change(t, desk, ref, board.Change{Due: due})
			}
			for window, want := range map[string]string{
				"2027-03-02": "2 3", "2027-03-01..2027-03-02": "1 2 3", "2027-03-02 to 2027-03-03": "2 3 4", "since 2027-03-03": "4",
				"2027-03-01..": "1 2 3 4", "..2027-03-01": "1 6 7", "before 2027-03-02": "1 6 7", "after 2027-03-02": "4",
			} {
				got, err := desk.List(t.Context(), "", []string{"API"}, board.Filter{Due: window, Statuses: []string{"all"}})
				board.Sort(got.Cards, board.ByKey)
				if err != nil || numbersOf(got.Cards) != want {
					t.Errorf("%q: %s, %v, want %s", window, numbersOf(got.Cards), err, want)
				}
			}
		})
	}
}

// TestBlankNamesNothing has a label without a name.
func TestBlankNamesNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.ask(t, "POST", "/label", `{"name":"","color":"#fff","workspaceId":%q}`, o.Workspace.ID)
	_, err := o.desk(t, "viewer").List(t.Context(), "", nil, board.Filter{Labels: []string{" "}})
	says(t, err, `No label ""`)
}

// TestTextInOtherSpellings finds words as keyboards without umlauts write them.
func TestTextInOtherSpellings(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.newTask(t, o.Project("API").ID, "Größe für Übergabe prüfen", "to-do")
	desk := o.desk(t, "viewer")
	for text, want := range map[string]int{"GRÖSSE": 1, "größe": 1, "grosse": 1, "Groesse": 1, "prufen Übergabe": 1, "pruefung": 0, "ubergabe fuer": 1} {
		if got, err := desk.List(t.Context(), "", []string{"API"}, board.Filter{Text: text}); err != nil || len(got.Cards) != want {
			t.Errorf("%s: %s, %v, want %d", text, numbersOf(got.Cards), err, want)
		}
	}
}
