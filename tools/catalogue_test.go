package tools

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mark3labs/mcp-go/mcp"
)

var snakeCase = regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)

// TestToolsAsListed holds every tool to what hosts and models need (tool-guide.md "What was measured").
func TestToolsAsListed(t *testing.T) {
	t.Parallel()
	var files []string
	for _, tool := range New(nil, Selection{Toolsets: []string{AllToolsets}}).Tools() {
		file := tool.Name + ".json"
		if slices.Contains(files, file) {
			t.Errorf("%s is there twice", tool.Name)
		}
		files = append(files, file)
		t.Run(tool.Name, func(t *testing.T) {
			t.Parallel()
			if !snakeCase.MatchString(tool.Name) || tool.Title == "" {
				t.Errorf("name %q, title %q", tool.Name, tool.Title)
			}
			if n := len(tool.About); n == 0 || n >= 1024 {
				t.Errorf("the description has %d bytes", n)
			}
			checkSchema(t, tool.schema().JSON)
			golden(t, "list/"+file, indented(t, tool.MCP()))
		})
	}
	nothingElse(t, "list", files)
}

func indented(t *testing.T, tool mcp.Tool) string {
	t.Helper()
	listed, err := json.Marshal(tool)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, listed, "", "  "); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// listed is as much of a schema as is ever listed; anything else is unknown to json's strict decoder.
type listed struct {
	Type        string            `json:"type"` // a union would be a list, which does not decode
	Description string            `json:"description"`
	Enum        []string          `json:"enum"`
	Items       *listed           `json:"items"`
	Properties  map[string]listed `json:"properties"`
	Required    []string          `json:"required"`
	Additional  *bool             `json:"additionalProperties"`
}

func checkSchema(t *testing.T, text []byte) {
	t.Helper()
	var root listed
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields() // anyOf, oneOf, pattern, format, …
	if err := decoder.Decode(&root); err != nil {
		t.Fatalf("the schema has what it should not have: %v\n%s", err, text)
	}
	if root.Type != "object" {
		t.Errorf("type %q", root.Type)
	}
	checkPart(t, "", root)
}

func checkPart(t *testing.T, at string, s listed) {
	t.Helper()
	switch s.Type {
	case "object":
		if s.Additional == nil || *s.Additional {
			t.Errorf("%q takes additional properties", at)
		}
		for name, property := range s.Properties {
			if property.Description == "" {
				t.Errorf("%s has no description", path(at, name))
			}
			checkPart(t, path(at, name), property)
		}
	case "array":
		if s.Items == nil {
			t.Fatalf("%s has no items", at)
		}
		checkPart(t, at+"[]", *s.Items)
	case "string", "integer", "boolean":
	default:
		t.Errorf("%s has the type %q", at, s.Type)
	}
}

func TestEffectsAsHints(t *testing.T) {
	t.Parallel()
	for effect, want := range map[Effect][4]bool{ // read-only, destructive, idempotent, open world
		Reads:    {true, false, true, false},
		Adds:     {false, false, false, false},
		Sets:     {false, false, true, false},
		Alters:   {false, false, false, false},
		Destroys: {false, true, false, false},
	} {
		a := effect.Annotations()
		got := [4]bool{*a.ReadOnlyHint, *a.DestructiveHint, *a.IdempotentHint, *a.OpenWorldHint}
		if got != want {
			t.Errorf("effect %d: hints %v, want %v", effect, got, want)
		}
	}
}

// TestNamesFitEffects keeps a slip in a tool's effect from hiding: its name says what it does.
func TestNamesFitEffects(t *testing.T) {
	t.Parallel()
	effects := map[string]Effect{
		"get": Reads, "list": Reads, "search": Reads, "whoami": Reads, "create": Adds, "add": Adds,
		"update": Sets, "edit": Sets, "undo": Sets, "my": Reads, "what": Reads, "delete": Destroys,
		"link": Sets, "unlink": Sets, "log": Adds, "start": Sets, "stop": Sets, "time": Reads, "mark": Sets, "attach": Adds, "branch": Reads,
		"reorder": Sets, "set": Sets, "invite": Adds, "cancel": Sets,
	}
	growing := []string{"update_tasks", "edit_description"} // comments, dates moved by a week, appended text
	for _, tool := range New(nil, Selection{Toolsets: []string{AllToolsets}}).Tools() {
		verb, _, _ := strings.Cut(tool.Name, "_")
		want, known := effects[verb]
		if slices.Contains(growing, tool.Name) {
			want = Alters
		}
		if !known || tool.Effect != want {
			t.Errorf("%s has effect %d, want %d (known: %t)", tool.Name, tool.Effect, want, known)
		}
	}
}

// TestParametersKeepTheirOrder: models read the first ones first.
func TestParametersKeepTheirOrder(t *testing.T) {
	t.Parallel()
	text := string(listTasks.schema().JSON)
	var places []int
	for _, name := range listTasks.schema().root.Order {
		places = append(places, strings.Index(text, `"`+name+`":{`))
	}
	if !slices.IsSorted(places) || places[0] < 0 {
		t.Errorf("order %v in %s", places, text)
	}
	if first := listTasks.schema().root.Order[0]; first != "projects" {
		t.Errorf("the first parameter is %s", first)
	}
}

func TestToolsetsHoldEveryToolOnce(t *testing.T) {
	t.Parallel()
	var sets, names []string
	for _, set := range Toolsets() {
		if set.About == "" {
			t.Errorf("%s is not described", set.Name)
		}
		sets = append(sets, set.Name)
		for _, tool := range set.Tools {
			names = append(names, tool.Name)
		}
	}
	if diff := cmp.Diff([]string{"board", "tasks", "talk", "overview", "people", "time", "labels", "inbox", "files", "git", "admin"}, sets); diff != "" {
		t.Errorf("toolsets (-want +got):\n%s", diff)
	}
	var catalogue []string
	for _, tool := range New(nil, Selection{Toolsets: []string{AllToolsets}}).Tools() {
		catalogue = append(catalogue, tool.Name)
	}
	if diff := cmp.Diff(names, catalogue); diff != "" {
		t.Errorf("tools (-toolsets +catalogue):\n%s", diff)
	}
}
