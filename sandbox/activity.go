package sandbox

import (
	"regexp"
	"slices"
)

// activityOperations are history, and the older way to comment.
func activityOperations() []operation {
	byID := lookedUp("activityId", (*Kaneo).workspaceOfComment)
	return []operation{
		{method: get, path: "/api/activity/{taskId}", scope: ofTask("taskId"), run: listActivity},
		{method: post, path: "/api/activity/create", scope: ofTask("taskId"), needs: "task:update", run: createActivity,
			body: shape{must("taskId", text), must("userId", text), must("message", nullable(text)), must("type", text),
				may("eventData", nullable(record))}},
		{method: post, path: "/api/activity/comment", scope: ofTask("taskId"), needs: "task:update", run: createOldComment,
			body: shape{must("taskId", text), must("comment", text)}},
		{method: put, path: "/api/activity/comment", scope: byID, run: updateOldComment,
			body: shape{must("activityId", text), must("comment", text)}},
		{method: remove, path: "/api/activity/comment", scope: byID, run: deleteComment,
			body: shape{must("activityId", text)}},
	}
}

// historyOf lists a task's history, oldest first.
func (k *Kaneo) historyOf(taskID string) []*activity {
	return k.activities.where(func(a *activity) bool { return a.TaskID == taskID })
}

var newlines = regexp.MustCompile(`\n+`)

// listActivity is newest first, with runs of newlines made one.
func listActivity(k *Kaneo, c *call) (any, error) {
	listed := []activity{}
	for _, a := range k.historyOf(c.param("taskId")) {
		row := *a
		if row.Content != nil {
			row.Content = told(newlines.ReplaceAllString(*row.Content, "\n"))
		}
		listed = append(listed, row)
	}
	slices.Reverse(listed)
	return listed, nil
}

// createActivity takes any type and anybody's id.
func createActivity(k *Kaneo, c *call) (any, error) {
	in := input[struct {
		TaskID, UserID, Type string
		Message              *string
		EventData            event
	}](c)
	if k.users.get(in.UserID) == nil || k.tasks.get(in.TaskID) == nil {
		return nil, errStumbled
	}
	a := k.record(in.TaskID, in.Type, in.UserID, in.EventData)
	a.Content = in.Message
	return a, nil
}

// oldComment is the body of the older comment routes.
type oldComment struct{ TaskID, Comment string }

func createOldComment(k *Kaneo, c *call) (any, error) {
	in := input[oldComment](c)
	t := k.tasks.get(in.TaskID)
	if t == nil {
		return nil, missing("Task")
	}
	return k.comment(t, c.caller.user, in.Comment), nil
}

func updateOldComment(k *Kaneo, c *call) (any, error) {
	return k.rewrite(c, input[oldComment](c).Comment)
}
