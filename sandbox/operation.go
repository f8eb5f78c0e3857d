package sandbox

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// operation is one row of Kaneo's interface.
type operation struct {
	method, path string // "PUT", "/api/task/status/{id}"
	// public operations answer anybody; caller is empty then.
	public bool
	// query and body say what validation accepts.
	query, body shape
	// scope finds the workspace; nil: the operation belongs to none.
	scope scope
	// needs is the permission a role must hold, "task:update"; empty: any member.
	needs string
	// run returns the JSON body of a 200, or a reply of its own.
	run func(*Kaneo, *call) (any, error)
}

// call is one request under way.
type call struct {
	*http.Request
	params    map[string]string
	query     url.Values
	body      json.RawMessage // always an object, {} unless sent as JSON
	caller    caller
	workspace string // once found
}

// param is a segment of the path.
func (c *call) param(name string) string { return c.params[name] }

// input reads the body into a struct of pointers where absence matters.
// Validation has seen it before, so there is nothing left to refuse.
func input[T any](c *call) T {
	var in T
	_ = json.Unmarshal(c.body, &in)
	return in
}

// handle runs one request through the checks in Kaneo's order
// (kaneo-api.md §2): sign-in, validation, workspace, membership, role.
func (k *Kaneo) handle(r *http.Request, body []byte) reply {
	if r.Method == http.MethodOptions {
		return k.preflight(r)
	}
	found, params := match(k.routes, r.Method, segments(r.URL))
	if strings.HasPrefix(r.URL.Path, "/api/auth/") || !strings.HasPrefix(r.URL.Path, "/api/") {
		return k.handleAuth(r, found, params, body)
	}
	c := &call{Request: r, params: params, query: r.URL.Query()}
	if found == nil || !found.public {
		signedIn, err := k.identify(r)
		if err != nil {
			return finish(nil, err)
		}
		c.caller = signedIn
	}
	if found == nil {
		return notFound()
	}
	if err := k.admit(found, c, body); err != nil {
		return finish(nil, err)
	}
	return finish(found.run(k, c))
}

// admit is everything between sign-in and the operation itself.
func (k *Kaneo) admit(op *operation, c *call, body []byte) error {
	if err := c.read(op, body); err != nil {
		return err
	}
	if op.scope == nil {
		return nil
	}
	workspace, err := op.scope(k, c)
	if err != nil {
		return err
	}
	c.workspace = workspace
	if err := k.admitMember(c); err != nil {
		return err
	}
	if err := k.permit(c, op.needs); err != nil {
		return err
	}
	return storable(c.body)
}

// read validates the query and takes the body in.
func (c *call) read(op *operation, body []byte) error {
	if err := op.query.check(queryValues(c.query)); err != nil {
		return err
	}
	sent, err := bodyValue(c.Header.Get("Content-Type"), body, op.body != nil)
	if err != nil {
		return err
	}
	c.body = sent
	if op.body == nil {
		return nil
	}
	var value any
	_ = json.Unmarshal(sent, &value) // bodyValue has looked at it
	return op.body.check(value)
}

// storable wants a body without NUL characters: the database takes none
// (kaneo-api.md §7, Text).
func storable(body []byte) error {
	unescaped := bytes.ReplaceAll(body, []byte(`\\`), nil)
	if bytes.Contains(unescaped, []byte(`\u0000`)) {
		return errStumbled
	}
	return nil
}

// bodyValue is the body as REST sees it: {} under any other content type.
// An operation without input never looks at it.
func bodyValue(contentType string, body []byte, wanted bool) (json.RawMessage, error) {
	if !wanted || !isJSON(contentType) {
		return json.RawMessage("{}"), nil
	}
	if !json.Valid(body) {
		return nil, refuse(http.StatusBadRequest, "Malformed JSON in request body")
	}
	return body, nil
}

func isJSON(contentType string) bool {
	media, _, _ := strings.Cut(strings.ToLower(contentType), ";")
	media = strings.TrimSpace(media)
	return media == typeJSON || strings.HasPrefix(media, "application/") && strings.HasSuffix(media, "+json")
}

func notFound() reply {
	return typed(http.StatusNotFound, "text/plain; charset=UTF-8", []byte("404 Not Found"))
}

// preflight allows every method, and the web origin to read the answer.
func (k *Kaneo) preflight(r *http.Request) reply {
	a := empty(http.StatusNoContent).with("Access-Control-Allow-Methods", "GET,HEAD,PUT,POST,DELETE,PATCH")
	if wanted := r.Header.Get("Access-Control-Request-Headers"); wanted != "" {
		a = a.with("Access-Control-Allow-Headers", wanted)
	}
	if origin := r.Header.Get("Origin"); origin == k.origin(r) {
		a = a.with("Access-Control-Allow-Origin", origin).with("Access-Control-Allow-Credentials", "true")
	}
	return a
}
