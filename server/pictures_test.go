package server

import (
	"encoding/json"
	"regexp"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"

	"kaneo-mcp/tools"
)

// TestPicturesAreShown: an attached image comes back as image content beside the text, in every era.
func TestPicturesAreShown(t *testing.T) {
	t.Parallel()
	const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
	for _, era := range eras() {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			to := newTown()
			to.selection = tools.Selection{Toolsets: []string{tools.AllToolsets}}
			h := to.house(t, lease{era: era, key: to.Who("owner").APIKey})
			defer h.leave()
			h.call("attach_file", `{"task":"WEB-5","name":"a.png","base64":"`+pixel+`"}`)
			asset := regexp.MustCompile(`/api/asset/\w+`).FindString(h.call("get_task", `{"task":"WEB-5"}`).text)
			request := mcp.CallToolRequest{Params: mcp.CallToolParams{Name: "get_attachment", Arguments: json.RawMessage(`{"attachment":"` + asset + `"}`)}}
			result, err := h.client.CallTool(t.Context(), request)
			if err != nil || result.IsError || len(result.Content) != 2 {
				t.Fatalf("%+v, %v", result, err)
			}
			if picture, is := result.Content[1].(mcp.ImageContent); !is || picture.Data != pixel || picture.MIMEType != "image/png" {
				t.Errorf("%+v", result.Content[1])
			}
		})
	}
}
