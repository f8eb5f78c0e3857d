package board

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

var (
	heading = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t\r]*$`) })
	item    = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^([ \t]*(?:[-*+]|\d+[.)])[ \t]+\[)([ xX])(\][ \t]+)(.*?)[ \t\r]*$`)
	})
)

// mdLine is a line of a text in Markdown, with what it is outside of code.
type mdLine struct {
	text  string
	level int      // of a heading; 0: it is none
	title string   // of a heading
	item  []string // the parts of an item of a checklist: up to its box, what is in it, what closes it, its text
}

// mdLines reads a text line by line. What stands between fences of code is only text.
func mdLines(text string) []mdLine {
	var all []mdLine
	code := ""
	for text := range strings.SplitSeq(text, "\n") {
		line := mdLine{text: text}
		mark := strings.TrimSpace(text)
		switch {
		case code != "":
			if strings.HasPrefix(mark, code) {
				code = ""
			}
		case strings.HasPrefix(mark, "```"), strings.HasPrefix(mark, "~~~"):
			code = mark[:3]
		default:
			if m := heading().FindStringSubmatch(text); m != nil {
				line.level, line.title = len(m[1]), m[2]
			}
			if m := item().FindStringSubmatch(text); m != nil {
				line.item = m[1:]
			}
		}
		all = append(all, line)
	}
	return all
}

func joined(all []mdLine) string {
	texts := make([]string, len(all))
	for i, line := range all {
		texts[i] = line.text
	}
	return strings.Join(texts, "\n")
}

// headed is a heading, by the number of its line.
type headed struct {
	at    int
	title string
}

// section replaces what stands below a heading, up to the next one of its level or a higher one.
func (e Edit) section(text string) (string, error) {
	all := mdLines(text)
	var headings []headed
	for i, line := range all {
		if line.level > 0 {
			headings = append(headings, headed{i, line.title})
		}
	}
	byTitle := kind[headed]{
		what:  "heading",
		names: func(h headed) []string { return []string{h.title} },
		title: func(h headed) string { return short(h.title) },
	}
	found, err := byTitle.pick(strings.TrimLeft(strings.TrimSpace(e.Section), "# "), " in this description", headings)
	if err != nil {
		return text, err
	}
	end := found.at + 1
	for end < len(all) && (all[end].level == 0 || all[end].level > all[found.at].level) {
		end++
	}
	parts := []string{joined(all[:found.at+1])}
	if body := withoutHeading(lines(e.Text), found.title); body != "" {
		parts = append(parts, body)
	}
	if end < len(all) {
		parts = append(parts, joined(all[end:]))
	}
	return strings.Join(parts, "\n\n"), nil
}

// withoutHeading drops the heading that a model repeats above the text for it.
func withoutHeading(text, title string) string {
	text = strings.Trim(text, "\r\n")
	first, rest, _ := strings.Cut(text, "\n")
	if m := heading().FindStringSubmatch(first); m != nil && words(m[2]) == words(title) {
		return strings.Trim(rest, "\r\n")
	}
	return text
}

// passage replaces what occurs exactly once. Its line breaks may be written otherwise than in the text.
func (e Edit) passage(text string) (string, error) {
	find := e.Find
	for _, spelled := range []string{unescaped(find), strings.ReplaceAll(unescaped(find), "\n", "\r\n")} {
		if !strings.Contains(text, find) {
			find = spelled
		}
	}
	switch n := strings.Count(text, find); n {
	case 0:
		return text, mistakef("That passage is not in the description. Read it with get_task, and give the passage as it stands there.")
	case 1:
		return strings.Replace(text, find, lines(e.Text), 1), nil
	default:
		return text, mistakef("That passage occurs %d times: give more of the text around it.", n)
	}
}

// tick marks items of checklists as done, or as not done.
func tick(text string, refs []string, done bool) (string, error) {
	all := mdLines(text)
	for _, ref := range refs {
		i, err := findItem(all, ref)
		if err != nil {
			return text, err
		}
		line := &all[i]
		if (line.item[1] == " ") != done {
			continue // a capital X is as good as a small one
		}
		box := " "
		if done {
			box = "x"
		}
		line.text = line.item[0] + box + strings.TrimPrefix(line.text, line.item[0]+line.item[1])
		line.item[1] = box
	}
	return joined(all), nil
}

// findItem finds an item of a checklist by what it says, or by a part of that which no other has.
func findItem(all []mdLine, ref string) (int, error) {
	var items, parts []headed
	for i, line := range all {
		if line.item == nil {
			continue
		}
		items = append(items, headed{i, line.item[3]})
		if plain := words(ref); plain != "" && strings.Contains(words(line.item[3]), plain) {
			parts = append(parts, headed{i, line.item[3]})
		}
	}
	if len(parts) == 1 {
		return parts[0].at, nil
	}
	byText := kind[headed]{
		what:  "checklist item",
		names: func(h headed) []string { return []string{h.title} },
		title: func(h headed) string { return short(h.title) },
	}
	found, err := byText.pick(ref, " in this description", items)
	if missing(err) && len(parts) > 1 {
		return 0, ambiguous("checklist item", ref, byText.titles(parts))
	}
	return found.at, err
}

// items adds to the checklist: below its last item, written like that one, or at the end when there is none.
func (e Edit) items(text string) (string, error) {
	all := mdLines(text)
	last, like := -1, "- ["
	for i, line := range all {
		if line.item != nil {
			if last < 0 || len(line.item[0]) <= len(like) {
				like = line.item[0]
			}
			last = i
		}
	}
	added := make([]mdLine, 0, len(e.AddItems))
	for _, words := range e.AddItems {
		if words = Plain(words); words == "" {
			return text, mistakef("An item of a checklist needs a text.")
		}
		added = append(added, mdLine{text: like + " ] " + words})
	}
	if last < 0 {
		return below(text, joined(added)), nil
	}
	for last+1 < len(all) && continues(all[last+1]) {
		last++
	}
	return joined(slices.Insert(all, last+1, added...)), nil
}

// continues tells a further line of an item: it is set in, and not empty.
func continues(line mdLine) bool {
	return line.item == nil && strings.TrimSpace(line.text) != "" && strings.TrimLeft(line.text, " \t") != line.text
}

func (e Edit) atEnd(text string) (string, error) { return below(text, lines(e.Append)), nil }

// below puts a paragraph under a text.
func below(text, more string) string {
	text, more = strings.TrimRight(text, " \t\r\n"), strings.Trim(more, "\r\n")
	if text == "" {
		return more
	}
	return text + "\n\n" + more
}

// progress counts the items of checklists that are done, and all of them.
func progress(text string) (done, all int) {
	for _, line := range mdLines(text) {
		if line.item != nil {
			all++
			if line.item[1] != " " {
				done++
			}
		}
	}
	return done, all
}

func enumerateShort(refs []string) string {
	names := make([]string, len(refs))
	for i, ref := range refs {
		names[i] = fmt.Sprintf("%q", short(ref))
	}
	return enumerate(names)
}
