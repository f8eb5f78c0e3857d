package board_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
	"kaneo-mcp/sandbox"
)

func TestLabelsGoInPortions(t *testing.T) {
	t.Parallel()
	o := newOffice(t, sandbox.Options{LabelPortion: 3})
	desk := o.desk(t, "owner")
	use, confirmation, err := desk.DeleteLabel(t.Context(), "", "bug", "")
	if err != nil || confirmation.Given || use.Tasks != 8 {
		t.Fatalf("%+v, %+v, %v", use, confirmation, err)
	}
	if writes := o.wire.takeWrites(); len(writes) > 0 {
		t.Errorf("sent %q", writes)
	}
	if _, _, err = desk.DeleteLabel(t.Context(), "", "bug", confirmation.Code); err != nil {
		t.Error(err)
	}
	if writes := o.wire.takeWrites(); len(writes) != 3 {
		t.Errorf("sent %q", writes)
	}
	_, uses, err := desk.LabelUses(t.Context(), "")
	if err != nil || len(uses) != 2 {
		t.Errorf("%+v, %v", uses, err)
	}
}

func TestBranchesByPattern(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.newTask(t, o.Project("API").ID, "Größe ändern: "+strings.Repeat("sehr ", 20), "to-do")
	for _, tt := range []struct{ pattern, task, want string }{
		{"", "WEB-1", "web-1-fix-login-redirect-loop"},
		{"{slug}-{number}", "WEB-1", "web-1"},
		{"feature/{number}-{title}", "WEB-1", "feature/1-fix-login-redirect-loop"},
		{"{number}-{title}", "API-9", "9-gr-e-ndern-sehr-sehr-sehr-sehr-sehr-sehr-sehr-sehr"},
	} {
		body := `null`
		if tt.pattern != "" {
			body = `{"branchPattern":"` + tt.pattern + `"}`
		}
		o.wire.far = answering{o.kaneo.Transport(), "/github-integration/", body}
		_, got, err := o.desk(t, "owner").BranchName(t.Context(), tt.task)
		if err != nil || got.Name != tt.want || got.Own != (tt.pattern != "") {
			t.Errorf("%q: %+v, %v, want %s", tt.pattern, got, err, tt.want)
		}
	}
}

// answering is a Kaneo that says the same at all paths with something in them.
type answering struct {
	http.RoundTripper
	path, body string
}

func (a answering) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.Contains(r.URL.Path, a.path) {
		return a.RoundTripper.RoundTrip(r)
	}
	header := http.Header{"Content-Type": {"application/json"}}
	return &http.Response{StatusCode: http.StatusOK, Header: header, Body: io.NopCloser(strings.NewReader(a.body))}, nil
}

func TestAttachmentsBehindTheFence(t *testing.T) {
	t.Parallel()
	o := newOffice(t, sandbox.Options{Storage: "https://storage.example"})
	free := o.desk(t, "owner")
	for _, ref := range []string{"WEB-5", "API-1"} {
		if _, _, err := free.Attach(t.Context(), ref, board.Enclosure{Name: "a.txt", Base64: "eA=="}); err != nil {
			t.Fatal(err)
		}
	}
	address := func(ref string) string {
		card, err := free.Card(t.Context(), ref)
		if err != nil {
			t.Fatal(err)
		}
		return card.Task.Description
	}
	narrow := o.desk(t, "owner", func(b *board.Options) { b.AllowProjects = []string{"WEB"} })
	if file, err := narrow.Attachment(t.Context(), address("WEB-5"), "WEB-5"); err != nil || string(file.Data) != "x" {
		t.Errorf("%q, %v", file.Data, err)
	}
	_, err := narrow.Attachment(t.Context(), address("API-1"), "")
	says(t, err, "name the task")
	_, err = narrow.Attachment(t.Context(), address("API-1"), "WEB-5")
	says(t, err, "does not show this attachment")
	_, err = narrow.Attachment(t.Context(), address("API-1"), "API-1")
	says(t, err, "not in the allowed projects")
}

func TestFenceAroundTheWorkspace(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	narrow := o.desk(t, "owner", func(b *board.Options) { b.AllowProjects = []string{"WEB"} })
	_, err := narrow.CreateProject(t.Context(), "", board.ProjectChange{Name: "New"})
	says(t, err, "KANEO_ALLOW_PROJECTS")
	_, _, err = narrow.UpdateLabel(t.Context(), "", "bug", "defect", "")
	says(t, err, "KANEO_ALLOW_PROJECTS")
	_, _, err = narrow.DeleteLabel(t.Context(), "", "bug", "")
	says(t, err, "KANEO_ALLOW_PROJECTS")
	if _, err := o.client(t, "owner").SetAssignee(t.Context(), id(t, o.desk(t, "owner"), "API-1"), ""); err != nil {
		t.Fatal(err)
	}
	if _, err := o.client(t, "owner").SetAssignee(t.Context(), id(t, o.desk(t, "owner"), "API-1"), o.Who("owner").UserID); err != nil {
		t.Fatal(err)
	}
	if notices, err := narrow.Inbox(t.Context(), true); err != nil || len(notices) != 0 {
		t.Errorf("%+v, %v", notices, err)
	}
	if n, err := narrow.MarkRead(t.Context(), nil, true); err != nil || n != 0 {
		t.Errorf("%d, %v", n, err)
	}
	beyond, err := o.desk(t, "owner").Inbox(t.Context(), true)
	if err != nil || len(beyond) == 0 {
		t.Fatalf("what is beyond was marked: %+v, %v", beyond, err)
	}
	_, err = narrow.MarkRead(t.Context(), []string{beyond[0].ID}, false)
	says(t, err, "no notification with the id")
	if after, err := o.desk(t, "owner").Inbox(t.Context(), true); err != nil || len(after) != len(beyond) {
		t.Errorf("what is beyond was marked by its id: %+v, %v", after, err)
	}
	if err := o.client(t, "owner").DeleteTask(t.Context(), beyond[0].Card.Task.ID); err != nil {
		t.Fatal(err)
	}
	if after, err := o.desk(t, "owner").Inbox(t.Context(), true); err != nil || len(after) != len(beyond) || after[0].Card.Task.ID != "" {
		t.Errorf("of a task that is gone: %+v, %v", after, err)
	}
}

func TestLinkFailsHalfway(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	o.wire.cutAfter(1)
	_, links, err := desk.Link(t.Context(), "WEB-5", board.LinkRelated, []string{"WEB-6", "WEB-7", "WEB-8"})
	if kaneo.KindOf(err) != kaneo.Unavailable || len(links) != 1 || len(links[0].Kinds) != 1 {
		t.Errorf("%+v, %v", links, err)
	}
}
