package tools

import (
	"fmt"
	"strings"

	"kaneo-mcp/board"
)

// View is what a model reads: lines of text. A line may end in an error, which whoever renders the view puts into words,
// so that errors are worded in one place.
type View struct {
	lines        []line
	images       []Image
	done, failed int
	consent      consent
}

type line struct {
	text string
	err  error
}

// Image is a picture that a model sees.
type Image struct {
	MIME string
	Data []byte
}

// Image adds a picture, which comes after all lines.
func (v *View) Image(mime string, data []byte) { v.images = append(v.images, Image{mime, data}) }

// Images are the pictures of the view.
func (v View) Images() []Image { return v.images }

// Line adds a line that says how things are.
func (v *View) Line(format string, args ...any) {
	v.lines = append(v.lines, line{text: fmt.Sprintf(format, args...)})
}

// add is Line for a text that is whole already.
func (v *View) add(text string) { v.lines = append(v.lines, line{text: text}) }

func (v *View) rows(texts []string) {
	for _, text := range texts {
		v.add(text)
	}
}

// Done adds a line about an item of a batch that went well.
func (v *View) Done(format string, args ...any) {
	v.done++
	v.Line(format, args...)
}

// Fail adds a line about an item of a batch that did not; what names the item.
func (v *View) Fail(what string, err error) {
	v.failed++
	v.lines = append(v.lines, line{text: what + ": ", err: err})
}

// Failed tells whether nothing at all went well, which makes the whole call an error.
func (v View) Failed() bool { return v.failed > 0 && v.done == 0 }

// Text renders the view; explain puts an error into words for a reader who has to decide what to do next.
func (v View) Text(explain func(error) string) string {
	texts := v.texts(explain)
	if v.consent.code != "" {
		texts = append(texts, v.consent.sentence)
	}
	return strings.Join(texts, "\n")
}

func (v View) texts(explain func(error) string) []string {
	texts := make([]string, len(v.lines))
	for i, l := range v.lines {
		texts[i] = l.text
		if l.err != nil {
			texts[i] += explain(l.err)
		}
	}
	return texts
}

// Errors are the errors in the view: what is the matter with the call as a whole may be among them.
func (v View) Errors() []error {
	var all []error
	for _, l := range v.lines {
		if l.err != nil {
			all = append(all, l.err)
		}
	}
	return all
}

// cut shortens a text to so many characters and marks that it did.
func cut(text string, most int) string {
	if len(text) <= most { // bytes, of which there are no fewer than characters
		return text
	}
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return strings.TrimRight(string(runes[:most-1]), " ") + "…"
}

// short is a name or a title that somebody gave, as a row shows it: Kaneo lets them be of any length.
func short(text string) string { return cut(board.Plain(text), titleLength) }

// quote sets a text that Kaneo's users wrote off from our own words: every line of it begins with ">".
func quote(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if lines[i] = ">"; line != "" {
			lines[i] += " " + line
		}
	}
	return strings.Join(lines, "\n")
}

// worded puts each of some things into words.
func worded[T any](all []T, word func(T) string) []string {
	texts := make([]string, len(all))
	for i, one := range all {
		texts[i] = word(one)
	}
	return texts
}

// some joins the first few of what there is.
func some(all []string, between string, most int) string {
	if len(all) <= most {
		return strings.Join(all, between)
	}
	return fmt.Sprintf("%s and %d more", strings.Join(all[:most], between), len(all)-most)
}

// count says "1 task", "2 tasks".
func count(n int, what string) string {
	return plural(n, what, what+"s")
}

// plural is count for words whose plural is not made with an s.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
