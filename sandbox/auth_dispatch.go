package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// handleAuth answers below /api/auth; everything outside /api is the web app's.
func (k *Kaneo) handleAuth(r *http.Request, op *operation, params map[string]string, body []byte) reply {
	if !strings.HasPrefix(r.URL.Path, "/api/") {
		return k.handleWeb(r, body)
	}
	if op == nil {
		return empty(http.StatusNotFound)
	}
	c := &call{Request: r, params: params, query: r.URL.Query()}
	if err := k.admitAuth(op, c, body); err != nil {
		return finish(nil, err)
	}
	return finish(op.run(k, c))
}

// admitAuth checks in the order of Kaneo's authentication library: content type
// and JSON, origin, API key, validation, session.
func (k *Kaneo) admitAuth(op *operation, c *call, body []byte) error {
	if err := c.readAuth(body); err != nil {
		return err
	}
	if err := k.checkOrigin(c.Request); err != nil {
		return err
	}
	signedIn, err := k.identifyAuth(c.Request)
	if err != nil {
		return err
	}
	c.caller = signedIn
	if err := c.validate(op); err != nil {
		return err
	}
	if !op.public && c.caller.user == nil {
		return refuseAuth(http.StatusUnauthorized, "Unauthorized")
	}
	return nil
}

// readAuth takes JSON only; a request without a content type is refused too,
// unless it is a GET.
func (c *call) readAuth(body []byte) error {
	c.body = json.RawMessage("{}")
	if c.Method == http.MethodGet {
		return nil
	}
	sent := c.Header.Get("Content-Type")
	if media, _, _ := strings.Cut(strings.ToLower(sent), ";"); !strings.Contains(media, typeJSON) {
		return unsupported(sent)
	}
	if !json.Valid(body) {
		return refuseCoded(http.StatusBadRequest, "BAD_REQUEST", "Invalid JSON in request body")
	}
	c.body = body
	return nil
}

func unsupported(contentType string) error {
	complaint := "Content-Type is required."
	if contentType != "" {
		complaint = fmt.Sprintf("Content-Type %q is not allowed.", contentType)
	}
	return refuseCoded(http.StatusUnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE",
		complaint+" Allowed types: "+typeJSON)
}

// checkOrigin guards browsers (kaneo-api.md §5): whoever sends cookies must name
// a trusted origin, and whoever signs in must not name a foreign one.
func (k *Kaneo) checkOrigin(r *http.Request) error {
	origin, cookies := r.Header.Get("Origin"), r.Header.Get("Cookie") != ""
	signingIn := strings.HasPrefix(r.URL.Path, "/api/auth/sign-in/") || strings.HasPrefix(r.URL.Path, "/api/auth/sign-up/")
	switch {
	case r.Method == http.MethodGet || !cookies && !signingIn:
		return nil
	case origin == "" || origin == "null":
		if !cookies {
			return nil
		}
		return refuseAuth(http.StatusForbidden, "Missing or null Origin")
	case origin != k.origin(r) && origin != "http://"+r.Host && origin != "https://"+r.Host:
		return refuseAuth(http.StatusForbidden, "Invalid origin")
	}
	return nil
}
