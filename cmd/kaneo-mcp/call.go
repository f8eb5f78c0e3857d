package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/rs/zerolog"
	"github.com/spf13/cobra"

	"kaneo-mcp/auth"
	"kaneo-mcp/demo"
	"kaneo-mcp/server"
	"kaneo-mcp/tools"
)

// toolCall is a call as it is written in a shell.
type toolCall struct {
	tool  string
	pairs []string // name=value
	json  string   // all arguments as one object, instead
}

func (p program) callCommand() *cobra.Command {
	var call toolCall
	cmd := &cobra.Command{
		Use:     "call TOOL [name=value …]",
		Short:   "Calls a tool and prints what an agent would read",
		Example: "  kaneo-mcp call list_tasks assignees=me overdue=true\n  kaneo-mcp call update_tasks tasks=WEB-1 tasks=WEB-2 status=done",
		Args:    atLeastATool,
	}
	cmd.Flags().StringVar(&call.json, "json", "", "the arguments as a JSON object")
	cmd.RunE = func(cmd *cobra.Command, words []string) error {
		call.tool, call.pairs = words[0], words[1:]
		return p.run(p.configured(func(ctx context.Context, c console, set config) error {
			return runCall(ctx, c, set, call)
		}))(cmd, words)
	}
	return cmd
}

func atLeastATool(_ *cobra.Command, words []string) error {
	if len(words) == 0 {
		return &misuse{"which tool? There are: " + toolNames(everything()) + "."}
	}
	return nil
}

// runCall calls a tool through a server in this process.
func runCall(ctx context.Context, c console, set config, call toolCall) error {
	arguments, err := call.arguments()
	if err != nil {
		return err
	}
	if set.selection = nameable(set.selection); !listed(call.tool, set.selection) {
		return notListed(call.tool, set.selection)
	}
	o, err := newOffice(set, c.err, zerolog.WarnLevel)
	if err != nil {
		return err
	}
	defer o.close()
	if err := o.ready(ctx); err != nil {
		return err
	}
	result, err := o.call(ctx, call.tool, arguments)
	if err != nil {
		return err
	}
	c.say("%s", demo.TextOf(result))
	if result.IsError {
		return errTold
	}
	return nil
}

// nameable is what may be called by somebody who names a tool: toolsets are off to keep a model's list short, so all are on
// unless the settings say otherwise.
func nameable(s tools.Selection) tools.Selection {
	if len(s.Toolsets) == 0 && len(s.Only) == 0 {
		s.Toolsets = []string{tools.AllToolsets}
	}
	return s
}

func listed(tool string, s tools.Selection) bool {
	return slices.ContainsFunc(listing(s), func(t mcp.Tool) bool { return t.Name == tool })
}

func notListed(tool string, s tools.Selection) error {
	if listed(tool, everything()) {
		return &misuse{fmt.Sprintf("%s is not allowed by the settings. Allowed are: %s.", tool, toolNames(s))}
	}
	return &misuse{fmt.Sprintf("there is no tool %.60q. There are: %s.", tool, toolNames(s))}
}

// arguments is the JSON object that the words stand for. Values stay text, of which the tool makes what it needs; a name
// that comes again makes a list.
func (t toolCall) arguments() (json.RawMessage, error) {
	if t.json != "" {
		return t.object()
	}
	values := make(map[string][]string)
	for _, pair := range t.pairs {
		name, value, ok := strings.Cut(pair, "=")
		if !ok || name == "" {
			return nil, &misuse{fmt.Sprintf("%.60q is no argument: write name=value.", pair)}
		}
		values[name] = append(values[name], value)
	}
	object := make(map[string]any, len(values))
	for name, list := range values {
		object[name] = list
		if len(list) == 1 {
			object[name] = list[0]
		}
	}
	return json.Marshal(object)
}

func (t toolCall) object() (json.RawMessage, error) {
	var object map[string]json.RawMessage
	if len(t.pairs) > 0 {
		return nil, &misuse{"arguments are either name=value or --json, not both."}
	}
	if err := json.Unmarshal([]byte(t.json), &object); err != nil || object == nil {
		return nil, &misuse{`--json takes one JSON object, such as '{"task": "WEB-12"}'.`}
	}
	return json.RawMessage(t.json), nil
}

// ready makes sure that somebody is signed in, so that no call starts a sign-in that would end with this process.
func (o *office) ready(ctx context.Context) error {
	status := o.source.Status(ctx)
	var err error
	switch status.State {
	case auth.UsingKey:
		return nil
	case auth.SignedIn:
		_, err = o.desk.Me(ctx) // Kaneo may have ended the session
	default:
		err = auth.ErrSignedOut
	}
	if errors.Is(err, auth.ErrSignedOut) {
		return fmt.Errorf("nobody is signed in to Kaneo at %s. Run kaneo-mcp login, or set KANEO_API_KEY", status.Instance)
	}
	if err != nil {
		return errors.New(server.Explain(err, status.Instance, o.log))
	}
	return nil
}

// call calls a tool as a host would.
func (o *office) call(ctx context.Context, tool string, arguments json.RawMessage) (*mcp.CallToolResult, error) {
	host, err := client.NewInProcessClient(o.server())
	if err != nil {
		return nil, err
	}
	defer host.Close()
	if err := host.Start(ctx); err != nil {
		return nil, err
	}
	hello := mcp.InitializeRequest{Params: mcp.InitializeParams{ClientInfo: mcp.Implementation{Name: "kaneo-mcp call", Version: release()}}}
	if _, err := host.Initialize(ctx, hello); err != nil {
		return nil, err
	}
	return host.CallTool(ctx, mcp.CallToolRequest{Params: mcp.CallToolParams{Name: tool, Arguments: arguments}})
}
