package kaneo

import (
	"context"
	"net/http"
)

// WorkflowRule moves a task to a column when something happens in an integration, such as a merged pull request.
type WorkflowRule struct {
	ID          string `json:"id"`
	Integration string `json:"integrationType"` // github, gitea
	Event       string `json:"eventType"`       // branch_push, pr_opened, pr_merged, issue_opened, issue_closed
	ColumnID    string `json:"columnId"`
	ColumnName  string `json:"columnName"` // only in lists
}

// WorkflowRules lists those of a project.
func (c *Client) WorkflowRules(ctx context.Context, projectID string) ([]WorkflowRule, error) {
	return get[[]WorkflowRule](ctx, c, "list workflow rules", nil, "workflow-rule", projectID)
}

// SetWorkflowRule makes the rule of an integration's event, or redirects the one there is.
func (c *Client) SetWorkflowRule(ctx context.Context, projectID, integration, event, columnID string) (WorkflowRule, error) {
	return send[WorkflowRule](ctx, c, "set workflow rule", http.MethodPut, map[string]text{
		"integrationType": text(integration), "eventType": text(event), "columnId": text(columnID),
	}, "workflow-rule", projectID)
}

// DeleteWorkflowRule deletes one.
func (c *Client) DeleteWorkflowRule(ctx context.Context, id string) error {
	return c.remove(ctx, "delete workflow rule", "workflow-rule", id)
}
