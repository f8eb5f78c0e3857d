package main

import (
	"fmt"
	"strconv"
	"strings"
)

// kind is how a setting is written. Its error says what is wrong with a value and what is allowed.
type kind interface {
	take(c *config, value string) error
}

// word is one value.
type word func(c *config, value string) error

func (w word) take(c *config, value string) error { return w(c, value) }

// words are several, with commas between: one may hold spaces.
type words func(c *config, values []string) error

func (w words) take(c *config, value string) error {
	var values []string
	for one := range strings.SplitSeq(value, ",") {
		if one = strings.TrimSpace(one); one != "" {
			values = append(values, one)
		}
	}
	return w(c, values)
}

// onOff is true or false; its flag takes no word.
type onOff func(c *config) *bool

func (o onOff) take(c *config, value string) error {
	on, err := strconv.ParseBool(value)
	if err != nil {
		return fmt.Errorf("%.40q is unknown; it takes true or false", value)
	}
	*o(c) = on
	return nil
}

// wordList is a flag that takes several words: separated by commas, or each with a flag of its own. The last flag does not
// count alone: a second --exclude-tools would let in what the first keeps out.
type wordList string

// String makes wordList a [pflag.Value], as do Set and Type.
func (l *wordList) String() string { return string(*l) }

// Set adds words.
func (l *wordList) Set(words string) error {
	if *l != "" {
		words = string(*l) + "," + words
	}
	*l = wordList(words)
	return nil
}

// Type is what help calls the words.
func (l *wordList) Type() string { return "list" }
