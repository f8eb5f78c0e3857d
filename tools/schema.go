package tools

import (
	"encoding/json"
	"reflect"
	"slices"

	"github.com/google/jsonschema-go/jsonschema"
)

// Schema is a tool's input schema: as it is schemaText, and as it is checked.
type Schema struct {
	JSON json.RawMessage
	root *jsonschema.Schema
}

// SchemaOf derives the schema of an input struct: json tags name the parameters, jsonschema tags describe them, omitempty
// makes them optional; enums are those among its types. A type that has no schema is a slip in the program, which every
// test of the catalogue meets.
func SchemaOf[In any](enums ...Enum) Schema {
	root, err := jsonschema.For[In](&jsonschema.ForOptions{TypeSchemas: typeSchemas(enums)})
	if err != nil {
		panic(err)
	}
	withoutNull(root)
	text, err := json.Marshal(schemaTextOf(root))
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

// withoutNull takes "null" out of every type. One union with null makes some providers refuse a whole list of tools, and
// an optional parameter can simply be left out.
func withoutNull(s *jsonschema.Schema) {
	if kept := slices.DeleteFunc(slices.Clone(s.Types), func(t string) bool { return t == "null" }); len(kept) == 1 {
		s.Type, s.Types = kept[0], nil
	}
	for _, property := range s.Properties {
		withoutNull(property)
	}
	if s.Items != nil {
		withoutNull(s.Items)
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
