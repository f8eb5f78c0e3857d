package doctor

import (
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
)

// generation is a range of releases that an operation tells (kaneo-newer.md §1): Kaneo has no version to read.
type generation struct{ marker, name string }

// generations, the newest first.
func generations() []generation {
	return []generation{
		{"GET /workspace", "G6: later than 2.35"},
		{"GET /integration-sync/project/{}/{}", "G5: 2.35 or later"},
		{"GET /task/assigned", "G5: between 2.31 and 2.35"},
		{"GET /task/by-ticket-id/{}", "G4: 2.30"},
		{"GET /user/me", "G3: 2.28 or 2.29"},
		{"GET /task/{}/description", "G2: 2.26 or 2.27"},
		{"GET /custom-field/project/{}", "G1: between 2.23 and 2.25"},
		{"GET /config", "G0: 2.22"},
	}
}

func (p Patient) generation(ctx context.Context) Finding {
	unknown := Finding{"generation", Warning, "Kaneo does not serve the description of its API (GET /api/openapi): it is taken for 2.22, and what is newer is found on the way",
		"let a proxy in front of Kaneo pass /api/openapi"}
	got, err := p.get(ctx, "openapi")
	if err != nil || got.status != http.StatusOK {
		return unknown
	}
	var document struct {
		Paths map[string]map[string]json.RawMessage `json:"paths"`
	}
	if json.Unmarshal(got.body, &document) != nil || len(document.Paths) == 0 {
		return unknown
	}
	offered := operations(document.Paths)
	for _, g := range generations() {
		if offered[g.marker] {
			return Finding{"generation", OK, g.name + ", by the operations that it offers", ""}
		}
	}
	return unknown
}

var parameter = regexp.MustCompile(`\{[^}]*\}|:[^/]+`)

// operations are the "METHOD path" of a document, with {} for parameters: their names differ between releases
// (kaneo-newer.md §3).
func operations(paths map[string]map[string]json.RawMessage) map[string]bool {
	offered := make(map[string]bool)
	for path, methods := range paths {
		path = strings.TrimSuffix(parameter.ReplaceAllString(strings.TrimPrefix(path, "/api"), "{}"), "/")
		for method := range methods {
			offered[strings.ToUpper(method)+" "+path] = true
		}
	}
	return offered
}
