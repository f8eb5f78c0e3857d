package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// validate refuses in the words of the library that validates below /api/auth,
// which is another one than REST's: one sentence, and no echo of the input.
func (c *call) validate(op *operation) error {
	var sent any
	_ = json.Unmarshal(c.body, &sent) // readAuth has looked at it
	complaints := append(op.query.complaints("query", queryValues(c.query)), op.body.complaints("body", sent)...)
	if len(complaints) == 0 {
		return nil
	}
	return refuseCoded(http.StatusBadRequest, "VALIDATION_ERROR", strings.Join(complaints, "; "))
}

// complaints says what is wrong with a query or body: "[body.slug] Invalid input: …".
func (s shape) complaints(part string, value any) []string {
	if s == nil {
		return nil
	}
	fields, is := value.(map[string]any)
	if !is {
		return []string{"[" + part + "] " + mistyped("object", "Object", value).worded()}
	}
	var complaints []string
	for _, f := range s {
		for _, wrong := range f.faults(fields) {
			complaints = append(complaints, "["+part+"."+f.name+wrong.trail()+"] "+wrong.worded())
		}
	}
	return complaints
}

// faults looks at one field; one that is missing gets the complaint of its rule.
func (f field) faults(fields map[string]any) []fault {
	value, present := fields[f.name]
	if present {
		return f.accept(value)
	}
	if f.optional {
		return nil
	}
	faults := f.accept(nil)
	for i := range faults {
		faults[i].Received = "undefined"
	}
	return faults
}

// trail is where below its field a fault lies: ".name.0".
func (f fault) trail() string {
	var trail strings.Builder
	for _, at := range f.Path {
		fmt.Fprintf(&trail, ".%v", at.Key)
	}
	return trail.String()
}

// worded is a fault in that other library's words.
func (f fault) worded() string {
	switch f.Type {
	case "picklist":
		options := strings.Trim(*f.Expected, "()")
		if !strings.Contains(options, " | ") {
			return "Invalid input: expected " + options
		}
		return "Invalid option: expected one of " + strings.ReplaceAll(options, " | ", "|")
	case "min_length":
		return fmt.Sprintf("Too small: expected string to have %s characters", *f.Expected)
	case "custom":
		return f.Message
	}
	return "Invalid input: expected " + f.Type + ", received " + kindOf(f.Received)
}

// kindOf names the JSON type of what a fault received.
func kindOf(received string) string {
	switch received {
	case "undefined", "null":
		return received
	case "Array", "Object":
		return strings.ToLower(received)
	case "true", "false":
		return "boolean"
	}
	if strings.HasPrefix(received, `"`) {
		return "string"
	}
	return "number"
}

// custom is a rule whose complaint is the same whatever it received.
func custom(message string, fits func(any) bool) rule {
	return func(value any) []fault {
		if fits(value) {
			return nil
		}
		return []fault{complaint(message)}
	}
}

// complaint is a fault that says its message and nothing else.
func complaint(message string) fault { return fault{Type: "custom", Message: message} }

// roleNames wants one role, or several in an array.
func roleNames(value any) []fault {
	return custom("Invalid input", func(value any) bool {
		return len(text(value)) == 0 || len(list(0, text)(value)) == 0
	})(value)
}
