package signpost

import (
	"strings"

	"rsc.io/qr"
)

// quiet is the empty margin that readers need, in modules.
const quiet = 4

// blackOnWhite is written the other way round: the blocks are the light modules, so that it can be read on any background.
const blackOnWhite = "\x1b[97;40m"

// qrCode is a link as a QR code in half blocks, two modules above each other in one character; empty where it does not fit.
func qrCode(link string, columns int) string {
	code, err := qr.Encode(link, qr.L)
	if err != nil || code.Size+2*quiet > columns {
		return ""
	}
	var b strings.Builder
	for y := -quiet; y < code.Size+quiet; y += 2 {
		b.WriteString(blackOnWhite)
		for x := -quiet; x < code.Size+quiet; x++ {
			b.WriteString(block(code.Black(x, y), code.Black(x, y+1)))
		}
		b.WriteString(normal + "\n")
	}
	b.WriteByte('\n')
	return b.String()
}

// block is a character of which the light modules are drawn.
func block(upperDark, lowerDark bool) string {
	switch {
	case upperDark && lowerDark:
		return " "
	case upperDark:
		return "▄"
	case lowerDark:
		return "▀"
	}
	return "█"
}
