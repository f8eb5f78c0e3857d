package profile

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Add appends a profile to the file, which is created for its owner only if need be. What stands there stays as it is,
// comments and order included.
func Add(path, name string, values map[string]string) error {
	if err := CheckName(name); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return unwritable(path, err)
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return unwritable(path, err)
	}
	_, err = file.WriteString(gap(file) + section(name, values))
	if err = errors.Join(err, file.Close()); err != nil {
		return unwritable(path, err)
	}
	return nil
}

func unwritable(path string, err error) error {
	return &Mistake{Path: path, Text: "it cannot be written: " + cause(err).Error()}
}

// gap is what separates a section from what is before it.
func gap(file *os.File) string {
	info, err := file.Stat()
	if err != nil || info.Size() == 0 {
		return ""
	}
	var last [1]byte
	if _, err := file.ReadAt(last[:], info.Size()-1); err == nil && last[0] == '\n' {
		return "\n"
	}
	return "\n\n"
}

func section(name string, values map[string]string) string {
	var t strings.Builder
	fmt.Fprintf(&t, "[profiles.%s]\n", name)
	for _, key := range slices.Sorted(maps.Keys(values)) {
		fmt.Fprintf(&t, "%s = %s\n", key, quoted(values[key]))
	}
	return t.String()
}

// quoted is a basic string of TOML, which knows fewer escapes than Go.
func quoted(text string) string {
	var t strings.Builder
	t.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			t.WriteRune('\\')
			t.WriteRune(r)
		case strconv.IsPrint(r):
			t.WriteRune(r)
		default:
			fmt.Fprintf(&t, `\u%04X`, r&0xffff)
		}
	}
	t.WriteByte('"')
	return t.String()
}
