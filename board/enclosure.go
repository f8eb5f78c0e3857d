package board

import (
	"cmp"
	"context"
	"encoding/base64"
	"io"
	"os"
	"path/filepath"
	"strings"

	"kaneo-mcp/kaneo"
)

// Enclosure is a file to attach: a path in a folder that the operator allows, or the bytes themselves.
type Enclosure struct {
	Path, Name, Base64 string
	Text               string // written along with it
	Comment            bool   // into a comment instead of the description
}

// Attach uploads a file and puts a link to it at the end of a task's description, or into a comment.
func (d *Desk) Attach(ctx context.Context, ref string, e Enclosure) (Card, kaneo.File, error) {
	file, err := d.fileOf(e)
	if err != nil {
		return Card{}, file, err
	}
	card, err := d.Card(ctx, ref)
	if err != nil {
		return card, file, err
	}
	to := kaneo.InDescription
	if e.Comment {
		to = kaneo.InComment
	}
	asset, err := d.kaneo.Upload(ctx, card.Task.ID, file, to)
	if kaneo.KindOf(err) == kaneo.Unavailable && strings.Contains(err.Error(), "not configured") {
		return card, file, mistakef("This Kaneo has no file storage, so nothing can be attached. Its operator can set one up (S3).")
	}
	if err != nil {
		return card, file, d.refusal(ctx, err, card.Project.WorkspaceID, attachFiles)
	}
	return card, file, d.showFile(ctx, card, strings.TrimSpace(e.Text+"\n\n"+fileLink(file, asset.URL)), e.Comment)
}

// showFile writes the link, the ordinary way, so that it can be undone.
func (d *Desk) showFile(ctx context.Context, card Card, text string, comment bool) (err error) {
	if comment {
		_, err = d.Comment(ctx, card.Task.ID, text)
	} else {
		_, err = d.EditDescription(ctx, card.Task.ID, Edit{Append: text})
	}
	return err
}

var outsideLabels = strings.NewReplacer("[", "", "]", "", "(", "", ")", "", "`", "", "<", "", ">", "", "!", "", `\`, "")

// fileLink is Markdown: images are shown, the rest is linked.
func fileLink(f kaneo.File, address string) string {
	link := "[" + outsideLabels.Replace(Plain(f.Name)) + "](" + address + ")"
	if strings.HasPrefix(f.Type, "image/") {
		return "!" + link
	}
	return link
}

func (d *Desk) fileOf(e Enclosure) (file kaneo.File, err error) {
	switch {
	case (e.Path == "") == (e.Base64 == ""):
		return file, mistakef("Give either path or base64.")
	case e.Path != "":
		file.Data, err = d.readLocal(e.Path)
		file.Name = cmp.Or(e.Name, filepath.Base(e.Path))
	default:
		file.Data, err = bytesOf(e.Base64)
		file.Name = cmp.Or(e.Name, "file")
	}
	file.Name = Plain(filepath.Base(file.Name))
	switch {
	case err != nil:
		return file, err
	case len(file.Data) == 0:
		return file, mistakef("The file is empty.")
	case len(file.Data) > kaneo.MostUpload:
		return file, mistakef("The file has more than %d MB, which is the most that Kaneo takes.", kaneo.MostUpload>>20)
	}
	file.Type = sniffed(file)
	return file, nil
}

// bytesOf reads base64, also as a data URL.
func bytesOf(text string) ([]byte, error) {
	if _, rest, is := strings.Cut(text, ";base64,"); is {
		text = rest
	}
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		return nil, mistakef("base64 is not valid base64.")
	}
	return data, nil
}

// readLocal reads a file in one of the allowed folders; no link leads out of them.
func (d *Desk) readLocal(path string) ([]byte, error) {
	if len(d.attachFrom) == 0 {
		return nil, mistakef("Files on this machine may not be attached unless its operator allows folders with KANEO_ATTACH_DIRS. Give base64 instead.")
	}
	for _, folder := range d.attachFrom {
		inside, err := filepath.Rel(folder, path)
		if err != nil || !filepath.IsLocal(inside) {
			continue
		}
		return readWithin(folder, inside)
	}
	return nil, mistakef("That path is not in the folders that the operator allows: %s.", strings.Join(d.attachFrom, ", "))
}

func readWithin(folder, inside string) ([]byte, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, mistakef("The allowed folder %s cannot be opened.", folder)
	}
	defer func() { _ = root.Close() }()
	if info, err := root.Stat(inside); err != nil || !info.Mode().IsRegular() {
		return nil, mistakef("There is no such file in %s, or it may not be read.", folder)
	}
	file, err := root.Open(inside)
	if err != nil {
		return nil, mistakef("The file may not be read.")
	}
	defer func() { _ = file.Close() }()
	return io.ReadAll(io.LimitReader(file, kaneo.MostUpload+1))
}
