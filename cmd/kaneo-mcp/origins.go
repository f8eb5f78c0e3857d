package main

import (
	"fmt"
	"path/filepath"
	"strings"
)

// origin is a place where a value may come from.
type origin struct {
	kind      string // flag, environment, profile or default
	name, raw string
	set       bool
}

// source says where a setting has its value from, and what was passed over before. It never has the value.
type source struct {
	variable, kind, name string
	passedOver           []string
}

// configure reads all settings. Its error is a *misuse about the first that makes no sense.
func configure(c console, f flags) (config, error) { return configureFor(c, f, config{}) }

// configureFor is configure for a command that has a say.
func configureFor(c console, f flags, set config) (config, error) {
	set.profileFile = profileFile(c.env)
	for _, s := range settings() {
		found, src := s.find(c, f, set)
		set.sources = append(set.sources, src)
		if found.raw == "" {
			continue
		}
		if err := s.value.take(&set, found.raw); err != nil {
			return set, &misuse{fmt.Sprintf("%s: %v.", found.name, err)}
		}
	}
	set.tellOverride(c)
	set.stateFolder = stateFolder(c.env)
	if set.stateFolder != "" {
		set.secretFile = filepath.Join(set.stateFolder, "http-token")
	}
	return set, nil
}

// tellOverride says that a profile is used for another Kaneo than its own, which is seldom meant.
func (c config) tellOverride(to console) {
	if _, own := c.profile.Values["api_url"]; !own {
		return
	}
	for _, s := range c.sources {
		if s.variable == "KANEO_API_URL" && s.kind != "profile" {
			to.note("kaneo-mcp: %s beats the api_url of the profile %s.", s.name, c.profile.Name)
		}
	}
}

// key is what a setting is called in a profile; empty: it is not of a profile.
func (s setting) key() string {
	if s.flag == "profile" {
		return ""
	}
	return strings.ReplaceAll(s.flag, "-", "_")
}

// profileKeys are all there are.
func profileKeys() []string {
	var keys []string
	for _, s := range commonSettings() {
		if s.key() != "" {
			keys = append(keys, s.key())
		}
	}
	return keys
}

// origins are the places to look at, the first that has a value counting.
func (s setting) origins(c console, f flags, set config) []origin {
	flag, used := f.given(s.flag)
	variable, there := c.env(s.variable)
	value, written := set.profile.Values[s.key()]
	place := fmt.Sprintf("%s, line %d: %s", set.profileFile, value.Line, s.key())
	return []origin{
		{"flag", "--" + s.flag, flag, used}, {"environment", s.variable, variable, there}, {"profile", place, value.Text, written},
	}
}

// find returns the value of a setting, and where it comes from.
func (s setting) find(c console, f flags, set config) (origin, source) {
	src := source{variable: s.variable, kind: "default"}
	for _, o := range s.origins(c, f, set) {
		value, why := meant(o.raw)
		if s.guards() {
			value = strings.TrimSpace(o.raw)
		}
		if value != "" {
			src.kind, src.name = o.kind, o.name
			return origin{o.kind, o.name, value, true}, src
		}
		if o.set {
			src.passedOver = append(src.passedOver, o.name+" "+why)
			c.note("kaneo-mcp: %s %s and counts as not set.", o.name, why)
		}
	}
	return origin{"default", s.variable, s.standard, false}, src
}
