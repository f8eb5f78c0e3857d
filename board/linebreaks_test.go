package board_test

import (
	"strings"
	"testing"

	"kaneo-mcp/board"
)

// TestWrittenLineBreaks are mended where they are plainly meant as such, and nowhere else. "¶" is where a line should end.
func TestWrittenLineBreaks(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.desk(t, "owner")
	for text, want := range map[string]string{
		// What models write.
		`First line.\nSecond line.`:                    `First line.¶Second line.`,
		`## Plan\n\n- [ ] Write a test\n- [ ] Fix it`:  `## Plan¶¶- [ ] Write a test¶- [ ] Fix it`,
		`Steps to reproduce:\n1. open it\n2. click`:    `Steps to reproduce:¶1. open it¶2. click`,
		`steps:\nopen the page\nclick`:                 `steps:¶open the page¶click`,
		`Summary\r\nDetails`:                           `Summary¶Details`,
		`Option A:\nThe cheap one.\nOption B:\n- Wait`: `Option A:¶The cheap one.¶Option B:¶- Wait`,
		`- a\n  - b`:                             `- a¶  - b`,
		"Run:\\n\\n```\\ngo test\\ngo vet\\n```": "Run:¶¶```¶go test¶go vet¶```",
		`概要\n詳細`:                                 `概要¶詳細`,
		`| a | b |\n| - | - |\n| 1 | 2 |`:        `| a | b |¶| - | - |¶| 1 | 2 |`,
		`Done.\n`:                                `Done.`,

		// What people and programs write.
		`C:\new`:                            `C:\new`,
		`Install to C:\new\notes first`:     `Install to C:\new\notes first`,
		`See C:\Users\nina\notes.txt.`:      `See C:\Users\nina\notes.txt.`,
		`Copy .\new to ..\next`:             `Copy .\new to ..\next`,
		`The share is \\nas\new.`:           `The share is \\nas\new.`,
		`Log in as corp\nina`:               `Log in as corp\nina`,
		`Match \d+\n and \s*\n$`:            `Match \d+\n and \s*\n$`,
		`Match [^\n]* up to the end`:        `Match [^\n]* up to the end`,
		"Split on `\\n` and join":           "Split on `\\n` and join",
		`Split on \n and join with ","`:     `Split on \n and join with ","`,
		`fmt.Print("a\n")`:                  `fmt.Print("a\n")`,
		`Escape it as \\nOTE`:               `Escape it as \\nOTE`,
		`The gradient \nabla f`:             `The gradient \nabla f`,
		"It has a real one\nand `\\n` too.": "It has a real one¶and `\\n` too.",

		// Both at once.
		`Install to C:\new.\n\nThen split on \d\n there.`: `Install to C:\new.\n\nThen split on \d\n there.`,
		"Split on `\\n`.\\n\\nThen see C:\\src\\new .":    "Split on `\\n`.¶¶Then see C:\\src\\new .",
	} {
		change(t, desk, "WEB-6", board.Change{Description: "x"})
		change(t, desk, "WEB-6", board.Change{Description: text})
		card, err := desk.Card(t.Context(), "WEB-6")
		if got := strings.TrimRight(card.Task.Description, "\n"); err != nil || got != strings.ReplaceAll(want, "¶", "\n") {
			t.Errorf("%s\nbecame %q\nwant   %q, %v", text, got, want, err)
		}
	}
}
