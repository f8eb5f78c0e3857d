package sandbox

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"strings"
)

const (
	typeJSON = "application/json"
	typeText = "text/plain;charset=UTF-8"
)

// reply is an answer on its way out.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// answer is JSON with a status of one's own.
func answer(status int, body any) reply {
	encoded, err := encode(body)
	if err != nil {
		return finish(nil, errStumbled)
	}
	return typed(status, typeJSON, encoded)
}

// encode writes JSON as JavaScript does: <, > and & stay as they are.
func encode(value any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	err := enc.Encode(value)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}

// empty has no body.
func empty(status int) reply { return reply{status: status, header: http.Header{}} }

func typed(status int, contentType string, body []byte) reply {
	return reply{status: status, header: http.Header{"Content-Type": {contentType}}, body: body}
}

// with adds a header.
func (a reply) with(name, value string) reply {
	a.header.Set(name, value)
	return a
}

// refusal is an error that knows its answer.
type refusal struct{ reply }

func (r refusal) Error() string { return string(r.body) }

// refuse is REST's deliberate error: the text is the whole body (kaneo-api.md §2).
func refuse(status int, message string) error {
	return refusal{typed(status, typeText, []byte(message))}
}

// errStumbled is bad input that validation let through and on which Kaneo itself
// falls: a 500 (kaneo-api.md §12, 12).
var errStumbled = errors.New("internal server error")

// finish makes the answer of what an operation returned: 200 with JSON, a reply
// of its own, or what its error says.
func finish(body any, err error) reply {
	if refused := (refusal{}); errors.As(err, &refused) {
		return refused.reply
	}
	if err != nil {
		return typed(http.StatusInternalServerError, typeJSON, []byte(`{"message":"Internal Server Error"}`))
	}
	if made, is := body.(reply); is {
		return made
	}
	return answer(http.StatusOK, body)
}

// gzipFrom is the size in bytes from which compressing pays.
const gzipFrom = 1024

func (a reply) send(w http.ResponseWriter, r *http.Request) {
	maps.Copy(w.Header(), a.header)
	if len(a.body) < gzipFrom || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.WriteHeader(a.status)
		_, _ = w.Write(a.body) // a caller that has gone away needs no answer
		return
	}
	w.Header().Set("Content-Encoding", "gzip")
	w.WriteHeader(a.status)
	packed := gzip.NewWriter(w)
	_, _ = packed.Write(a.body)
	_ = packed.Close()
}
