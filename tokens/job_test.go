package tokens_test

import (
	"strings"
)

// job is something that a person asks an agent for, what the agent calls for it, and what must come of it. A job that
// says nothing of changes must change nothing.
type job struct {
	asks  string
	calls []toolCall

	lists []that            // the answer has a line for each task of which all this holds, and for no other
	tells func(card) string // what was asked of each of these, beside its name; for the floor
	tally func(card) string // the answer counts the tasks of lists by this, a line each, instead
	says  []string          // the answer has these words

	sets []change // these tasks become so …
	adds []card   // … and these come into being, whose key is their project's; no other task changes
}

// toolCall is a call as a model writes it: <code> stands for the code that the answer before gave.
type toolCall struct{ tool, args string }

// once is the one call that most jobs take.
func once(tool, args string) []toolCall { return []toolCall{{tool, args}} }

// confirmed is a call that first answers what would be done, and a code for doing it.
func confirmed(tool, args string) []toolCall {
	return []toolCall{{tool, args}, {tool, strings.TrimSuffix(args, "}") + `, "confirm": "<code>"}`}}
}
