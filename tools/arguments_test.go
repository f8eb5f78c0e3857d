package tools

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// colour has one value that is not a prefix of another.
type colour string

type partIn struct {
	Name string   `json:"name" jsonschema:"What it is called"`
	Tags []string `json:"tags,omitempty" jsonschema:"Tags"`
}

// everythingIn has a parameter of each kind that tools have.
type everythingIn struct {
	Text    string   `json:"text,omitempty" jsonschema:"Some text"`
	Number  int      `json:"number,omitempty" jsonschema:"A number"`
	Truth   bool     `json:"truth,omitempty" jsonschema:"Yes or no"`
	List    []string `json:"list,omitempty" jsonschema:"Texts"`
	Numbers []int    `json:"numbers,omitempty" jsonschema:"Numbers"`
	Colour  colour   `json:"colour,omitempty" jsonschema:"A colour"`
	Colours []colour `json:"colours,omitempty" jsonschema:"Colours"`
	Parts   []partIn `json:"parts,omitempty" jsonschema:"Parts"`
}

func everything() Schema { return SchemaOf[everythingIn](EnumOf[colour]("red", "dark blue")) }

func TestArgumentsAreRepaired(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		args string
		want everythingIn
	}{
		"nothing":                     {``, everythingIn{}},
		"white space":                 {" \n", everythingIn{}},
		"null":                        {`null`, everythingIn{}},
		"as asked":                    {`{"text":"a","number":42,"truth":true,"list":["x"]}`, everythingIn{Text: "a", Number: 42, Truth: true, List: []string{"x"}}},
		"a null is left out":          {`{"text":null,"number":null,"list":null}`, everythingIn{}},
		"number as text":              {`{"number":"42"}`, everythingIn{Number: 42}},
		"number with spaces":          {`{"number":" 42 "}`, everythingIn{Number: 42}},
		"number as float":             {`{"number":42.0}`, everythingIn{Number: 42}},
		"truth as text":               {`{"truth":"true"}`, everythingIn{Truth: true}},
		"truth in capitals":           {`{"truth":"True"}`, everythingIn{Truth: true}},
		"truth as number":             {`{"truth":1}`, everythingIn{Truth: true}},
		"text as number":              {`{"text":12}`, everythingIn{Text: "12"}},
		"text as large number":        {`{"text":12345678901234567890}`, everythingIn{Text: "12345678901234567890"}},
		"text as truth":               {`{"text":false}`, everythingIn{Text: "false"}},
		"text in a list":              {`{"text":["a"]}`, everythingIn{Text: "a"}},
		"text stays as it is":         {`{"text":" [a], {b} \u0000"}`, everythingIn{Text: " [a], {b} \x00"}},
		"a lone text":                 {`{"list":"x"}`, everythingIn{List: []string{"x"}}},
		"a lone number":               {`{"list":7,"numbers":7}`, everythingIn{List: []string{"7"}, Numbers: []int{7}}},
		"commas":                      {`{"list":"x, y,,z "}`, everythingIn{List: []string{"x", "y", "z"}}},
		"commas within a list":        {`{"list":["x, y"]}`, everythingIn{List: []string{"x, y"}}},
		"a list as JSON text":         {`{"list":"[\"x, y\",\"z\"]"}`, everythingIn{List: []string{"x, y", "z"}}},
		"brackets, but no JSON":       {`{"list":"[x] y"}`, everythingIn{List: []string{"[x] y"}}},
		"JSON, but more behind it":    {`{"list":"[1] y"}`, everythingIn{List: []string{"[1] y"}}},
		"an empty text for a list":    {`{"list":""}`, everythingIn{}},
		"numbers as texts":            {`{"numbers":["1","2"]}`, everythingIn{Numbers: []int{1, 2}}},
		"enum in another case":        {`{"colour":" Dark Blue "}`, everythingIn{Colour: "dark blue"}},
		"enums with commas":           {`{"colours":"RED,dark blue"}`, everythingIn{Colours: []colour{"red", "dark blue"}}},
		"one object for a list":       {`{"parts":{"name":"a"}}`, everythingIn{Parts: []partIn{{Name: "a"}}}},
		"objects as JSON text":        {`{"parts":"[{\"name\":1,\"tags\":\"x,y\"}]"}`, everythingIn{Parts: []partIn{{"1", []string{"x", "y"}}}}},
		"an object as JSON in a list": {`{"parts":["{\"name\":\"a\"}"]}`, everythingIn{Parts: []partIn{{Name: "a"}}}},
		"one of several":              {`{"part":{"name":"a"},"colours":["red"]}`, everythingIn{Parts: []partIn{{Name: "a"}}, Colours: []colour{"red"}}},
		"several for one":             {`{"texts":["a"]}`, everythingIn{Text: "a"}},
		"all of it as JSON text":      {`"{\"text\":\"a\"}"`, everythingIn{Text: "a"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got everythingIn
			if err := everything().Decode([]byte(test.args), &got); err != nil {
				t.Fatal(err)
			}
			if len(got.List) == 0 {
				got.List = nil
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestArgumentsAreRefused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ args, want string }{
		"no JSON":             {`{"text":`, "The arguments are not valid JSON. Send one JSON object."},
		"two values":          {`{} {}`, "The arguments are not valid JSON. Send one JSON object."},
		"a list":              {`[1]`, "The arguments must be an object."},
		"a text":              {`"hello"`, "The arguments must be an object."},
		"unknown":             {`{"txt":"a"}`, `This tool has no parameter "txt". It takes: text, number, truth, list, numbers, colour, colours, parts.`},
		"unknown and hidden":  {`{"t\u200bx\nt":"a"}`, `This tool has no parameter "tx t". It takes: text, number, truth, list, numbers, colour, colours, parts.`},
		"unknown and long":    {`{"` + strings.Repeat("x", 5000) + `":1}`, `This tool has no parameter "` + strings.Repeat("x", 39) + `…". It takes: text, number, truth, list, numbers, colour, colours, parts.`},
		"unknown in a part":   {`{"parts":[{"name":"a","colour":"red"}]}`, `parts[0] has no parameter "colour". It takes: name, tags.`},
		"missing in a part":   {`{"parts":[{"name":"a"},{"tags":[]}]}`, "parts[1].name is missing: What it is called."},
		"null for a must":     {`{"parts":[{"name":null}]}`, "parts[0].name is missing: What it is called."},
		"no number":           {`{"number":"many"}`, "number must be a whole number."},
		"a fraction":          {`{"number":1.5}`, "number must be a whole number."},
		"too large":           {`{"number":1e300}`, "number must be a whole number."},
		"not a number at all": {`{"number":"NaN"}`, "number must be a whole number."},
		"number in a list":    {`{"number":[1]}`, "number must be a whole number."},
		"no truth":            {`{"truth":"perhaps"}`, "truth must be true or false."},
		"two texts":           {`{"text":["a","b"]}`, "text must be one text, not a list."},
		"object for a text":   {`{"text":{"a":1}}`, "text must be text."},
		"null in a list":      {`{"list":["a",null]}`, "list[1] must be text."},
		"object in a list":    {`{"list":[{"a":1}]}`, "list[0] must be text."},
		"text for an object":  {`{"parts":["a"]}`, "parts[0] must be an object."},
		"list in a part":      {`{"parts":[{"name":"a","tags":[["x","y"]]}]}`, "parts[0].tags[0] must be one text, not a list."},
		"no such value":       {`{"colour":"green"}`, "colour must be one of: red, dark blue."},
		"no such values":      {`{"colours":"red,green"}`, "colours[1] must be one of: red, dark blue."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got everythingIn
			err := everything().Decode([]byte(test.args), &got)
			argument, ok := errors.AsType[*ArgumentError](err)
			if !ok {
				t.Fatalf("error %v", err)
			}
			if diff := cmp.Diff(test.want, argument.Error()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzArguments: whatever comes is decoded or refused in a sentence, and what was repaired once needs no more repair.
func FuzzArguments(f *testing.F) {
	for _, seed := range []string{
		``, `null`, `{}`, `[]`, `"{}"`, `{"text":12,"number":"1e9","truth":"t","list":"[1]","parts":"{}"}`, `{"parts":[[[{}]]]}`,
		`{"number":9999999999999999999999}`, `{"colours":["RED",["red"]]}`, `{"\u0000":1}`, strings.Repeat("[", 500),
	} {
		f.Add(seed)
	}
	schema := everything()
	f.Fuzz(func(t *testing.T, args string) {
		var in everythingIn
		err := schema.Decode([]byte(args), &in)
		if err != nil {
			if _, ok := errors.AsType[*ArgumentError](err); !ok {
				t.Fatalf("error %T: %v", err, err)
			}
			return
		}
		text, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		var again everythingIn
		if err := schema.Decode(text, &again); err != nil {
			t.Errorf("%s is repaired to %s, which is refused: %v", args, text, err)
		}
	})
}
