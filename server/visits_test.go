package server

import (
	"net/http"
	"testing"
)

func TestStreamsEndWithTheirSession(t *testing.T) {
	t.Parallel()
	h := openHall(t, func(*HTTPOptions) {})
	id := h.begin(nil)
	stream := h.listen("/mcp", inSession(id))
	defer stream.close()
	h.send(http.MethodDelete, "/mcp", "", inSession(id))
	if got := stream.next(); got != "" {
		t.Errorf("after the end: %s", got)
	}
}
