package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/mcp"
)

// tour is one first run, at a server that is started and has nobody signed in.
type tour struct {
	host    *client.Client
	approve func(userCode string) error // nil: a person does it
	out     transcript
}

// The stops of the tour, in the words of a model.
const (
	readBoard  = `{"project":"Backend"}`
	createTask = `{"project":"Backend","tasks":[{"title":"Try kaneo-mcp","priority":"high","assignee":"me","due":"tomorrow"}]}`
	moveTask   = `{"tasks":[%q],"status":"in progress","comment":"On it: the demo does this in one call."}`
	findTask   = `{"query":"try kaneo-mcp"}`
)

func (t tour) walk(ctx context.Context) error {
	if err := t.connect(ctx); err != nil {
		return err
	}
	if err := t.signIn(ctx); err != nil {
		return err
	}
	created, err := t.work(ctx, "create_tasks", createTask)
	if err != nil {
		return err
	}
	if _, err := t.work(ctx, "update_tasks", fmt.Sprintf(moveTask, taskKey.FindString(created))); err != nil {
		return err
	}
	_, err = t.work(ctx, "search", findTask)
	return err
}

// taskKey finds the key of a task in an answer.
var taskKey = regexp.MustCompile(`\b[A-Z]+-[0-9]+\b`)

// connect does what every host does first.
func (t tour) connect(ctx context.Context) error {
	t.out.request("server/discover, tools/list")
	hello := mcp.InitializeRequest{Params: mcp.InitializeParams{ClientInfo: mcp.Implementation{Name: "kaneo-mcp demo", Version: "1"}}}
	met, err := t.host.Initialize(ctx, hello)
	if err != nil {
		return fmt.Errorf("the server does not answer: %w", err)
	}
	listed, err := t.host.ListTools(ctx, mcp.ListToolsRequest{})
	if err != nil {
		return fmt.Errorf("the server does not list its tools: %w", err)
	}
	names := make([]string, len(listed.Tools))
	for i, tool := range listed.Tools {
		names[i] = tool.Name
	}
	t.out.answer(fmt.Sprintf("%s, MCP %s, %d tools: %s", met.ServerInfo.Name, met.ProtocolVersion, len(names), strings.Join(names, ", ")))
	return nil
}

// work makes a call that has to go well, and returns the answer.
func (t tour) work(ctx context.Context, tool, arguments string) (string, error) {
	t.out.request(fmt.Sprintf("tools/call %s %s", tool, arguments))
	result, err := t.call(ctx, tool, arguments)
	if err != nil {
		return "", err
	}
	return TextOf(result), t.show(tool, result)
}

// show prints the answer to a call. Its error ends the tour: that did not go well.
func (t tour) show(tool string, result *mcp.CallToolResult) error {
	t.out.answer(TextOf(result))
	if result.IsError {
		return fmt.Errorf("the demo ends here, because %s did not work", tool)
	}
	return nil
}

func (t tour) call(ctx context.Context, tool, arguments string) (*mcp.CallToolResult, error) {
	result, err := t.host.CallTool(ctx, mcp.CallToolRequest{
		Params: mcp.CallToolParams{Name: tool, Arguments: json.RawMessage(arguments)},
	})
	if err != nil {
		return nil, fmt.Errorf("the server does not answer %s: %w", tool, err)
	}
	return result, nil
}

// authRequired begins what a call answers when nobody is signed in.
const authRequired = "AUTH REQUIRED"

// aMoment is what a person needs at least to approve. A call repeated sooner belongs to the same turn of a model, and gets the
// same answer at once.
const aMoment = 6 * time.Second

// signIn reads the board. The first call finds nobody signed in, and is repeated until somebody has approved.
func (t tour) signIn(ctx context.Context) error {
	t.out.say("The agent wants to see a board, but nobody is signed in. Its host shows what the server answers:")
	t.out.request("tools/call get_board " + readBoard)
	for shown := ""; ; {
		result, err := t.call(ctx, "get_board", readBoard)
		if err != nil {
			return err
		}
		text := TextOf(result)
		if !strings.HasPrefix(text, authRequired) {
			t.out.request("tools/call get_board " + readBoard)
			return t.show("get_board", result)
		}
		if code := userCode(text); code != shown { // the first, or the one after an expired one
			shown = code
			t.out.answer(text)
			if err := t.person(code); err != nil {
				return err
			}
		}
		if err := pause(ctx, aMoment); err != nil {
			return err
		}
	}
}

// person is what happens at Kaneo's page meanwhile.
func (t tour) person(code string) error {
	if t.approve == nil {
		t.out.say("Now you are that person: open the link, as Ada Lovelace for instance. Ctrl-C ends the demo.")
		return nil
	}
	if err := t.approve(code); err != nil {
		return fmt.Errorf("the sign-in could not be approved: %w", err)
	}
	t.out.say("Here the demo approves it on behalf of Ada Lovelace, who owns the board. The server notices within seconds;\n" +
		"then the agent repeats its call:")
	return nil
}

var codeInLink = regexp.MustCompile(`user_code=([A-Z0-9]+)`)

// userCode is the code in the link of a sign-in; empty where there is none.
func userCode(text string) string {
	if found := codeInLink.FindStringSubmatch(text); found != nil {
		return found[1]
	}
	return ""
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
