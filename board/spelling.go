package board

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// spellings are the ways in which people type a text whose letters their keyboard lacks: "Jürgen Groß" is also "Jurgen
// Gross", "Juergen Gross" and, without an ß only, "Jürgen Gross". A text without such letters has none.
func spellings(text string) []string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) {
		return nil
	}
	apart := norm.NFD.String(text)
	bare := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, apart)
	if bare == apart && !strings.Contains(text, "ß") {
		return nil
	}
	sharp := strings.NewReplacer("ß", "ss")
	wide := strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue", "ß", "ss")
	composed := norm.NFC.String(text)
	return []string{sharp.Replace(bare), wide.Replace(composed), sharp.Replace(composed)}
}
