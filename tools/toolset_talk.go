package tools

import (
	"context"

	"kaneo-mcp/board"
)

func talkToolset() Toolset {
	return Toolset{
		Name:  "talk",
		About: "comments, and ties between tasks",
		Tools: []Tool{addComment, editComment, deleteComment, linkTasks, unlinkTasks},
	}
}

type addCommentIn struct {
	Task string `json:"task" jsonschema:"As in get_task"`
	Text string `json:"text" jsonschema:"Markdown"`
}

var addComment = define(Spec{
	Name: "add_comment", Title: "Add comment", Effect: Adds,
	About: "Writes a comment under a task. To change the task as well, use update_tasks with comment.",
}, func(ctx context.Context, desk *board.Desk, in addCommentIn) (View, error) {
	card, err := desk.Comment(ctx, in.Task, in.Text)
	if err != nil {
		return View{}, err
	}
	var v View
	v.Line("%s: comment added.", card.Key())
	return v, nil
})

type editCommentIn struct {
	Task    string `json:"task" jsonschema:"As in get_task"`
	Text    string `json:"text" jsonschema:"The new text, whole; Markdown"`
	Comment string `json:"comment,omitempty" jsonschema:"Id from get_task; default: the latest there"`
}

var editComment = define(Spec{
	Name: "edit_comment", Title: "Edit comment", Effect: Sets,
	About: "Replaces the text of one of the user's own comments.",
}, func(ctx context.Context, desk *board.Desk, in editCommentIn) (View, error) {
	card, changed, err := desk.EditComment(ctx, in.Task, in.Comment, in.Text)
	if err != nil {
		return View{}, err
	}
	var v View
	if changed {
		v.Line("%s: comment changed.", card.Key())
	} else {
		v.Line("%s: the comment reads like this already.", card.Key())
	}
	return v, nil
})

type deleteCommentIn struct {
	Task    string `json:"task" jsonschema:"As in get_task"`
	Comment string `json:"comment,omitempty" jsonschema:"Id from get_task; default: the latest there"`
	Confirm string `json:"confirm,omitempty" jsonschema:"Code from the first call, once the user agreed"`
}

var deleteComment = define(Spec{
	Name: "delete_comment", Title: "Delete comment", Effect: Destroys,
	About: "Deletes one of the user's own comments, once they agree.",
}, func(ctx context.Context, desk *board.Desk, in deleteCommentIn) (View, error) {
	card, comment, confirmation, err := desk.DeleteComment(ctx, in.Task, in.Comment, in.Confirm)
	if err != nil {
		return View{}, err
	}
	var v View
	if confirmation.Given {
		v.Line("%s: comment deleted.", card.Key())
		return v, nil
	}
	v.Line("Would delete this comment on %s:", card.Key())
	v.Line("%s", quote(cut(board.PlainText(comment.Content), commentLength)))
	v.ask(confirmation, "comment="+comment.ID+" and ")
	return v, nil
})
