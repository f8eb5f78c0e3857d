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
	told := make([]string, len(facts))
	for i, fact := range facts {
		told[i] = short(fact.Name) + " " + short(fact.Value)
	}
	return some(told, "; ", fieldsShown)
}

// fieldDefinitions says "Points (number), Stage (dropdown: Alpha, Beta; required; default Alpha)".
func fieldDefinitions(desk *board.Desk, fields []kaneo.CustomField) string {
	told := make([]string, len(fields))
	for i, field := range fields {
		told[i] = fmt.Sprintf("%s (%s)", short(field.Name), fieldDefinition(desk, field))
	}
	return some(told, ", ", fieldsShown)
}

func fieldDefinition(desk *board.Desk, field kaneo.CustomField) string {
	told := []string{short(string(field.Type))}
	if len(field.Options) > 0 {
		options := make([]string, len(field.Options))
		for i, option := range field.Options {
			options[i] = short(option)
		}
		told[0] += ": " + some(options, ", ", optionsShown)
	}
	if field.Required {
		told = append(told, "required")
	}
	if byDefault := desk.FieldDefault(field); byDefault != "" {
		told = append(told, "default "+short(byDefault))
	}
	return strings.Join(told, "; ")
}

// some joins the first few of what there is.
func some(all []string, between string, most int) string {
	if len(all) <= most {
		return strings.Join(all, between)
	}
	return fmt.Sprintf("%s and %d more", strings.Join(all[:most], between), len(all)-most)
}
