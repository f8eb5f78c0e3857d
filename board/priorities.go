package board

import (
	"slices"

	"kaneo-mcp/kaneo"
)

// Priorities are Kaneo's priorities, the most pressing first.
func Priorities() []kaneo.Priority {
	return []kaneo.Priority{kaneo.Urgent, kaneo.High, kaneo.Medium, kaneo.Low, kaneo.NoPriority}
}

// PriorityName is what people read for a priority: "none" for Kaneo's "no-priority".
func PriorityName(p kaneo.Priority) string {
	if p == kaneo.NoPriority || p == "" {
		return none
	}
	return string(p)
}

// Priority resolves a priority's name; "none" is no priority.
func Priority(ref string) (kaneo.Priority, error) {
	byName := kind[kaneo.Priority]{
		what: "priority",
		names: func(p kaneo.Priority) []string {
			if p == kaneo.NoPriority {
				return []string{string(p), none, "no priority"}
			}
			return []string{string(p)}
		},
		title: PriorityName,
	}
	return byName.pick(ref, "", Priorities())
}

// rank orders priorities, the most pressing first; one that is not known comes last.
func rank(p kaneo.Priority) int {
	if i := slices.Index(Priorities(), p); i >= 0 {
		return i
	}
	return len(Priorities())
}
