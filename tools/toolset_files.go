package tools

import (
	"context"
	"fmt"
	"strings"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

func fileToolset() Toolset {
	return Toolset{
		Name: "files", About: "attachments of tasks", Optional: true,
		Tools: []Tool{getAttachment, attachFile},
	}
}

type getAttachmentIn struct {
	Attachment string `json:"attachment" jsonschema:"Its address (…/api/asset/<id>) or id"`
	Task       string `json:"task,omitempty" jsonschema:"Task that shows it; needed only where projects are limited"`
}

// attachmentText is how much of a text file is shown, in characters.
const attachmentText = 20_000

var getAttachment = define(Spec{
	Name: "get_attachment", Title: "Get attachment", Effect: Reads,
	About: "Shows an image or text file that a description or comment links to.",
}, func(ctx context.Context, desk *board.Desk, in getAttachmentIn) (View, error) {
	file, err := desk.Attachment(ctx, in.Attachment, in.Task)
	if err != nil {
		return View{}, err
	}
	return fileView(file), nil
})

func fileView(f kaneo.File) View {
	var v View
	v.Line("%s | %s | %s", someName(f), f.Type, size(len(f.Data)))
	switch f.Type {
	case "image/png", "image/jpeg", "image/gif", "image/webp": // what models can see
		v.Image(f.Type, f.Data)
		return v
	}
	if strings.HasPrefix(f.Type, "text/") {
		text := board.PlainText(string(f.Data))
		v.Line("%s", quote(cut(text, attachmentText)))
		v.more(len([]rune(text)) > attachmentText, "The file goes on: open it in Kaneo.")
		return v
	}
	v.Line("Neither an image nor text: open it in Kaneo.")
	return v
}

func someName(f kaneo.File) string {
	if f.Name == "" {
		return "unnamed file"
	}
	return short(f.Name)
}

func size(bytes int) string {
	switch {
	case bytes < 1<<10:
		return count(bytes, "byte")
	case bytes < 1<<20:
		return fmt.Sprintf("%d KB", bytes>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/(1<<20))
}

type attachFileIn struct {
	Task    string `json:"task" jsonschema:"Key (WEB-12), id or web address"`
	Path    string `json:"path,omitempty" jsonschema:"Absolute path, in a folder that the operator allows"`
	Base64  string `json:"base64,omitempty" jsonschema:"The bytes instead; at most 10 MB"`
	Name    string `json:"name,omitempty" jsonschema:"File name; needed with base64"`
	Text    string `json:"text,omitempty" jsonschema:"Markdown before it"`
	Comment bool   `json:"comment,omitempty" jsonschema:"Into a comment; default: at the end of the description"`
}

var attachFile = define(Spec{
	Name: "attach_file", Title: "Attach file", Effect: Adds,
	About: "Uploads a file and shows it in a task's description or in a comment.",
}, func(ctx context.Context, desk *board.Desk, in attachFileIn) (View, error) {
	if in.Base64 != "" && in.Name == "" {
		return View{}, badArguments("name is missing: base64 needs a file name.")
	}
	card, file, err := desk.Attach(ctx, in.Task, board.Enclosure{
		Path: in.Path, Name: in.Name, Base64: in.Base64, Text: in.Text, Comment: in.Comment,
	})
	if err != nil {
		return View{}, err
	}
	where := "the description"
	if in.Comment {
		where = "a comment"
	}
	var v View
	v.Line("%s: %s (%s, %s) attached in %s.", card.Key(), short(file.Name), file.Type, size(len(file.Data)), where)
	return v, nil
})
