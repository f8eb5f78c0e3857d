package sandbox

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf16"
)

// text wants a string.
func text(value any) []fault { return typedAs[string]("string", value) }

// number wants a number.
func number(value any) []fault { return typedAs[float64]("number", value) }

// boolean wants true or false.
func boolean(value any) []fault { return typedAs[bool]("boolean", value) }

// record wants an object, whatever is in it.
func record(value any) []fault {
	if _, is := value.(map[string]any); !is {
		return []fault{mistyped("record", "Object", value)}
	}
	return nil
}

func typedAs[T any](name string, value any) []fault {
	if _, is := value.(T); !is {
		return []fault{mistyped(name, name, value)}
	}
	return nil
}

// nullable lets null pass as well.
func nullable(accept rule) rule {
	return func(value any) []fault {
		if value == nil {
			return nil
		}
		return accept(value)
	}
}

// oneOf wants one of the given texts.
func oneOf(options ...string) rule {
	quoted := make([]string, len(options))
	for i, option := range options {
		quoted[i] = quote(option)
	}
	expected := "(" + strings.Join(quoted, " | ") + ")"
	return func(value any) []fault {
		if s, is := value.(string); is && slices.Contains(options, s) {
			return nil
		}
		return []fault{mistyped("picklist", expected, value)}
	}
}

// list wants an array of what accept takes, with at least least of them.
func list(least int, accept rule) rule {
	return func(value any) []fault {
		items, is := value.([]any)
		if !is {
			return []fault{mistyped("array", "Array", value)}
		}
		var faults []fault
		for i, item := range items {
			faults = append(faults, below(step{"array", "value", raw(items), i, raw(item)}, accept(item))...)
		}
		if len(faults) == 0 && len(items) < least {
			faults = append(faults, outside("min_length", "length", ">=", least, len(items), value))
		}
		return faults
	}
}

// sized wants a text of least to most UTF-16 units; most 0 is unbounded.
func sized(least, most int) rule {
	return func(value any) []fault {
		s, is := value.(string)
		if !is {
			return text(value)
		}
		switch n := len(utf16.Encode([]rune(s))); {
		case n < least:
			return []fault{outside("min_length", "length", ">=", least, n, value)}
		case most > 0 && n > most:
			return []fault{outside("max_length", "length", "<=", most, n, value)}
		}
		return nil
	}
}

// outside is a length or value beyond a bound.
func outside(kind, what, sign string, bound, got int, value any) fault {
	expected, received := fmt.Sprintf("%s%d", sign, bound), fmt.Sprint(got)
	return fault{
		Kind: "validation", Type: kind, Input: raw(value), Expected: &expected, Received: received,
		Message:     "Invalid " + what + ": Expected " + expected + " but received " + received,
		Requirement: &bound,
	}
}

// whole wants an integer of at least least.
func whole(least int) rule {
	return func(value any) []fault {
		n, is := value.(float64)
		switch {
		case !is:
			return number(value)
		case n != math.Trunc(n):
			return []fault{{
				Kind: "validation", Type: "integer", Input: raw(value), Received: received(value),
				Message: "Invalid integer: Received " + received(value),
			}}
		}
		return between(least, math.MaxInt32)(value)
	}
}

// between wants a number from least to most.
func between(least, most int) rule {
	return func(value any) []fault {
		n, is := value.(float64)
		switch {
		case !is:
			return number(value)
		case n < float64(least):
			return []fault{outside("min_value", "value", ">=", least, int(n), value)}
		case n > float64(most):
			return []fault{outside("max_value", "value", "<=", most, int(n), value)}
		}
		return nil
	}
}
