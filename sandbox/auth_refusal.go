package sandbox

import (
	"regexp"
	"strings"
)

// authFault is the error body below /api/auth (kaneo-api.md §2, error body 4).
type authFault struct {
	Message string `json:"message"`
	Code    string `json:"code,omitempty"`
}

// refuseCoded refuses with a code of its own; some refusals have none.
func refuseCoded(status int, code, message string) error {
	return refusal{answer(status, authFault{message, code})}
}

var punctuation = regexp.MustCompile(`[^A-Z0-9_ ]`)

// refuseAuth refuses with the code that is the message in capitals, as nearly
// all of them are: "Member not found" is MEMBER_NOT_FOUND.
func refuseAuth(status int, message string) error {
	code := punctuation.ReplaceAllString(strings.ToUpper(message), "")
	return refuseCoded(status, strings.ReplaceAll(code, " ", "_"), message)
}
