package tools

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"kaneo-mcp/board"
)

// ArgumentError says in one sentence which argument does not fit, and what would.
type ArgumentError struct{ Sentence string }

func (e *ArgumentError) Error() string { return e.Sentence }

func badArguments(format string, args ...any) error {
	return &ArgumentError{fmt.Sprintf(format, args...)}
}

// check repairs what models habitually get wrong, refuses what is left, and returns the arguments as JSON.
func (s Schema) check(args []byte) ([]byte, error) {
	if text := string(bytes.TrimSpace(args)); text == "" || text == "null" {
		args = []byte("{}")
	}
	given, err := decode(args)
	if err != nil {
		return nil, badArguments("The arguments are not valid JSON. Send one JSON object.")
	}
	mended, err := mend(s.root, given, "")
	if err != nil {
		return nil, err
	}
	return json.Marshal(mended)
}

// decode keeps numbers as they were written, so that 12 can become "12". Text after the value is an error: "[1] Fix it" is
// not a list.
func decode(text []byte) (value any, err error) {
	if !json.Valid(text) {
		return nil, errNotJSON
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	err = decoder.Decode(&value)
	return value, err
}

var errNotJSON = errors.New("not one JSON value")

// mend brings a value into the shape that a schema wants, as far as its meaning is plain: label for labels, "42" for 42, "true" for true,
// 12 for "12", one thing for a list of one, a list written with commas or as JSON inside a string. at names the value in errors.
func mend(s *shape, value any, at string) (any, error) {
	switch s.Type {
	case "object":
		return mendObject(s, unquoted(value), at)
	case "array":
		return mendArray(s, unquoted(value), at)
	case "integer":
		return mendInteger(value, at)
	case "boolean":
		return mendBoolean(value, at)
	default:
		return mendString(s, value, at)
	}
}

// unquoted reads a list or an object that was written as JSON inside a string.
func unquoted(value any) any {
	text, ok := value.(string)
	if !ok || !strings.ContainsAny(firstRune(text), "[{") {
		return value
	}
	inner, err := decode([]byte(text))
	if err != nil {
		return value
	}
	return inner
}

func firstRune(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	return text[:1]
}

func mendObject(s *shape, value any, at string) (any, error) {
	object, ok := value.(map[string]any)
	if !ok {
		return nil, badArguments("%s must be an object.", cmp.Or(at, "The arguments"))
	}
	mended := make(map[string]any, len(object))
	for _, given := range slices.Sorted(maps.Keys(object)) {
		if object[given] == nil {
			continue // null is how some models leave an argument out
		}
		name := s.named(given)
		if _, both := object[name]; name == "" || both && name != given {
			return nil, badArguments("%s has no parameter %q. It takes: %s.",
				cmp.Or(at, "This tool"), board.Plain(cut(given, 40)), strings.Join(s.Order, ", "))
		}
		fixed, err := mend(s.Properties[name], object[given], path(at, name))
		if err != nil {
			return nil, err
		}
		mended[name] = fixed
	}
	for _, name := range s.Required {
		if _, there := mended[name]; !there {
			return nil, badArguments("%s is missing: %s.", path(at, name), s.Properties[name].Description)
		}
	}
	return mended, nil
}

// named is the parameter that a name means: "status" where there are only "statuses", and the other way round; "" for none.
func (s *shape) named(given string) string {
	for _, name := range []string{
		given, given + "s", given + "es", strings.TrimSuffix(given, "y") + "ies",
		strings.TrimSuffix(given, "s"), strings.TrimSuffix(given, "es"), strings.TrimSuffix(given, "ies") + "y",
	} {
		if s.Properties[name] != nil {
			return name
		}
	}
	return ""
}

func mendArray(s *shape, value any, at string) (any, error) {
	list, ok := value.([]any)
	if !ok {
		list = listOf(value, s.Items)
	}
	mended := make([]any, 0, len(list))
	for i, item := range list {
		fixed, err := mend(s.Items, item, fmt.Sprintf("%s[%d]", at, i))
		if err != nil {
			return nil, err
		}
		mended = append(mended, fixed)
	}
	return mended, nil
}

// listOf makes a list of what should have been one: "WEB-1, WEB-2" is two, anything else is a list of one.
func listOf(value any, items *shape) []any {
	text, ok := value.(string)
	if !ok || items.Type != "string" {
		return []any{value}
	}
	var list []any
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

func mendInteger(value any, at string) (any, error) {
	n, err := strconv.ParseFloat(strings.TrimSpace(fmt.Sprint(value)), 64)
	if err != nil || n != math.Trunc(n) || math.Abs(n) > math.MaxInt32 {
		return nil, badArguments("%s must be a whole number.", at)
	}
	return int(n), nil
}

func mendBoolean(value any, at string) (any, error) {
	truth, err := strconv.ParseBool(strings.ToLower(strings.TrimSpace(fmt.Sprint(value))))
	if err != nil {
		return nil, badArguments("%s must be true or false.", at)
	}
	return truth, nil
}

func mendString(s *shape, value any, at string) (any, error) {
	var text string
	switch v := value.(type) {
	case string:
		text = v
	case json.Number, bool:
		text = fmt.Sprint(v)
	case []any:
		if len(v) == 1 {
			return mendString(s, v[0], at)
		}
		return nil, badArguments("%s must be one text, not a list.", at)
	default:
		return nil, badArguments("%s must be text.", at)
	}
	if len(s.Enum) == 0 {
		return text, nil
	}
	return mendEnum(s, text, at)
}

func mendEnum(s *shape, text, at string) (any, error) {
	for _, allowed := range s.Enum {
		if strings.EqualFold(strings.TrimSpace(text), allowed) {
			return allowed, nil
		}
	}
	return nil, badArguments("%s must be one of: %s.", at, strings.Join(s.Enum, ", "))
}

func path(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}
