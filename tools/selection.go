package tools

import (
	"fmt"
	"slices"
	"strings"
)

// Selection says which tools there are. The zero value is the toolsets that are on by default. What it forbids cannot be
// had back by anything a caller says: such a tool is neither listed nor called.
type Selection struct {
	// Toolsets are names of toolsets, or the words default and all. None: default, or, where Only names tools, nothing else.
	Toolsets []string

	Only    []string // single tools, beside the toolsets
	Without []string // tools that are left out, whoever asked for them

	ReadOnly bool // only tools that change nothing
	NoDelete bool // no tools that take something away for good
}

// The words for toolsets, beside their names.
const (
	DefaultToolsets = "default"
	AllToolsets     = "all"
)

// Check finds the first name that nothing has, and says what there is.
func (s Selection) Check() error {
	var sets, single []string
	for _, set := range Toolsets() {
		sets = append(sets, set.Name)
		for _, t := range set.Tools {
			single = append(single, t.Name)
		}
	}
	for _, name := range s.Toolsets {
		if !slices.Contains(append(sets, DefaultToolsets, AllToolsets), name) {
			return fmt.Errorf("there is no toolset %.40q; there are %s, and the words default and all", name, strings.Join(sets, ", "))
		}
	}
	for _, name := range slices.Concat(s.Only, s.Without) {
		if !slices.Contains(single, name) {
			return fmt.Errorf("there is no tool %.40q; there are %s", name, strings.Join(single, ", "))
		}
	}
	return nil
}

// tools are those that are selected, in the order of the catalogue.
func (s Selection) tools() []Tool {
	var selected []Tool
	for _, set := range Toolsets() {
		on := s.switchesOn(set)
		for _, t := range set.Tools {
			if (on || slices.Contains(s.Only, t.Name)) && s.allows(t) {
				selected = append(selected, t)
			}
		}
	}
	return selected
}

func (s Selection) switchesOn(set Toolset) bool {
	asked := s.Toolsets
	if len(asked) == 0 && len(s.Only) == 0 {
		asked = []string{DefaultToolsets}
	}
	return slices.ContainsFunc(asked, func(name string) bool {
		return name == set.Name || name == AllToolsets || name == DefaultToolsets && !set.Optional
	})
}

// allows goes by a tool's effect alone, so that no list of names has to be kept up.
func (s Selection) allows(t Tool) bool {
	switch {
	case slices.Contains(s.Without, t.Name), s.ReadOnly && t.Effect != Reads, s.NoDelete && t.Effect == Destroys:
		return false
	}
	return true
}
