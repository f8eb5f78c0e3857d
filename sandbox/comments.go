package sandbox

import (
	"cmp"
	"net/http"
	"slices"
	"unicode/utf16"
)

func commentOperations() []operation {
	byID := lookedUp("id", (*Kaneo).workspaceOfComment)
	content := must("content", sized(1, 0))
	return []operation{
		{method: get, path: "/api/comment/{taskId}", scope: ofTask("taskId"), run: listComments},
		{method: post, path: "/api/comment/{taskId}", scope: ofTask("taskId"), needs: "task:update", run: createComment,
			body: shape{content, may("externalUserName", sized(0, 120)), may("externalSource", oneOf("planka", "trello", "jira"))}},
		{method: put, path: "/api/comment/{id}", scope: byID, needs: "task:update", run: updateComment, body: shape{content}},
		{method: remove, path: "/api/comment/{id}", scope: byID, needs: "task:update", run: deleteComment},
	}
}

func (k *Kaneo) workspaceOfComment(id string) string {
	if a := k.activities.get(id); a != nil && a.Type == "comment" {
		return k.workspaceOfTask(a.TaskID)
	}
	return ""
}

// commentView is a comment in the list, with who wrote it.
type commentView struct {
	ID        string `json:"id"`
	TaskID    string `json:"taskId"`
	UserID    ref    `json:"userId"`
	Content   string `json:"content"`
	CreatedAt stamp  `json:"createdAt"`
	UpdatedAt stamp  `json:"updatedAt"`
	User      author `json:"user"`
}

type author struct {
	Name  string  `json:"name"`
	Image *string `json:"image"`
}

func listComments(k *Kaneo, c *call) (any, error) {
	listed := []commentView{}
	for _, a := range k.historyOf(c.param("taskId")) {
		u := k.users.get(string(a.UserID))
		if a.Type == "comment" && u != nil {
			listed = append(listed, commentView{a.ID, a.TaskID, a.UserID, textOf(a.Content), a.CreatedAt, a.UpdatedAt, author{u.Name, u.Image}})
		}
	}
	return listed, nil
}

func createComment(k *Kaneo, c *call) (any, error) {
	in := input[struct {
		Content                          string
		ExternalUserName, ExternalSource *string
	}](c)
	t := k.tasks.get(c.param("taskId"))
	if t == nil {
		return nil, missing("Task")
	}
	a := k.comment(t, c.caller.user, in.Content)
	if textOf(in.ExternalUserName) != "" && in.ExternalSource != nil {
		a.ExternalName, a.ExternalSource = in.ExternalUserName, in.ExternalSource
	}
	return a, nil
}

// comment adds a comment and tells whom it names, else the assignee.
func (k *Kaneo) comment(t *task, by *user, content string) *activity {
	a := k.record(t.ID, "comment", by.ID, nil)
	a.Content = told(content)
	named := mentioned(content)
	k.mention(named, by, t)
	if assignee := string(t.UserID); assignee != "" && assignee != by.ID && !slices.Contains(named, assignee) {
		k.notify(assignee, "task_comment", t, event{"commenterName": by.Name, "commentPreview": preview(content)})
	}
	return a
}

// preview is the first 160 UTF-16 units of a comment.
func preview(content string) string {
	const most = 160
	if units := utf16.Encode([]rune(content)); len(units) > most {
		return string(utf16.Decode(units[:most]))
	}
	return content
}

// ownComment finds a comment of the caller; the others' are not found.
func (k *Kaneo) ownComment(c *call) (*activity, error) {
	a := k.activities.get(cmp.Or(c.param("id"), c.named("activityId")))
	if a == nil || a.Type != "comment" || string(a.UserID) != c.caller.user.ID {
		return nil, refuse(http.StatusNotFound, "Comment not found or you are not the author")
	}
	return a, nil
}

func updateComment(k *Kaneo, c *call) (any, error) {
	return k.rewrite(c, input[struct{ Content string }](c).Content)
}

// rewrite replaces the text of an own comment.
func (k *Kaneo) rewrite(c *call, content string) (any, error) {
	a, err := k.ownComment(c)
	if err != nil {
		return nil, err
	}
	a.Content, a.UpdatedAt = told(content), k.now()
	return a, nil
}

func deleteComment(k *Kaneo, c *call) (any, error) {
	a, err := k.ownComment(c)
	if err != nil {
		return nil, err
	}
	k.activities.drop(a.ID)
	return a, nil
}
