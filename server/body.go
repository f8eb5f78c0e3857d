package server

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"time"
)

const (
	// maxBody bounds the body of a request, in bytes.
	maxBody = maxLine
	// bodyLimit is how long the body of a request may take to arrive.
	bodyLimit = 20 * time.Second
)

// guardPace bounds how long the body of a request takes, whoever reads it: net/http reads what a handler leaves over.
func guardPace(limit time.Duration, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength != 0 {
			_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(limit)) // not every writer has one
		}
		next.ServeHTTP(w, r)
	})
}

// guardBody reads the body, whole, so that whoever comes next deals with one that fits. mcp-go reads without a limit.
func guardBody(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength > maxBody {
			tooLarge(w, r)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		switch {
		case errors.As(err, new(*http.MaxBytesError)):
			tooLarge(w, r)
			return
		case errors.Is(err, os.ErrDeadlineExceeded):
			refuse(w, r, http.StatusRequestTimeout, "The body took too long to arrive.")
			return
		case err != nil:
			refuse(w, r, http.StatusBadRequest, "The body broke off.")
			return
		}
		_ = http.NewResponseController(w).SetReadDeadline(time.Time{}) // from here on reading only waits for the client to go away
		r.Body = io.NopCloser(bytes.NewReader(body))
		r.ContentLength = int64(len(body))
		next.ServeHTTP(w, r)
	})
}

// wholeBody is a body that guardBody has read. It can be read again.
func wholeBody(r *http.Request) []byte {
	body, _ := io.ReadAll(r.Body) // from memory, which does not fail
	r.Body = io.NopCloser(bytes.NewReader(body))
	return body
}

// tooLarge lets the client finish, within bounds: it reads no answer while it writes, and one that is cut off never learns why.
func tooLarge(w http.ResponseWriter, r *http.Request) {
	_, _ = io.CopyN(io.Discard, r.Body, 4*maxBody)
	refuse(w, r, http.StatusRequestEntityTooLarge, "The body is longer than 4 MB. Send less at once: shorten the text or split the call.")
}
