package tools

import (
	"strings"
	"testing"
)

// TestAConfirmedSweepTellsNewKeys, which its preview could not know.
func TestAConfirmedSweepTellsNewKeys(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	v := o.visitor(o.Who("owner").Session)
	const where = `{"where":{"labels":["bug"],"projects":["WEB"]},"project":"API"`
	if preview := v.says("update_tasks", where+`}`); strings.Contains(preview, "now API-") || !strings.Contains(preview, "Nothing was changed yet") {
		t.Errorf("the preview: %s", preview)
	}
	done := v.says("update_tasks", where+`,"confirm":"{confirm}"}`)
	if moved := strings.Count(done, ", now API-"); moved != 6 {
		t.Errorf("%d new keys in: %s", moved, done)
	}
}
