package kaneo

import (
	"context"
	"net/http"
)

// Grants asks whether the caller's role in a workspace grants an act on a kind of thing, such as "assign" on "task"; roles
// are data, so nothing else knows (kaneo-api.md §6). To somebody with several roles it says yes where writes are refused
// all the same, and an API key may ask only a hundred times without a minute's pause (§4): keep the answer.
func (c *Client) Grants(ctx context.Context, workspaceID, resource, action string) (bool, error) {
	answer, err := send[struct {
		Success bool `json:"success"`
	}](ctx, c, "ask for a permission", http.MethodPost, struct {
		Workspace   text            `json:"organizationId"`
		Permissions map[text][]text `json:"permissions"`
	}{text(workspaceID), map[text][]text{text(resource): {text(action)}}}, "auth", "organization", "has-permission")
	return answer.Success, err
}
