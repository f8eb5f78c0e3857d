package board

import (
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// spellings are the ways in which people type a name whose letters their keyboard lacks: "Jürgen Groß" is also "Jurgen
// Gross" and "Juergen Gross". A name without such letters has none.
func spellings(name string) []string {
	bare, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn))), name)
	if err != nil || bare == norm.NFD.String(name) && !strings.Contains(name, "ß") {
		return nil
	}
	sharp := strings.NewReplacer("ß", "ss")
	wide := strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue", "ß", "ss")
	return []string{sharp.Replace(bare), wide.Replace(norm.NFC.String(name))}
}
