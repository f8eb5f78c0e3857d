package board

import (
	"context"
	"slices"
	"strings"

	"kaneo-mcp/kaneo"
)

// Comment writes a comment under a task.
func (d *Desk) Comment(ctx context.Context, ref, text string) (Card, error) {
	if strings.TrimSpace(text) == "" {
		return Card{}, mistakef("The comment is empty: give it a text.")
	}
	card, err := d.Card(ctx, ref)
	if err != nil {
		return card, err
	}
	comment, err := d.kaneo.AddComment(ctx, card.Task.ID, text)
	if err == nil {
		d.note(ctx, Commented, card, comment.ID)
	}
	return card, d.refusal(ctx, err, card.Project.WorkspaceID, writeComments)
}

// OwnComment finds a comment of the caller's on a task: the one with that id, which [ShortID] may have shortened, or, without
// one, the latest. Kaneo lets nobody change another's comment, not even an admin (kaneo-api.md §8).
func (d *Desk) OwnComment(ctx context.Context, ref, id string) (Card, kaneo.Comment, error) {
	card, err := d.Card(ctx, ref)
	if err != nil {
		return card, kaneo.Comment{}, err
	}
	me, err := d.Me(ctx)
	if err != nil {
		return card, kaneo.Comment{}, err
	}
	comments, err := d.kaneo.Comments(ctx, card.Task.ID)
	if err != nil {
		return card, kaneo.Comment{}, err
	}
	comment, err := own(comments, me.User.ID, strings.TrimSpace(id), card.Key())
	return card, comment, err
}

// own picks among comments that are sorted oldest first.
func own(comments []kaneo.Comment, me, id, key string) (kaneo.Comment, error) {
	if id != "" {
		return ownByID(comments, me, id, key)
	}
	for _, comment := range slices.Backward(comments) {
		if comment.UserID == me {
			return comment, nil
		}
	}
	return kaneo.Comment{}, mistakef("You have written no comment on %s.", key)
}

func ownByID(comments []kaneo.Comment, me, id, key string) (kaneo.Comment, error) {
	named := beginningWith(comments, id)
	switch {
	case len(id) < shortestID, len(named) != 1:
		return kaneo.Comment{}, mistakef("No comment on %s has that id, or several ids begin like it. get_task with include=comments lists them.", key)
	case named[0].UserID != me:
		return kaneo.Comment{}, mistakef("That comment is %s's: only its author may change it.", Plain(named[0].Author.Name))
	}
	return named[0], nil
}

// shortestID is to be too long for a slip to name a comment.
const shortestID = 4

// ShortID is the beginning of a comment's id that tells it from the others on its task.
func ShortID(id string, among []kaneo.Comment) string {
	for n := shortestID; n < len(id); n++ {
		if len(beginningWith(among, id[:n])) == 1 {
			return id[:n]
		}
	}
	return id
}

func beginningWith(comments []kaneo.Comment, id string) []kaneo.Comment {
	return filter(comments, func(c kaneo.Comment) bool { return strings.HasPrefix(c.ID, id) })
}

// EditComment replaces the text of one of the caller's comments. It tells whether anything changed.
func (d *Desk) EditComment(ctx context.Context, ref, id, text string) (card Card, changed bool, err error) {
	if strings.TrimSpace(text) == "" {
		return card, false, mistakef("The new text is empty: to remove the comment, use delete_comment.")
	}
	card, comment, err := d.OwnComment(ctx, ref, id)
	if err != nil || comment.Content == text {
		return card, false, err
	}
	if _, err = d.kaneo.EditComment(ctx, comment.ID, text); err == nil {
		edited := Alteration{Field: "comment", To: "edited"}
		edited.keep(comment.Content, text)
		d.note(ctx, EditedComment, card, comment.ID, edited)
	}
	return card, err == nil, d.refusal(ctx, err, card.Project.WorkspaceID, editComments)
}

// DeleteComment deletes one of the caller's comments, once that has been confirmed.
func (d *Desk) DeleteComment(ctx context.Context, ref, id, code string) (Card, kaneo.Comment, Confirmation, error) {
	card, comment, err := d.OwnComment(ctx, ref, id)
	if err != nil {
		return card, comment, Confirmation{}, err
	}
	confirmation, err := d.confirm(code, comment.ID)
	if err != nil || !confirmation.Given {
		return card, comment, confirmation, err
	}
	if err = d.kaneo.DeleteComment(ctx, comment.ID); err == nil {
		d.note(ctx, DeletedComment, card, comment.ID)
	}
	return card, comment, confirmation, d.refusal(ctx, err, card.Project.WorkspaceID, deleteComments)
}
