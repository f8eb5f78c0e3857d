package profile

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/pelletier/go-toml/v2/unstable"
)

// Read reads the file; allowed are the keys of a profile. A file that is not there has no profiles. The error is a *[Mistake].
func Read(path string, allowed []string) (File, error) {
	file := File{Path: path}
	text, err := os.ReadFile(path)
	switch {
	case path == "", errors.Is(err, fs.ErrNotExist):
		return file, nil
	case err != nil:
		return file, &Mistake{Path: path, Text: "it cannot be read: " + cause(err).Error()}
	}
	r := reader{file: file, allowed: allowed}
	r.parser.Reset(text)
	return r.file, r.read()
}

// cause is a file error without the path.
func cause(err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err
	}
	return err
}

// reader walks the file one expression at a time: only so every value keeps its line.
type reader struct {
	file    File
	allowed []string
	parser  unstable.Parser
}

func (r *reader) read() error {
	for r.parser.NextExpression() {
		if err := r.take(r.parser.Expression()); err != nil {
			return err
		}
	}
	return r.syntax(r.parser.Error())
}

// syntax words what the parser says. Its own text may quote the file.
func (r *reader) syntax(err error) error {
	if err == nil {
		return nil
	}
	line := 0
	if at, ok := errors.AsType[*unstable.ParserError](err); ok {
		line = r.lineOf(at.Highlight)
	}
	return r.mistake(line, `this is not TOML; a profile looks like [profiles.work], with lines such as api_url = "https://kaneo.example"`)
}

func (r *reader) mistake(line int, format string, args ...any) error {
	return &Mistake{Path: r.file.Path, Line: line, Text: fmt.Sprintf(format, args...)}
}

// lineOf is the line, from 1, in which a piece of the file begins; 0 for one that is empty, which has no place.
func (r *reader) lineOf(piece []byte) int {
	if len(piece) == 0 {
		return 0
	}
	at := int(r.parser.Range(piece).Offset)
	return 1 + bytes.Count(r.parser.Data()[:at], []byte("\n"))
}

// words is a dotted key, and the line it stands in.
func (r *reader) words(key unstable.Iterator) (words []string, line int) {
	for key.Next() {
		node := key.Node()
		words = append(words, string(node.Data))
		line = r.lineOf(r.parser.Raw(node.Raw))
	}
	return words, line
}

func (r *reader) take(node *unstable.Node) error {
	words, line := r.words(node.Key())
	switch node.Kind {
	case unstable.Table:
		return r.open(words, line)
	case unstable.KeyValue:
		return r.fill(words, line, node.Value())
	default:
		return r.mistake(line, "only tables such as [profiles.work] are allowed here")
	}
}

// open begins a profile.
func (r *reader) open(words []string, line int) error {
	if len(words) != 2 || words[0] != "profiles" {
		return r.mistake(line, "there are no other sections than profiles, such as [profiles.work]")
	}
	name := words[1]
	if err := CheckName(name); err != nil {
		return r.mistake(line, "%v", err)
	}
	if slices.Contains(r.file.Names(), name) {
		return r.mistake(line, "the profile %s is there twice", name)
	}
	r.file.Profiles = append(r.file.Profiles, Profile{Name: name, Line: line, Values: make(map[string]Value)})
	return nil
}

// fill adds a value to the profile that was begun last.
func (r *reader) fill(words []string, line int, value *unstable.Node) error {
	if len(r.file.Profiles) == 0 || len(words) != 1 {
		return r.mistake(line, "a value has to stand in a profile: begin it with a line such as [profiles.work]")
	}
	key, values := words[0], r.file.Profiles[len(r.file.Profiles)-1].Values
	if wrong := checkKey(key, r.allowed); wrong != "" {
		return r.mistake(line, "%s", wrong)
	}
	if _, twice := values[key]; twice {
		return r.mistake(line, "%s is there twice in this profile", key)
	}
	switch value.Kind {
	case unstable.String, unstable.Bool, unstable.Integer:
		values[key] = Value{string(value.Data), line}
		return nil
	default:
		return r.mistake(line, `%s takes a text in quotes, such as "…", or true or false`, key)
	}
}
