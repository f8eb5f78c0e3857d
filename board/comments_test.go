package board_test

import (
	"testing"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

// talk gives the comments on a task, oldest first.
func (o *office) talk(t *testing.T, ref string) []kaneo.Comment {
	t.Helper()
	detail, err := o.desk(t, "owner").Detail(t.Context(), ref, []board.Part{board.Comments})
	if err != nil {
		t.Fatal(err)
	}
	o.wire.take()
	return detail.Comments
}

func TestComment(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	card, err := o.desk(t, "member").Comment(t.Context(), "WEB-6", "  *Yes*\n")
	if err != nil || card.Key() != "WEB-6" {
		t.Error(card.Key(), err)
	}
	if all := o.talk(t, "WEB-6"); len(all) != 1 || all[0].Content != "  *Yes*\n" || all[0].Author.Name != "Grace Hopper" {
		t.Errorf("%+v", all)
	}
	_, err = o.desk(t, "member").Comment(t.Context(), "WEB-6", " \n")
	says(t, err, "empty")
	_, err = o.desk(t, "member").Comment(t.Context(), "WEB-60", "x")
	says(t, err, "There is no task")
}

func TestOwnComment(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for _, text := range []string{"first", "second"} {
		if _, err := o.desk(t, "owner").Comment(t.Context(), "WEB-1", text); err != nil {
			t.Fatal(err)
		}
	}
	all := o.talk(t, "WEB-1") // Grace, Ada, Ada, Ada
	tests := map[string]struct{ role, id, want string }{
		"the latest":       {"owner", "", "second"},
		"by id":            {"owner", all[2].ID, "first"},
		"by a short id":    {"owner", board.ShortID(all[2].ID, all), "first"},
		"with blanks":      {"owner", " " + all[2].ID + " ", "first"},
		"another's latest": {"member", "", "Happens only with a trailing slash in the origin."},
	}
	for name, tt := range tests {
		if _, got, err := o.desk(t, tt.role).OwnComment(t.Context(), "WEB-1", tt.id); err != nil || got.Content != tt.want {
			t.Errorf("%s: %q, %v", name, got.Content, err)
		}
	}
	_, _, err := o.desk(t, "owner").OwnComment(t.Context(), "WEB-1", all[0].ID)
	says(t, err, "That comment is Grace Hopper's: only its author")
	_, _, err = o.desk(t, "viewer").OwnComment(t.Context(), "WEB-1", "")
	says(t, err, "You have written no comment on WEB-1.")
	_, _, err = o.desk(t, "owner").OwnComment(t.Context(), "WEB-1", o.talk(t, "WEB-5")[0].ID) // on another task
	says(t, err, "No comment on WEB-1 has that id")
}

func TestShortIDs(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		ids  []string
		want string // of the first
	}{
		"alone":         {[]string{"kgt22uyl"}, "kgt2"},
		"others":        {[]string{"kgt22uyl", "abcd2uyl", "kgtx2uyl"}, "kgt2"},
		"of one origin": {[]string{"kgt22uyl", "kgt22uxx"}, "kgt22uy"},
		"a short one":   {[]string{"kgt"}, "kgt"},
	} {
		comments := make([]kaneo.Comment, len(tt.ids))
		for i, id := range tt.ids {
			comments[i].ID = id
		}
		if got := board.ShortID(tt.ids[0], comments); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestEditComment(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk, before := o.desk(t, "owner"), o.talk(t, "WEB-1")
	if _, changed, err := desk.EditComment(t.Context(), "WEB-1", "", before[1].Content); err != nil || changed {
		t.Errorf("the same text: changed %v, %v", changed, err)
	}
	if writes := o.wire.takeWrites(); len(writes) > 0 {
		t.Errorf("sent %q", writes)
	}
	if _, changed, err := desk.EditComment(t.Context(), "WEB-1", "", "better"); err != nil || !changed {
		t.Errorf("changed %v, %v", changed, err)
	}
	if after := o.talk(t, "WEB-1"); after[1].Content != "better" || after[0].Content != before[0].Content {
		t.Errorf("%+v", after)
	}
	_, _, err := desk.EditComment(t.Context(), "WEB-1", "", " ")
	says(t, err, "delete_comment")
	_, changed, err := desk.EditComment(t.Context(), "WEB-1", before[0].ID, "mine")
	if says(t, err, "Grace Hopper's"); changed {
		t.Error("said to be changed")
	}
}

func TestDeleteCommentInTwoSteps(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	_, comment, first, err := desk.DeleteComment(t.Context(), "WEB-1", "", "")
	if err != nil || first.Given || first.Code == "" || comment.Author.Name != "Ada Lovelace" {
		t.Fatalf("%+v, %+v, %v", comment, first, err)
	}
	_, _, _, err = desk.DeleteComment(t.Context(), "WEB-5", "", first.Code) // another comment of hers
	says(t, err, "Nothing was deleted")
	if writes := o.wire.takeWrites(); len(writes) > 0 {
		t.Errorf("sent %q", writes)
	}
	if _, _, second, err := desk.DeleteComment(t.Context(), "WEB-1", comment.ID, first.Code); err != nil || !second.Given {
		t.Errorf("%+v, %v", second, err)
	}
	if left := o.talk(t, "WEB-1"); len(left) != 1 || left[0].Author.Name != "Grace Hopper" {
		t.Errorf("%+v", left)
	}
	_, _, _, err = desk.DeleteComment(t.Context(), "WEB-1", "", first.Code)
	says(t, err, "You have written no comment")
}
