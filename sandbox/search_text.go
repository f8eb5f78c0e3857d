package sandbox

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// historyText puts a row of history into words, as search does.
func historyText(a *activity) string {
	if textOf(a.Content) != "" {
		return *a.Content
	}
	said := func(name string) string { return plain(a.EventData[name]) }
	switch a.Type {
	case "status_changed":
		return fmt.Sprintf("changed status from %s to %s", displayCase(said("oldStatus")), displayCase(said("newStatus")))
	case "priority_changed":
		return fmt.Sprintf("changed priority from %s to %s", displayCase(said("oldPriority")), displayCase(said("newPriority")))
	case "unassigned":
		return "unassigned the task"
	case "assignee_changed":
		if oneself, _ := a.EventData["isSelfAssigned"].(bool); oneself {
			return "assigned the task to themselves"
		}
		return "assigned the task to " + said("newAssignee")
	case "due_date_changed":
		return dueText(said("oldDueDate"), said("newDueDate"))
	case "title_changed":
		return fmt.Sprintf(`changed title from "%s" to "%s"`, said("oldTitle"), said("newTitle"))
	}
	return ""
}

func dueText(old, due string) string {
	switch {
	case due == "":
		return "cleared the due date"
	case old == "":
		return "set due date to " + due
	}
	return fmt.Sprintf("changed due date from %s to %s", old, due)
}

// plain is a value of an event as text; null is "".
func plain(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case stamp:
		if v.IsZero() {
			return ""
		}
		return v.String()
	}
	return fmt.Sprint(value)
}

// displayCase makes "in-progress" "In Progress".
func displayCase(s string) string {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == '-' || r == '_' || r == ' ' })
	for i, w := range words {
		first, size := utf8.DecodeRuneInString(w)
		words[i] = strings.ToUpper(string(first)) + strings.ToLower(w[size:])
	}
	return strings.Join(words, " ")
}
