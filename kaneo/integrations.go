package kaneo

import (
	"cmp"
	"context"
)

// repository is as much of a connection to GitHub or Gitea as names branches.
type repository struct {
	BranchPattern string `json:"branchPattern"`
}

// BranchPattern is how a project's repository wants branches named, such as "{slug}-{number}-{title}"; "" when the project
// is connected to none. Kaneo recognises a task by it when a branch is pushed.
func (c *Client) BranchPattern(ctx context.Context, projectID string) (string, error) {
	github, err := get[repository](ctx, c, "get GitHub connection", nil, "github-integration", "project", projectID)
	if err != nil || github.BranchPattern != "" {
		return github.BranchPattern, err
	}
	gitea, err := get[repository](ctx, c, "get Gitea connection", nil, "gitea-integration", "project", projectID)
	return cmp.Or(github.BranchPattern, gitea.BranchPattern), err
}
