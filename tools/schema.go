package tools

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// Schema is a tool's input schema: as it is listed, and as it is checked.
type Schema struct {
	JSON json.RawMessage
	root *jsonschema.Schema
}

// SchemaOf derives the schema of an input struct: json tags name the parameters, jsonschema tags describe them, omitempty
// makes them optional; enums are those among its types. A type that has no schema is a slip in the program, which every
// test of the catalogue meets.
func SchemaOf[In any](enums ...Enum) Schema {
	root := derive(reflect.TypeFor[In](), typeSchemas(enums))
	text, err := schemaText(root)
	if err != nil {
		panic(err)
	}
	return Schema{text, root}
}

// Enum is a type of which only some values mean anything.
type Enum struct {
	of     reflect.Type
	schema *jsonschema.Schema
}

// EnumOf lists the values of an enum.
func EnumOf[T ~string](values ...T) Enum {
	s := &jsonschema.Schema{Type: "string"}
	for _, value := range values {
		s.Enum = append(s.Enum, string(value))
	}
	return Enum{reflect.TypeFor[T](), s}
}

func typeSchemas(enums []Enum) map[reflect.Type]*jsonschema.Schema {
	schemas := make(map[reflect.Type]*jsonschema.Schema, len(enums))
	for _, e := range enums {
		schemas[e.of] = e.schema
	}
	return schemas
}

// derive makes the schema of a type. The library could do it, but takes longer for the catalogue than the rest of the
// start, and allows null: one union with it makes some providers refuse a whole list of tools.
func derive(t reflect.Type, enums map[reflect.Type]*jsonschema.Schema) *jsonschema.Schema {
	if enum := enums[t]; enum != nil {
		return &jsonschema.Schema{Type: enum.Type, Enum: enum.Enum}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return derive(t.Elem(), enums)
	case reflect.Slice:
		return &jsonschema.Schema{Type: "array", Items: derive(t.Elem(), enums)}
	case reflect.Struct:
		return deriveObject(t, enums)
	case reflect.String:
		return &jsonschema.Schema{Type: "string"}
	case reflect.Bool:
		return &jsonschema.Schema{Type: "boolean"}
	case reflect.Int:
		return &jsonschema.Schema{Type: "integer"}
	default:
		panic("no parameter can be a " + t.String())
	}
}

func deriveObject(t reflect.Type, enums map[reflect.Type]*jsonschema.Schema) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "object", Properties: make(map[string]*jsonschema.Schema, t.NumField())}
	addFields(s, t, enums)
	return s
}

// addFields adds those of embedded structs as the struct's own.
func addFields(s *jsonschema.Schema, t reflect.Type, enums map[reflect.Type]*jsonschema.Schema) {
	for field := range t.Fields() {
		if field.Anonymous {
			addFields(s, field.Type, enums)
			continue
		}
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		property := derive(field.Type, enums)
		property.Description = field.Tag.Get("jsonschema")
		s.Properties[name] = property
		s.PropertyOrder = append(s.PropertyOrder, name)
		if options != "omitempty" {
			s.Required = append(s.Required, name)
		}
	}
}

// Decode checks and repairs arguments (a JSON object, or nothing) and puts them into in, a pointer to the struct that the
// schema was made of. Its errors are *[ArgumentError].
func (s Schema) Decode(args []byte, in any) error {
	checked, err := s.check(args)
	if err != nil {
		return err
	}
	if json.Unmarshal(checked, in) != nil {
		return badArguments("The arguments do not fit this tool's parameters.")
	}
	return nil
}
