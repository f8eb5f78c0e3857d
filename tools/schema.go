package tools

import (
	"encoding/json"
	"reflect"
	"strings"
)

// Schema is a tool's input schema: as it is listed, and as it is checked.
type Schema struct {
	JSON json.RawMessage
	root *shape
}

// shape is the part of JSON Schema that inputs need. A library's schema has all of it, is many times as large, and would be
// most of what a start has to make.
type shape struct {
	Type        string // object, array, string, integer or boolean
	Description string
	Enum        []string
	Items       *shape
	Properties  map[string]*shape
	Order       []string // of the properties
	Required    []string
}

// SchemaOf derives the schema of an input struct: json tags name the parameters, jsonschema tags describe them, inside tags
// describe all that is in them, omitempty makes them optional; enums are those among its types. A type that has no schema is a
// slip in the program, which every test of the catalogue meets.
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
	schema *shape
}

// EnumOf lists the values of an enum.
func EnumOf[T ~string](values ...T) Enum {
	s := &shape{Type: "string"}
	for _, value := range values {
		s.Enum = append(s.Enum, string(value))
	}
	return Enum{reflect.TypeFor[T](), s}
}

func typeSchemas(enums []Enum) map[reflect.Type]*shape {
	schemas := make(map[reflect.Type]*shape, len(enums))
	for _, e := range enums {
		schemas[e.of] = e.schema
	}
	return schemas
}

// derive makes the shape of a type. null is no part of any: one union with it makes some providers refuse a whole list of
// tools.
func derive(t reflect.Type, enums map[reflect.Type]*shape) *shape {
	if enum := enums[t]; enum != nil {
		return &shape{Type: enum.Type, Enum: enum.Enum}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return derive(t.Elem(), enums)
	case reflect.Slice:
		return &shape{Type: "array", Items: derive(t.Elem(), enums)}
	case reflect.Struct:
		return deriveObject(t, enums)
	case reflect.String:
		return &shape{Type: "string"}
	case reflect.Bool:
		return &shape{Type: "boolean"}
	case reflect.Int:
		return &shape{Type: "integer"}
	default:
		panic("no parameter can be a " + t.String())
	}
}

func deriveObject(t reflect.Type, enums map[reflect.Type]*shape) *shape {
	s := &shape{Type: "object", Properties: make(map[string]*shape, t.NumField())}
	addFields(s, t, enums)
	return s
}

// addFields adds those of embedded structs as the struct's own.
func addFields(s *shape, t reflect.Type, enums map[reflect.Type]*shape) {
	for field := range t.Fields() {
		if field.Anonymous {
			addFields(s, field.Type, enums)
			continue
		}
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		property := derive(field.Type, enums)
		property.Description = field.Tag.Get("jsonschema")
		if inside, alike := field.Tag.Lookup("inside"); alike {
			property.describeAll(inside)
		}
		s.Properties[name] = property
		s.Order = append(s.Order, name)
		if options != "omitempty" {
			s.Required = append(s.Required, name)
		}
	}
}

// describeAll says the same of every property: a list of tools has no room to describe them twice.
func (s *shape) describeAll(text string) {
	for _, property := range s.Properties {
		property.Description = text
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
