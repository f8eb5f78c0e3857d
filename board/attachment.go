package board

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"kaneo-mcp/kaneo"
)

var (
	assetAddress = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`/api/asset/([A-Za-z0-9_-]{6,64})`) })
	assetID      = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9_-]{6,64}$`) })
)

// Attachment reads an uploaded file by its id, or by any text that its address is in. It is always asked of the configured
// Kaneo, whatever host the text names. Its Type is what the bytes are, not what somebody said they were.
//
// Where a desk is limited to some projects, a file counts as within them only if a task within them shows it.
func (d *Desk) Attachment(ctx context.Context, ref, task string) (kaneo.File, error) {
	id, err := assetOf(ref)
	if err != nil {
		return kaneo.File{}, err
	}
	if d.fence.stands() {
		if err := d.shows(ctx, task, id); err != nil {
			return kaneo.File{}, err
		}
	}
	file, err := d.kaneo.Download(ctx, id, kaneo.MostUpload)
	switch {
	case kaneo.KindOf(err) == kaneo.NotFound:
		return file, mistakef("There is no such attachment (any more).")
	case kaneo.KindOf(err) == kaneo.Unexpected:
		return file, mistakef("The attachment is larger than %d MB: open it in Kaneo.", kaneo.MostUpload>>20)
	}
	file.Type = sniffed(file)
	return file, err
}

func assetOf(ref string) (string, error) {
	ref = strings.TrimSpace(ref)
	if m := assetAddress().FindStringSubmatch(ref); m != nil {
		return m[1], nil
	}
	if assetID().MatchString(ref) {
		return ref, nil
	}
	return "", mistakef("%q names no attachment. Give the address from a description or comment that has /api/asset/ in it, or the id behind it.", short(ref))
}

// shows wants a task that has the file in its description or in a comment.
func (d *Desk) shows(ctx context.Context, task, id string) error {
	if task == "" {
		return mistakef("This server is limited to some projects: name the task that shows the attachment.")
	}
	card, err := d.Card(ctx, task)
	if err != nil {
		return err
	}
	comments, err := d.kaneo.Comments(ctx, card.Task.ID)
	if err != nil {
		return err
	}
	texts := []string{card.Task.Description}
	for _, comment := range comments {
		texts = append(texts, comment.Content)
	}
	for _, m := range assetAddress().FindAllStringSubmatch(strings.Join(texts, "\n"), -1) {
		if m[1] == id {
			return nil
		}
	}
	return mistakef("%s does not show this attachment.", card.Key())
}

// sniffed is the type that a file's first bytes tell. Text is told from the rest by being text throughout.
func sniffed(f kaneo.File) string {
	media, _, _ := strings.Cut(http.DetectContentType(f.Data), ";")
	if strings.HasPrefix(media, "text/") && (!utf8.Valid(f.Data) || strings.ContainsRune(string(f.Data), 0)) {
		return "application/octet-stream"
	}
	return media
}
