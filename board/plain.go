package board

import (
	"strings"
	"unicode"
)

// Plain makes what somebody wrote fit on one line: invisible and control characters go, runs of white space become one
// space. What Kaneo's users wrote is data, and must not be able to hide in, or break out of, a line of ours.
func Plain(s string) string {
	return strings.Join(strings.Fields(strings.Map(visible, s)), " ")
}

// PlainText is [Plain] for text of several lines: line breaks and indentation stay.
func PlainText(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		return visible(r)
	}, s))
}

// visible keeps what a person would see. Format characters (zero-width, direction overrides, tags), variation selectors
// and blank letters can hide text from people that a model reads.
func visible(r rune) rune {
	switch {
	case ' ' <= r && r <= '~', joiner(r): // the first are most of all there is
		return r
	case r == unicode.ReplacementChar,
		unicode.In(r, unicode.Cf, unicode.Co, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point):
		return -1
	case unicode.IsControl(r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r):
		return ' '
	}
	return r
}

// joiner tells the invisible characters that ordinary words and emoji need: two joiners, and text or emoji style.
func joiner(r rune) bool { return r == '\u200c' || r == '\u200d' || r == '\ufe0e' || r == '\ufe0f' }

// words normalises a name for comparison: letter case, punctuation between words and runs of space do not matter, so
// that "In Review", "in-review" and "in_review" are one.
func words(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return unicode.IsSpace(r) || r == '-' || r == '_'
	}), " ")
}
