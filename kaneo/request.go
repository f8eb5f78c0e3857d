package kaneo

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
)

// request is what a method asks for.
type request struct {
	op     string // names it in errors
	method string
	path   []string // not escaped
	query  url.Values
	body   any // nil sends none
	most   int // bytes of the answer; 0 is maxAnswer
}

// wire is a request as it is sent, but for the credential.
type wire struct {
	op, method, url string
	body            []byte
	most            int // bytes of the answer
}

// credential is a header that says who is calling. Kaneo must never see two of them (kaneo-api.md §3).
type credential struct{ header, value string }

func bearer(token string) credential { return credential{"Authorization", "Bearer " + token} }
func apiKey(token string) credential { return credential{"x-api-key", token} }

// get reads. Names and ids in path are escaped, query may be nil.
func get[T any](ctx context.Context, c *Client, op string, query url.Values, path ...string) (T, error) {
	return call[T](ctx, c, request{op: op, method: http.MethodGet, query: query, path: path})
}

// send writes. Texts in body must be of type text.
func send[T any](ctx context.Context, c *Client, op, method string, body any, path ...string) (T, error) {
	return call[T](ctx, c, request{op: op, method: method, body: body, path: path})
}

// call asks on behalf of whoever is signed in.
func call[T any](ctx context.Context, c *Client, r request) (T, error) {
	var answer T
	w, err := c.encode(r)
	if err != nil {
		return answer, err
	}
	err = c.signed(ctx, func(token string) error {
		answer, err = fetch[T](ctx, c, w, bearer(token))
		return err
	})
	return answer, err
}

// fetch asks on behalf of as, and decodes the answer.
func fetch[T any](ctx context.Context, c *Client, w wire, as credential) (T, error) {
	a, err := c.persist(ctx, w, as)
	if err != nil {
		var none T
		return none, err
	}
	return decode[T](w.op, a)
}

func (c *Client) encode(r request) (wire, error) {
	w := wire{op: r.op, method: r.method, most: cmp.Or(r.most, maxAnswer)}
	where, err := escape(r.path)
	if err != nil {
		return w, &Error{Kind: Invalid, Message: err.Error(), op: r.op}
	}
	w.url = c.base + where
	if len(r.query) > 0 {
		w.url += "?" + r.query.Encode()
	}
	if r.body != nil {
		w.body, err = json.Marshal(r.body)
	}
	if err != nil || !storable(r.query) {
		return w, &Error{Kind: Invalid, Message: errText.Error(), op: r.op}
	}
	return w, nil
}

// request makes the HTTP request of one try.
func (w wire) request(ctx context.Context, as credential, agent string) (*http.Request, error) {
	var body io.Reader
	if w.body != nil {
		body = bytes.NewReader(w.body)
	}
	req, err := http.NewRequestWithContext(ctx, w.method, w.url, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", agent)
	if w.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if as.header != "" {
		req.Header.Set(as.header, as.value)
	}
	return req, nil
}

// attempt sends w once, and waits for its turn to do so.
func (c *Client) attempt(ctx context.Context, w wire, as credential) (answer, error) {
	if err := c.slots.Acquire(ctx, 1); err != nil {
		return answer{}, w.unreachable(0, err)
	}
	defer c.slots.Release(1)
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	req, err := w.request(ctx, as, c.agent)
	if err != nil {
		return answer{}, w.unreachable(0, err)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return answer{}, w.unreachable(0, err)
	}
	defer resp.Body.Close()
	return w.read(resp)
}
