package tools

import (
	"bytes"
	"encoding/json"

	"github.com/google/jsonschema-go/jsonschema"
)

// schemaText is the part of JSON Schema that inputs need, as it is written into the list of tools. The library's own encoder
// handles all of JSON Schema; over the whole catalogue it would take longer than the rest of the start.
type schemaText struct {
	Type        string       `json:"type"`
	Properties  *schemaParts `json:"properties,omitempty"`
	Required    []string     `json:"required,omitempty"`
	Strict      *strictness  `json:"additionalProperties,omitempty"`
	Items       *schemaText  `json:"items,omitempty"`
	Description string       `json:"description,omitempty"`
	Enum        []any        `json:"enum,omitempty"`
}

// strictness is written as false: no parameters but those schemaText.
type strictness struct{}

// MarshalJSON writes false.
func (strictness) MarshalJSON() ([]byte, error) { return []byte("false"), nil }

func schemaTextOf(s *jsonschema.Schema) *schemaText {
	if s == nil {
		return nil
	}
	l := &schemaText{Type: s.Type, Required: s.Required, Items: schemaTextOf(s.Items), Enum: s.Enum, Description: s.Description}
	if s.Type == "object" {
		l.Properties, l.Strict = &schemaParts{s}, &strictness{}
	}
	return l
}

// schemaParts are the properties of an object, in the order in which the struct has them.
type schemaParts struct{ of *jsonschema.Schema }

// MarshalJSON keeps the order.
func (p *schemaParts) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, name := range p.of.PropertyOrder {
		if i > 0 {
			b.WriteByte(',')
		}
		value, err := json.Marshal(schemaTextOf(p.of.Properties[name]))
		if err != nil {
			return nil, err
		}
		b.WriteString(`"` + name + `":`)
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
