package board

import (
	"context"
	"strings"

	"kaneo-mcp/kaneo"
)

// Integration is where the events of workflow rules come from.
type Integration string

// The integrations that the web app offers rules for.
const (
	GitHub Integration = "github"
	Gitea  Integration = "gitea"
)

// Integrations lists them.
func Integrations() []Integration { return []Integration{GitHub, Gitea} }

// RepositoryEvent is what a workflow rule waits for.
type RepositoryEvent string

// RepositoryEvents lists what the web app offers rules for.
func RepositoryEvents() []RepositoryEvent {
	return []RepositoryEvent{"branch_push", "pr_opened", "pr_merged", "issue_opened", "issue_closed"}
}

// WorkflowRules lists a project's rules.
func (d *Desk) WorkflowRules(ctx context.Context, project string) (kaneo.Project, []kaneo.WorkflowRule, error) {
	where, err := d.Project(ctx, "", project)
	if err != nil {
		return where, nil, err
	}
	rules, err := d.kaneo.WorkflowRules(ctx, where.ID)
	return where, rules, err
}

// RuleChange is what became of a rule: the columns before and after, "" for none.
type RuleChange struct {
	Project  kaneo.Project
	From, To string
}

// SetWorkflowRule says into which column an event moves its task; none removes the rule.
func (d *Desk) SetWorkflowRule(
	ctx context.Context, project string, from Integration, event RepositoryEvent, column string,
) (RuleChange, error) {
	where, rules, err := d.WorkflowRules(ctx, project)
	if err != nil {
		return RuleChange{}, err
	}
	change := RuleChange{Project: where}
	old := filter(rules, func(r kaneo.WorkflowRule) bool { return r.Integration == string(from) && r.Event == string(event) })
	if len(old) > 0 {
		change.From = Plain(old[0].ColumnName)
	}
	if words(strings.TrimSpace(column)) == none {
		if len(old) > 0 {
			err = d.kaneo.DeleteWorkflowRule(ctx, old[0].ID)
		}
		return change, d.refusal(ctx, err, where.WorkspaceID, manageRules)
	}
	_, to, err := d.column(ctx, where.ID, column)
	if err != nil {
		return change, err
	}
	change.To = Plain(to.Name)
	if len(old) > 0 && old[0].ColumnID == to.ID {
		return change, nil
	}
	_, err = d.kaneo.SetWorkflowRule(ctx, where.ID, string(from), string(event), to.ID)
	return change, d.refusal(ctx, err, where.WorkspaceID, manageRules)
}
