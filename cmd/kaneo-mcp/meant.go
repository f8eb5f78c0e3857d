package main

import (
	"regexp"
	"strings"
)

// placeholder is what hosts pass literally when they do not know a variable: ${VAR}, $VAR, ${input:x}, ${user_config.x}.
var placeholder = regexp.MustCompile(`^\$(\{[^{}]*\}|[A-Za-z_][A-Za-z0-9_]*)$`)

// meant is a value as it was meant: empty, with the reason, for what a host left blank or did not fill in. The reason never
// repeats the value, which may be a key that merely looks like a placeholder.
func meant(raw string) (value, why string) {
	value = strings.TrimSpace(raw)
	switch {
	case value == "":
		return "", "is empty"
	case placeholder.MatchString(value):
		return "", "is a placeholder that was not filled in"
	}
	return value, ""
}
