package board

import (
	"slices"
	"strings"
)

// kind is a kind of thing that a reference can name: how it is called and by which names it goes.
type kind[T any] struct {
	what  string           // "status", "person", …
	names func(T) []string // what a person may call it, exactly or but for case and hyphens; the most exact one first
	loose func(T) []string // further names that count only when nothing else fits, e.g. a first name
	title func(T) string   // how an error lists it
}

// pick finds the one item that ref names. Exact names win over names that fit but for case, those over loose ones;
// several of the same rank are an error that lists them. Nothing is guessed.
func (k kind[T]) pick(ref, where string, items []T) (T, error) {
	for _, fits := range k.ranks(ref) {
		found := filter(items, fits)
		switch len(found) {
		case 0:
			continue
		case 1:
			return found[0], nil
		}
		var none T
		return none, ambiguous(k.what, ref, k.distinctTitles(found))
	}
	var none T
	return none, unknown(k.what, ref, where, k.titles(items))
}

func (k kind[T]) ranks(ref string) []func(T) bool {
	ref = strings.TrimSpace(ref)
	plain := words(ref)
	ranks := []func(T) bool{
		func(item T) bool { return ref != "" && slices.Contains(k.names(item), ref) },
		func(item T) bool { return containsWords(k.names(item), plain) },
	}
	if k.loose != nil {
		ranks = append(ranks, func(item T) bool { return containsWords(k.loose(item), plain) })
	}
	return ranks
}

func (k kind[T]) titles(items []T) []string {
	titles := make([]string, len(items))
	for i, item := range items {
		titles[i] = Plain(k.title(item))
	}
	return titles
}

// distinctTitles adds the most exact name to titles that are alike: who is asked which one must be able to say it.
func (k kind[T]) distinctTitles(items []T) []string {
	titles := k.titles(items)
	if len(slices.Compact(slices.Sorted(slices.Values(titles)))) == len(titles) {
		return titles
	}
	for i, item := range items {
		titles[i] += " (" + Plain(k.names(item)[0]) + ")"
	}
	return titles
}

// containsWords compares names but for case and hyphens. An empty reference names nothing, even a nameless thing.
func containsWords(names []string, plain string) bool {
	return plain != "" && slices.ContainsFunc(names, func(name string) bool { return words(name) == plain })
}

func filter[T any](items []T, keep func(T) bool) []T {
	var kept []T
	for _, item := range items {
		if keep(item) {
			kept = append(kept, item)
		}
	}
	return kept
}
