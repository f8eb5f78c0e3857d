// Package signpost shows a person at a terminal how to sign in: the link, the code, a QR code where one fits, and the time that
// is left. Without a terminal it writes plain lines.
package signpost

import (
	"fmt"
	"io"
	"strings"
	"time"

	"kaneo-mcp/auth"
)

// Terminal is where it is shown.
type Terminal struct {
	Out     io.Writer
	Columns int  // 0: it is no terminal, or one that cannot rewrite a line
	Unicode bool // it shows block characters
}

const (
	bold   = "\x1b[1m"
	normal = "\x1b[0m"
)

// Show writes the steps, in the words of Kaneo's own page. The QR code comes first: what has to be read is never scrolled away.
func Show(t Terminal, p auth.Prompt, wantQR bool, now time.Time) {
	left := p.Expires.Sub(now)
	if t.Columns == 0 {
		t.write(plain(p, left))
		return
	}
	if wantQR && t.Unicode {
		t.write(qrCode(p.URL, t.Columns))
	}
	t.write(steps(p, bold+"    "+Spaced(p.UserCode)+normal))
}

func (t Terminal) write(text string) { _, _ = io.WriteString(t.Out, text) }

func steps(p auth.Prompt, code string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "To sign in to Kaneo at %s, open this link:\n\n    %s\n\nIt shows this code:\n\n%s\n\n", p.Instance, p.URL, code)
	b.WriteString("Press Continue, sign in with your own account if asked, then press Approve.\n")
	b.WriteString(footnotes(p))
	return b.String()
}

func plain(p auth.Prompt, left time.Duration) string {
	var b strings.Builder
	fmt.Fprintf(&b, "To sign in to Kaneo at %s, open this link:\n\n    %s\n\n", p.Instance, p.URL)
	fmt.Fprintf(&b, "It shows the code %s. Press Continue, sign in with your own account if asked, then press Approve.\n", p.UserCode)
	b.WriteString(footnotes(p))
	fmt.Fprintf(&b, "Waiting for up to %d minutes; Ctrl-C calls it off.\n", max(1, int(left.Minutes())))
	return b.String()
}

func footnotes(p auth.Prompt) string {
	text := "If you had to create an account, open the link again afterwards.\n"
	if p.OtherHost {
		text = fmt.Sprintf("The link leads to %s, which the Kaneo at %s names as its web address.\n", p.Host, p.Instance) + text
	}
	return text
}

// Spaced sets a code wide, in groups of four: for the eye. The page takes it without the spaces.
func Spaced(code string) string {
	var b strings.Builder
	for i, r := range strings.ReplaceAll(code, "-", "") {
		switch {
		case i > 0 && i%4 == 0:
			b.WriteString("   ")
		case i > 0:
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}
