package sandbox

import "regexp"

// record writes a row of a task's history (kaneo-api.md §9).
func (k *Kaneo) record(taskID, kind, userID string, data event) *activity {
	now := k.now()
	a := &activity{
		ID: boardID(), TaskID: taskID, Type: kind, UserID: ref(userID), EventData: data, CreatedAt: now, UpdatedAt: now,
	}
	return k.activities.put(a.ID, a)
}

// notify tells somebody about a task, unless they muted the kind.
func (k *Kaneo) notify(userID, kind string, t *task, data event) {
	data["taskTitle"], data["projectId"], data["workspaceId"] = t.Title, t.ProjectID, k.workspaceOfProject(t.ProjectID)
	k.addNotification(&notification{
		UserID: userID, Type: kind, EventData: data, ResourceID: ref(t.ID), ResourceType: "task",
	})
}

var mentionTag = regexp.MustCompile(`(?i)<kaneo-mention[^>]*\bid="([^"]+)"`)

// mentioned are the users a text names, each once.
func mentioned(text string) []string {
	var ids []string
	seen := map[string]bool{}
	for _, found := range mentionTag.FindAllStringSubmatch(text, -1) {
		if id := found[1]; !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids
}

// mention tells users that a text of a task names them, never its author.
func (k *Kaneo) mention(users []string, author *user, t *task) {
	for _, id := range users {
		if id != author.ID && k.users.get(id) != nil {
			k.notify(id, "task_mention", t, event{"mentionerName": author.Name})
		}
	}
}
