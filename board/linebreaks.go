package board

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

var (
	writtenBreak = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?:\\r)?\\n`) })

	// escaping is a word that means its backslashes: a path on a drive, or one with another backslash than those of \n, \r, \t.
	escaping = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?:^|[^\pL\pN])[A-Za-z]:\\n[a-z]|\\[a-mo-qsu-zA-Z0-9\\]`)
	})

	// What plainly stands at the beginning of a line: an empty one, a capital or a letter without case, a mark of Markdown.
	beginsLine = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile("^[ \t]*(?:(?:\\\\r)?\\\\n|\\p{Lu}|\\p{Lo}|(?:[-*+>|]|#{1,6}|\\d+[.)]) |```)")
	})
	endsSentence = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[\pL\pN)"'][.:;!?]$`) })
)

// lines mends a text in which a model wrote its line breaks as backslash-n. A text with a real line break means them, and so
// does one in which none is plainly a break. In one that is, paths, patterns and code stay as they are.
func lines(text string) string {
	if strings.Contains(text, "\n") || !strings.Contains(text, `\n`) {
		return text
	}
	breaks := writtenBreak().FindAllStringIndex(text, -1)
	breaks = slices.DeleteFunc(breaks, func(at []int) bool { return meant(text, at[0], at[1]) })
	if !slices.ContainsFunc(breaks, func(at []int) bool { return plainlyBreak(text[:at[0]], text[at[1]:]) }) {
		return text
	}
	var mended strings.Builder
	from := 0
	for _, at := range breaks {
		mended.WriteString(text[from:at[0]] + "\n")
		from = at[1]
	}
	return mended.String() + text[from:]
}

// unescaped takes every written line break for one.
func unescaped(text string) string { return writtenBreak().ReplaceAllString(text, "\n") }

// meant tells a backslash-n that is one: in a code span, or in a word with other backslashes.
func meant(text string, from, to int) bool {
	before := text[:from]
	if strings.Count(strings.ReplaceAll(before, "```", ""), "`")%2 == 1 {
		return true
	}
	word := before[strings.LastIndexAny(before, " \t")+1:] + text[from:to]
	rest, _, _ := strings.Cut(text[to:], " ")
	return escaping().MatchString(word + rest)
}

func plainlyBreak(before, after string) bool {
	return beginsLine().MatchString(after) || endsSentence().MatchString(before)
}
