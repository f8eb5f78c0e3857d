package tools

import (
	"encoding/json"
	"fmt"
	"strings"

	"kaneo-mcp/board"
)

// consent is what a view waits for: nothing was done yet, and is only when the call is repeated with the code.
type consent struct{ code, sentence string }

// ask has the view wait for the consent to what it says would be lost; with names what the repeated call must carry
// beside the code.
func (v *View) ask(c board.Confirmation, with string) {
	v.consent = consent{c.Code, fmt.Sprintf(
		"Nothing was deleted yet. If the user agrees, call again with %sconfirm=%s (valid 10 minutes).", with, c.Code)}
}

// ConsentCode confirms the call that gave this view; empty when it waits for no consent.
func (v View) ConsentCode() string { return v.consent.code }

// questionLines is how much a person can be asked to read in a dialog.
const questionLines = 20

// Question is what would be lost, as it is put before a person: without the code, which is for a model.
func (v View) Question(explain func(error) string) string {
	texts := v.texts(explain)
	if more := len(texts) - questionLines; more > 0 {
		texts = append(texts[:questionLines], fmt.Sprintf("… and %d more.", more))
	}
	return strings.Join(texts, "\n")
}

// WithConsent puts a code into the arguments of a call that has answered with it.
func WithConsent(args []byte, code string) []byte {
	given, err := decode(args)
	object, ok := unquoted(given).(map[string]any)
	if err != nil || !ok {
		return args
	}
	object["confirm"] = code
	confirmed, err := json.Marshal(object)
	if err != nil {
		return args
	}
	return confirmed
}
