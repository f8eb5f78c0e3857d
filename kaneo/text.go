package kaneo

import (
	"errors"
	"net/url"
	"strings"
	"unicode/utf8"
)

var (
	errText  = errors.New("the text contains a NUL character or is not valid UTF-8, which Kaneo can not store")
	errNoID  = errors.New("an id is empty")
	errBadID = errors.New("an id contains dots or control characters, as no id of Kaneo's does")
)

// text refuses, when it is encoded, what makes Kaneo answer 500 or store something else (kaneo-api.md §7, §12).
type text string

// MarshalText implements encoding.TextMarshaler.
func (t text) MarshalText() ([]byte, error) {
	if strings.ContainsRune(string(t), 0) || !utf8.ValidString(string(t)) {
		return nil, errText
	}
	return []byte(t), nil
}

func storable(query url.Values) bool {
	for _, values := range query {
		if _, err := text(strings.Join(values, "")).MarshalText(); err != nil {
			return false
		}
	}
	return true
}

// escape makes a path in which each element stays one element. An empty id would name another route, and dots are not
// safe even when escaped, as proxies unescape and resolve them.
func escape(path []string) (string, error) {
	var b strings.Builder
	for _, element := range path {
		switch {
		case element == "":
			return "", errNoID
		case element == ".", strings.Contains(element, ".."), strings.ContainsFunc(element, isControl):
			return "", errBadID
		}
		b.WriteString("/" + url.PathEscape(element))
	}
	return b.String(), nil
}

func isControl(r rune) bool { return r < ' ' || r == utf8.RuneError }
