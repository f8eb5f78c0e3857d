package board_test

import (
	"testing"
	"time"

	"kaneo-mcp/board"
)

// TestSurvey is long after the seed, in which WEB-2 blocks WEB-1.
func TestSurvey(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	later := o.clock.now().Add(30 * 24 * time.Hour)
	for name, tt := range map[string]struct {
		now            time.Time
		statuses       []string
		blocked, stale int
	}{
		"at once":      {o.clock.now(), nil, 1, 0},
		"later":        {later, nil, 1, 17},
		"only a part":  {later, []string{"in review"}, 0, 3},
		"what is done": {later, []string{"done"}, 0, 0},
	} {
		desk := o.desk(t, "owner", func(o *board.Options) { o.Now = func() time.Time { return tt.now } })
		sheet, err := desk.Sheet(t.Context(), "WEB", tt.statuses)
		if err == nil {
			err = desk.Survey(t.Context(), &sheet)
		}
		if d := sheet.Digest; err != nil || !d.Surveyed || d.Blocked != tt.blocked || d.Stale != tt.stale {
			t.Errorf("%s: %+v, %v", name, d, err)
		}
	}
}

func TestSurveyOfTooMany(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.kaneo.SeedTasks(o.Project("WEB").ID, 750)
	desk := o.desk(t, "owner")
	sheet, err := desk.Sheet(t.Context(), "WEB", nil)
	if err != nil {
		t.Fatal(err)
	}
	says(t, desk.Survey(t.Context(), &sheet), "500 at most", "name some statuses, or leave digest out")
}
