package board_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"kaneo-mcp/board"
)

func TestPlain(t *testing.T) {
	t.Parallel()
	family := "\U0001f468\u200d\U0001f469\u200d\U0001f467"
	tests := map[string]struct{ text, plain, lines string }{
		"nothing":                  {"", "", ""},
		"words":                    {" two  words ", "two words", "two  words"},
		"lines":                    {"a\r\nb\n\n\tc\n", "a b c", "a\nb\n\n\tc"},
		"lone return":              {"safe\rforged", "safe forged", "safe forged"},
		"control":                  {"a\x00b\x1b[31mc\x7f", "a b [31mc", "a b [31mc"},
		"C1 control":               {"a\u0085b\u009bc", "a b c", "a b c"},
		"separators":               {"a\u2028b\u2029c", "a b c", "a b c"},
		"zero width":               {"pass\u200bword\ufeff\u2060!", "password!", "password!"},
		"soft hyphen":              {"soft\u00adhyphen", "softhyphen", "softhyphen"},
		"direction":                {"\u202egnp.exe\u202c \u2066x\u2069", "gnp.exe x", "gnp.exe x"},
		"tags":                     {"hi\U000e0001\U000e0068\U000e0069\U000e007f", "hi", "hi"},
		"variation":                {"\u2764\ufe0f ok\U000e0100\U000e01ef\ufe00", "\u2764\ufe0f ok", "\u2764\ufe0f ok"},
		"blank letters":            {"a\u3164b\u115fc\uffa0", "abc", "abc"},
		"private use":              {"a\ue000\U000f0000b", "ab", "ab"},
		"not UTF-8":                {"a\xff\ufffdb", "ab", "ab"},
		"joined emoji":             {family, family, family},
		"Persian":                  {"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"},
		"accents":                  {"e\u0301 \u00e9 \u00df", "e\u0301 \u00e9 \u00df", "e\u0301 \u00e9 \u00df"},
		"other spaces":             {"a\u00a0\u3000b", "a b", "a\u00a0\u3000b"},
		"only what nobody can see": {"\u200b\u202e \x01", "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := board.Plain(tt.text); got != tt.plain {
				t.Errorf("one line: %q, want %q", got, tt.plain)
			}
			if got := board.PlainText(tt.text); got != tt.lines {
				t.Errorf("lines: %q, want %q", got, tt.lines)
			}
		})
	}
}

// FuzzPlain wants one line, or lines, of valid text without anything invisible but joiners, and no change at a second go.
func FuzzPlain(f *testing.F) {
	for _, seed := range []string{"", "a\r\nb", "\u200d\U000e0041", "\xff\xfe", "a \t b", "\r\r\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		line, lines := board.Plain(text), board.PlainText(text)
		if board.Plain(line) != line || board.PlainText(lines) != lines {
			t.Errorf("not settled: %q, %q", line, lines)
		}
		if strings.ContainsAny(line, "\r\n\t") || !utf8.ValidString(line+lines) {
			t.Errorf("%q, %q", line, lines)
		}
		for _, r := range strings.NewReplacer("\n", "", "\t", "", "\u200c", "", "\u200d", "").Replace(lines) {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
				t.Errorf("%U in %q", r, lines)
			}
		}
	})
}
