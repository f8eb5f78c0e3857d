package tools

import (
	"fmt"
	"strings"

	"kaneo-mcp/board"
	"kaneo-mcp/kaneo"
)

// What one line tells of custom fields before it counts the rest.
const (
	fieldsShown  = 30
	optionsShown = 20
)

// fieldChanges reads "Sprint=14" and "Sprint=".
func fieldChanges(said []string) ([]board.FieldChange, error) {
	changes := make([]board.FieldChange, len(said))
	for i, one := range said {
		name, value, whole := strings.Cut(one, "=")
		if !whole {
			return nil, badArguments("fields[%d] must name a field and its value, such as Sprint=14.", i)
		}
		changes[i] = board.FieldChange{Field: name, Value: value}
	}
	return changes, nil
}

// fieldFacts says "Sprint 14; Points 3".
func fieldFacts(facts []board.FieldFact) string {
	told := worded(facts, func(f board.FieldFact) string { return short(f.Name) + " " + short(f.Value) })
	return some(told, "; ", fieldsShown)
}

// fieldDefinitions says "Points (number), Stage (dropdown: Alpha, Beta; required; default Alpha)".
func fieldDefinitions(desk *board.Desk, fields []kaneo.CustomField) string {
	told := worded(fields, func(f kaneo.CustomField) string {
		return fmt.Sprintf("%s (%s)", short(f.Name), fieldDefinition(desk, f))
	})
	return some(told, ", ", fieldsShown)
}

func fieldDefinition(desk *board.Desk, field kaneo.CustomField) string {
	told := []string{short(string(field.Type))}
	if len(field.Options) > 0 {
		told[0] += ": " + some(worded(field.Options, short), ", ", optionsShown)
	}
	if field.Required {
		told = append(told, "required")
	}
	if byDefault := desk.FieldDefault(field); byDefault != "" {
		told = append(told, "default "+short(byDefault))
	}
	return strings.Join(told, "; ")
}
