package tools

import (
	"context"
	"fmt"

	"kaneo-mcp/board"
)

func gitToolset() Toolset {
	return Toolset{
		Name: "git", About: "branches for tasks", Optional: true,
		Tools: []Tool{branchName, startWork},
	}
}

type branchNameIn struct {
	Task string `json:"task" jsonschema:"Key (WEB-12), id or web address"`
}

var branchName = define(Spec{
	Name: "branch_name", Title: "Branch name", Effect: Reads,
	About: "Names a git branch for a task, by the pattern of its project, so that Kaneo links the two.",
}, func(ctx context.Context, desk *board.Desk, in branchNameIn) (View, error) {
	_, branch, err := desk.BranchName(ctx, in.Task)
	if err != nil {
		return View{}, err
	}
	var v View
	v.Line("%s", branchText(branch))
	return v, nil
})

func branchText(b board.Branch) string {
	if b.Own {
		return fmt.Sprintf("%s (by the project's pattern %s)", board.Plain(b.Name), short(b.Pattern))
	}
	return board.Plain(b.Name)
}

type startWorkIn struct {
	Task string `json:"task" jsonschema:"Key (WEB-12), id or web address"`
}

var startWork = define(Spec{
	Name: "start_work", Title: "Start work", Effect: Sets,
	About: "Takes a task on: assigns it to the user, moves it to the column for work in progress, and names a branch for it.",
}, func(ctx context.Context, desk *board.Desk, in startWorkIn) (View, error) {
	outcome, branch, err := desk.StartWork(ctx, in.Task)
	if err != nil && outcome.Ref == "" {
		return View{}, err
	}
	var v View
	v.outcome(outcome)
	if err != nil {
		v.Fail("No branch name", err)
		return v, nil
	}
	v.Line("Branch: %s", branchText(branch))
	return v, nil
})
