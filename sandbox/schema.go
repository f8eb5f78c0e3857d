package sandbox

import (
	"encoding/json"
	"math"
	"net/http"
	"net/url"
)

// shape is what validation accepts of a query or a body: the named fields;
// unknown ones are ignored.
type shape []field

type field struct {
	name     string
	optional bool
	accept   rule
}

func must(name string, accept rule) field { return field{name: name, accept: accept} }
func may(name string, accept rule) field  { return field{name: name, optional: true, accept: accept} }

// rule looks at one JSON value and says what is wrong with it.
type rule func(value any) []fault

// fault is one complaint, in the form of Kaneo's validation library
// (kaneo-api.md §2, error body 2).
type fault struct {
	Kind        string          `json:"kind"`
	Type        string          `json:"type"`
	Input       json.RawMessage `json:"input,omitempty"`
	Expected    *string         `json:"expected"`
	Received    string          `json:"received"`
	Message     string          `json:"message"`
	Requirement *int            `json:"requirement,omitempty"`
	Path        []step          `json:"path,omitempty"`
}

// step is one key on the way to the faulty value.
type step struct {
	Type   string          `json:"type"`
	Origin string          `json:"origin"`
	Input  json.RawMessage `json:"input"`
	Key    any             `json:"key"` // a name, or an index
	Value  json.RawMessage `json:"value,omitempty"`
}

// check refuses with the whole input and everything wrong with it, as Kaneo does.
func (s shape) check(value any) error {
	if s == nil {
		return nil
	}
	faults := object(s)(value)
	if len(faults) == 0 {
		return nil
	}
	return refusal{answer(http.StatusBadRequest, struct {
		Data    any     `json:"data"`
		Error   []fault `json:"error"`
		Success bool    `json:"success"`
	}{value, faults, false})}
}

// object wants the fields of a shape.
func object(s shape) rule {
	return func(value any) []fault {
		fields, is := value.(map[string]any)
		if !is {
			return []fault{mistyped("object", "Object", value)}
		}
		var faults []fault
		for _, f := range s {
			faults = append(faults, f.check(fields)...)
		}
		return faults
	}
}

func (f field) check(fields map[string]any) []fault {
	value, present := fields[f.name]
	switch {
	case present:
		return below(step{"object", "value", raw(fields), f.name, raw(value)}, f.accept(value))
	case f.optional:
		return nil
	}
	key := quote(f.name)
	return []fault{{
		Kind: "schema", Type: "object", Expected: &key, Received: "undefined",
		Message: "Invalid key: Expected " + key + " but received undefined",
		Path:    []step{{Type: "object", Origin: "key", Input: raw(fields), Key: f.name}},
	}}
}

// below puts a step before the paths of faults found deeper.
func below(at step, faults []fault) []fault {
	for i := range faults {
		faults[i].Path = append([]step{at}, faults[i].Path...)
	}
	return faults
}

func mistyped(kind, expected string, value any) fault {
	received := received(value)
	return fault{
		Kind: "schema", Type: kind, Input: raw(value), Expected: &expected, Received: received,
		Message: "Invalid type: Expected " + expected + " but received " + received,
	}
}

// received names a value the way the library does.
func received(value any) string {
	switch v := value.(type) {
	case []any:
		return "Array"
	case map[string]any:
		return "Object"
	case float64:
		if math.IsNaN(v) {
			return "NaN"
		}
	}
	return string(raw(value))
}

// raw is a value that came out of JSON, as JSON again; what has no JSON is null.
func raw(value any) json.RawMessage {
	encoded, err := encode(value)
	if err != nil {
		return json.RawMessage("null")
	}
	return encoded
}

func quote(s string) string { return string(raw(s)) }

// queryValues is a query as validation sees it: a repeated name is an array.
func queryValues(q url.Values) any {
	values := map[string]any{}
	for name, all := range q {
		if len(all) == 1 {
			values[name] = all[0]
			continue
		}
		list := []any{}
		for _, one := range all {
			list = append(list, one)
		}
		values[name] = list
	}
	return values
}
