package server

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mark3labs/mcp-go/client/transport"
	"github.com/mark3labs/mcp-go/mcp"

	"kaneo-mcp/tools"
)

// TestListOfTools is the whole list as a model gets it, the same in both eras and each time.
func TestListOfTools(t *testing.T) {
	t.Parallel()
	for _, era := range eras() {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			h := newTown().house(t, lease{era: era})
			defer h.leave()
			first := h.tools()
			golden(t, "tools.json", first)
			for range 5 {
				if diff := cmp.Diff(first, h.tools()); diff != "" {
					t.Errorf("the list changed (-before +after):\n%s", diff)
				}
			}
		})
	}
}

// tools is the list as it crosses the wire, parameters in their order.
func (h *house) tools() string {
	h.t.Helper()
	params := json.RawMessage(`{` + modernMeta + `}`)
	if h.era == mcp.LATEST_LEGACY_PROTOCOL_VERSION {
		params = json.RawMessage(`{}`)
	}
	answer, err := h.client.GetTransport().SendRequest(h.t.Context(), transport.JSONRPCRequest{
		JSONRPC: mcp.JSONRPC_VERSION, ID: mcp.NewRequestId("list"), Method: string(mcp.MethodToolsList), Params: params,
	})
	if err != nil || answer.Error != nil {
		h.t.Fatalf("tools/list: %+v, %v", answer, err)
	}
	var list struct {
		Tools      json.RawMessage
		NextCursor string
	}
	if err := json.Unmarshal(answer.Result, &list); err != nil {
		h.t.Fatal(err)
	}
	if list.NextCursor != "" {
		h.t.Error("the list is paged, which some clients do not follow")
	}
	var out bytes.Buffer
	if err := json.Indent(&out, list.Tools, "", " "); err != nil {
		h.t.Fatal(err)
	}
	return out.String()
}

// TestListingIsWhatIsListed has the list for documents agree with the list over MCP.
func TestListingIsWhatIsListed(t *testing.T) {
	t.Parallel()
	h := newTown().house(t, lease{era: eras()[0]})
	defer h.leave()
	var names []string
	for _, tool := range Listing(tools.New(nil, tools.Selection{})) {
		names = append(names, tool.Name)
		if !strings.Contains(h.tools(), `"name": "`+tool.Name+`"`) {
			t.Errorf("%s is not listed", tool.Name)
		}
	}
	if n := strings.Count(h.tools(), `"inputSchema"`); n != len(names) {
		t.Errorf("%d tools are listed, want %v", n, names)
	}
}

func TestInstructions(t *testing.T) {
	t.Parallel()
	if n := len(instructions); n >= 1024 {
		t.Errorf("the instructions have %d bytes", n)
	}
	golden(t, "instructions.txt", instructions)
	h := newTown().house(t, lease{era: eras()[0]})
	defer h.leave()
	var hello mcp.InitializeRequest
	hello.Params.ProtocolVersion = eras()[0]
	got, err := h.client.Initialize(t.Context(), hello)
	if err != nil || got.Instructions != instructions {
		t.Errorf("instructions %q, %v", got.Instructions, err)
	}
}

// TestCompanions are what hosts that show resources and prompts get.
func TestCompanions(t *testing.T) {
	t.Parallel()
	for _, era := range eras() {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			h := newTown().house(t, lease{era: era})
			defer h.leave()
			resources, err := h.client.ListResources(t.Context(), mcp.ListResourcesRequest{})
			if err != nil {
				t.Fatal(err)
			}
			var read mcp.ReadResourceRequest
			read.Params.URI = resources.Resources[0].URI
			contents, err := h.client.ReadResource(t.Context(), read)
			if err != nil {
				t.Fatal(err)
			}
			prompts, err := h.client.ListPrompts(t.Context(), mcp.ListPromptsRequest{})
			if err != nil {
				t.Fatal(err)
			}
			var get mcp.GetPromptRequest
			get.Params.Name = prompts.Prompts[0].Name
			prompt, err := h.client.GetPrompt(t.Context(), get)
			if err != nil {
				t.Fatal(err)
			}
			var parts []string
			for _, part := range []any{resources.Resources, contents.Contents, prompts.Prompts, prompt.Messages} {
				text, err := json.MarshalIndent(part, "", " ")
				if err != nil {
					t.Fatal(err)
				}
				parts = append(parts, string(text))
			}
			golden(t, "companions.json", strings.Join(parts, "\n"))
			h.wantCodes(0)
		})
	}
}
