package tools

import (
	"bytes"
	"encoding/json"
)

// schemaText writes a shape as JSON Schema, as it stands in the list of tools, with the properties in the order in which their
// struct has them. encoding/json would go over nested texts once a level, and a start waits for it.
func schemaText(s *shape) (json.RawMessage, error) {
	var w schemaWriter
	w.schema(s)
	return w.text.Bytes(), w.err
}

// schemaWriter keeps the first error.
type schemaWriter struct {
	text bytes.Buffer
	err  error
}

func (w *schemaWriter) schema(s *shape) {
	w.text.WriteString(`{"type":`)
	w.value(s.Type)
	if s.Type == "object" {
		w.properties(s)
	}
	if s.Items != nil {
		w.text.WriteString(`,"items":`)
		w.schema(s.Items)
	}
	if s.Description != "" {
		w.text.WriteString(`,"description":`)
		w.value(s.Description)
	}
	if len(s.Enum) > 0 {
		w.text.WriteString(`,"enum":`)
		w.value(s.Enum)
	}
	w.text.WriteByte('}')
}

// properties allows no others than those that are listed.
func (w *schemaWriter) properties(s *shape) {
	w.text.WriteString(`,"properties":{`)
	for i, name := range s.Order {
		if i > 0 {
			w.text.WriteByte(',')
		}
		w.value(name)
		w.text.WriteByte(':')
		w.schema(s.Properties[name])
	}
	w.text.WriteByte('}')
	if len(s.Required) > 0 {
		w.text.WriteString(`,"required":`)
		w.value(s.Required)
	}
	w.text.WriteString(`,"additionalProperties":false`)
}

func (w *schemaWriter) value(v any) {
	text, err := json.Marshal(v)
	if w.err == nil {
		w.err = err
	}
	w.text.Write(text)
}
