package sandbox

import "strings"

func openAPIOperations() []operation {
	return []operation{{method: get, path: "/api/openapi", public: true, run: describe}}
}

// document is as much of the OpenAPI document as a client needs to tell what an
// instance offers: operations, by path and method, with their query parameters.
type document struct {
	OpenAPI string                          `json:"openapi"`
	Info    documentInfo                    `json:"info"`
	Paths   map[string]map[string]described `json:"paths"`
}

type documentInfo struct {
	Title   string `json:"title"`
	Version string `json:"version"` // the same in all versions of Kaneo
}

type described struct {
	Parameters []parameter `json:"parameters"`
}

type parameter struct {
	Name     string `json:"name"`
	In       string `json:"in"`
	Required bool   `json:"required"`
}

// describe lists the REST operations; those below /api/auth are in no document
// (kaneo-api.md §13).
func describe(k *Kaneo, _ *call) (any, error) {
	d := document{OpenAPI: "3.0.3", Info: documentInfo{"Kaneo API", "1.0.0"}, Paths: map[string]map[string]described{}}
	for _, r := range k.routes {
		path, rest := strings.CutPrefix(r.path, "/api")
		if !rest || strings.HasPrefix(path, "/auth/") {
			continue
		}
		if d.Paths[path] == nil {
			d.Paths[path] = map[string]described{}
		}
		d.Paths[path][strings.ToLower(r.method)] = described{k.parametersOf(r)}
	}
	return d, nil
}

func (k *Kaneo) parametersOf(r route) []parameter {
	parameters := []parameter{}
	for _, part := range r.parts {
		if name, is := param(part); is {
			parameters = append(parameters, parameter{name, "path", true})
		}
	}
	for _, f := range r.query {
		if f.name != "relatedPage" || k.alwaysPaged {
			parameters = append(parameters, parameter{f.name, "query", !f.optional})
		}
	}
	return parameters
}
