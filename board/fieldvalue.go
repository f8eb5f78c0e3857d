package board

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"kaneo-mcp/kaneo"
)

// fieldValue is what Kaneo stores for what a person says of a custom field; "" takes the value away. Kaneo keeps all values
// as text, and checks some of them (kaneo-newer.md §12).
func (d *Desk) fieldValue(field kaneo.CustomField, said string) (value string, err error) {
	said = strings.TrimSpace(said)
	if said != "" && !d.empties(field, said) {
		value, err = d.typedValue(field, said)
	}
	if err == nil && value == "" && field.Required {
		err = mistakef("%s is required: it can be changed, but not emptied.", short(field.Name))
	}
	return value, err
}

// empties tells whether a word stands for no value. In a text it may be the text, and among options one of them.
func (d *Desk) empties(field kaneo.CustomField, said string) bool {
	return words(said) == none && field.Type != kaneo.TextField && !containsWords(field.Options, none)
}

func (d *Desk) typedValue(field kaneo.CustomField, said string) (string, error) {
	switch field.Type {
	case kaneo.NumberField:
		return numberValue(field, said)
	case kaneo.BooleanField:
		return booleanValue(field, said)
	case kaneo.DateField:
		return d.dateValue(said)
	case kaneo.DropdownField:
		return optionOf(field, said)
	case kaneo.MultiselectField:
		return optionsOf(field, said)
	case kaneo.TextField:
	}
	return said, nil // also of a type that came later: Kaneo knows better
}

func numberValue(field kaneo.CustomField, said string) (string, error) {
	n, err := strconv.ParseFloat(said, 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return "", mistakef("%s takes a number such as 3 or 2.5, not %q.", short(field.Name), short(said))
	}
	return strconv.FormatFloat(n, 'f', -1, 64), nil
}

func booleanValue(field kaneo.CustomField, said string) (string, error) {
	switch strings.ToLower(said) {
	case "yes", "true", "on", "1":
		return "true", nil
	case "no", "false", "off", "0":
		return "false", nil
	}
	return "", mistakef("%s takes yes or no, not %q.", short(field.Name), short(said))
}

// dateValue is a day without a time, which is what Kaneo's own date picker stores; a time that was given stays.
func (d *Desk) dateValue(said string) (string, error) {
	at, err := d.Date(said)
	if _, exact := time.Parse(time.RFC3339, said); exact == nil || err != nil {
		return said, err
	}
	return d.Day(at), nil
}

func optionOf(field kaneo.CustomField, said string) (string, error) {
	same := func(option string) string { return option }
	options := kind[string]{what: "option", names: func(option string) []string { return []string{option} }, title: same}
	return options.pick(said, " of "+short(field.Name), field.Options)
}

// optionsOf reads one option, a list with commas or a JSON list. They are kept in the field's order.
func optionsOf(field kaneo.CustomField, said string) (string, error) {
	var chosen []string
	for _, part := range parts(field, said) {
		option, err := optionOf(field, part)
		if err != nil {
			return "", err
		}
		chosen = append(chosen, option)
	}
	ordered := filter(field.Options, func(option string) bool { return slices.Contains(chosen, option) })
	if len(ordered) == 0 {
		return "", nil
	}
	text, err := json.Marshal(ordered)
	return string(text), err
}

func parts(field kaneo.CustomField, said string) []string {
	if containsWords(field.Options, words(said)) {
		return []string{said}
	}
	if several, packed := optionList(said); packed {
		return several
	}
	return filter(strings.Split(said, ","), func(part string) bool { return strings.TrimSpace(part) != "" })
}

// optionList reads how Kaneo stores several options.
func optionList(stored string) (options []string, ok bool) {
	err := json.Unmarshal([]byte(stored), &options)
	return options, err == nil
}

// fieldText is a stored value as people read it: "" when there is none.
func (d *Desk) fieldText(field kaneo.CustomField, stored string) string {
	stored = Plain(stored)
	switch field.Type {
	case kaneo.BooleanField:
		return cmp.Or(map[string]string{"true": "yes", "false": "no"}[stored], stored)
	case kaneo.DateField:
		if at, err := time.Parse(time.RFC3339, stored); err == nil {
			return d.Day(at)
		}
	case kaneo.NumberField:
		if number, err := numberValue(field, stored); err == nil {
			return number
		}
	case kaneo.MultiselectField:
		if several, packed := optionList(stored); packed {
			return strings.Join(several, ", ")
		}
	case kaneo.TextField, kaneo.DropdownField:
	}
	return stored
}
