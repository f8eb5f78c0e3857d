package board

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Mistake is bad input or an act that is not allowed, put as one or two sentences that say what, why and what next.
// It never repeats more of the input than a short name.
type Mistake struct {
	Sentence string

	// missing tells a reference that names nothing from one that is ambiguous or forbidden.
	missing bool
}

func (m *Mistake) Error() string { return m.Sentence }

// Readable marks the text as written for the reader.
func (m *Mistake) Readable() {}

func mistakef(format string, args ...any) error {
	return &Mistake{Sentence: fmt.Sprintf(format, args...)}
}

// together does something to each of some things, and tells the mistakes in them as one, each sentence once. Any other error
// ends it.
func together[T any](all []T, do func(T) error) error {
	var said []string
	for _, one := range all {
		err := do(one)
		if err == nil {
			continue
		}
		if _, mistaken := errors.AsType[*Mistake](err); !mistaken {
			return err
		}
		if !slices.Contains(said, err.Error()) {
			said = append(said, err.Error())
		}
	}
	if said == nil {
		return nil
	}
	return &Mistake{Sentence: strings.Join(said, " ")}
}

// listed is how many candidates an error names before it counts the rest.
const listed = 10

// unknown says that a reference names nothing, and what there is instead.
func unknown(what, ref, where string, has []string) error {
	sentence := fmt.Sprintf("No %s %q%s. There is: %s.", what, short(ref), where, enumerate(has))
	if len(has) == 0 {
		sentence = fmt.Sprintf("No %s %q%s: there are none.", what, short(ref), where)
	}
	return &Mistake{Sentence: sentence, missing: true}
}

// missing tells whether an error says that a reference names nothing.
func missing(err error) bool {
	var mistake *Mistake
	return errors.As(err, &mistake) && mistake.missing
}

// ambiguous says that a reference names several things.
func ambiguous(what, ref string, candidates []string) error {
	return mistakef("%q names more than one %s: %s. Say which one.", short(ref), what, enumerate(candidates))
}

func enumerate(names []string) string {
	if len(names) <= listed {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:listed], ", "), len(names)-listed)
}

// texts are the words of an enum.
func texts[T ~string](values []T) []string {
	all := make([]string, len(values))
	for i, value := range values {
		all[i] = string(value)
	}
	return all
}

// short makes a reference safe to repeat: one line, bounded, nothing invisible.
func short(ref string) string {
	const most = 40
	runes := []rune(Plain(ref))
	if len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return string(runes)
}
