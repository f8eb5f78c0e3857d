package demo

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/client/transport"
)

// Options say how the demo runs.
type Options struct {
	Program string    // path of this program, which is started as a server
	Out     io.Writer // what is said
	Err     io.Writer // what the server has to complain of
	Approve bool      // the sign-in is approved at once; otherwise a person does it on the page
}

// Run starts the program as a server for the playground, as a host would and with a home of its own, shows a first run and
// says how to connect a real host. Its error says what went wrong, or is ctx's.
func Run(ctx context.Context, town *Playground, o Options) error {
	home, err := os.MkdirTemp("", "kaneo-mcp-demo-")
	if err != nil {
		return fmt.Errorf("the demo needs a folder: %w", err)
	}
	defer os.RemoveAll(home)
	host := client.NewClient(transport.NewStdioWithOptions(o.Program, surroundings(os.Environ(), town.URL, home), []string{"serve"},
		transport.WithCommandFunc(o.child)))
	if err := host.Start(ctx); err != nil {
		return fmt.Errorf("the server does not start: %w", err)
	}
	defer host.Close()

	t := tour{host: host, out: transcript{o.Out}}
	if o.Approve {
		t.approve = town.Approve
	}
	t.out.say("The demo has started a Kaneo in memory at %s, and for it, as a host does:\n%s serve", town.URL, o.Program)
	if err := t.walk(ctx); err != nil {
		return err
	}
	t.out.say("%s", farewell(o.Program))
	return nil
}

// child is the server's process. It ends with its input, as servers do, not by being killed.
func (o Options) child(ctx context.Context, program string, env, args []string) (*exec.Cmd, error) {
	cmd := exec.CommandContext(context.WithoutCancel(ctx), program, args...)
	cmd.Env, cmd.Stderr = env, o.Err
	return cmd, nil
}

// surroundings is the environment of the server: without the settings of a real Kaneo, which the sandbox must never see, and
// with an empty home.
func surroundings(parent []string, kaneo, home string) []string {
	var env []string
	for _, variable := range parent {
		if !strings.HasPrefix(variable, "KANEO_") {
			env = append(env, variable)
		}
	}
	return append(env, "KANEO_API_URL="+kaneo, "KANEO_LOG_LEVEL=warn", "XDG_STATE_HOME="+filepath.Join(home, "state"))
}

// installed is how a host is to call this program. What "go run" has built is gone in a moment.
func installed(program string) (command, before string) {
	if strings.Contains(program, string(filepath.Separator)+"go-build") {
		return "kaneo-mcp", "Install the program:  go install ./cmd/kaneo-mcp\n   Then have"
	}
	return program, "Have"
}

func farewell(program string) string {
	command, have := installed(program)
	return fmt.Sprintf(`That was all. To work a real Kaneo:

1. %[2]s your host start "%[1]s serve" with KANEO_API_URL set to the address of your Kaneo. In many hosts:
   {"mcpServers": {"kaneo": {"command": %[1]q, "args": ["serve"], "env": {"KANEO_API_URL": "https://kaneo.example"}}}}
2. Ask your agent for your board. It shows you a link to sign in, once.
   Or sign in before:  KANEO_API_URL=https://kaneo.example kaneo-mcp login`, command, have)
}
